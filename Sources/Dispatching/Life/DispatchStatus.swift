package import Invoicing

/// A dispatch in the words of the dispatch list: the tabs that its user knows.
///
/// The view `dispatch_list` says the same in SQL.
package enum DispatchStatus: String, Codable, Sendable, CaseIterable {
    case pending
    case ongoing
    case failed
    case completed
    case cancelled

    /// Derives the status; where a retry of a soft bounce is scheduled, the user need not act yet.
    package init(state: DispatchState, delivery: Delivery, hasRetryScheduled: Bool = false) {
        self =
            switch state {
            case .cancelled: .cancelled
            case .failed: .failed
            case .queued: delivery == .unknown && !hasRetryScheduled ? .pending : .ongoing
            case .sending, .inDoubt: .ongoing
            case .sent:
                switch delivery {
                case .unknown, .deferred: .ongoing
                case .delivered: .completed
                case .softBounced: hasRetryScheduled ? .ongoing : .failed
                case .hardBounced, .blocked: .failed
                }
            }
    }

    /// As the tabs of the dispatch list are called in Norwegian, bokmål.
    package var norwegianName: String {
        switch self {
        case .pending: "I kø"
        case .ongoing: "Pågående"
        case .failed: "Feilet"
        case .completed: "Ferdigbehandlet"
        case .cancelled: "Avbrutt"
        }
    }
}
