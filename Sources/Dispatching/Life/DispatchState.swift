package import Invoicing

/// What we did with a dispatch; what became of it is `Delivery`.
package enum DispatchState: String, Codable, Sendable, CaseIterable {
    case queued
    /// Claimed: it may be on its way to the provider.
    case sending
    /// Accepted by the provider, never delivered by that alone.
    case sent
    /// Nobody knows whether the provider took it.
    case inDoubt = "in_doubt"
    case failed
    case cancelled

    /// The states that may follow; any other change is a bug.
    package var successors: Set<DispatchState> {
        switch self {
        // To sent where an older submission turns out to be delivered, or hopeless, meanwhile.
        case .queued: [.sending, .sent, .cancelled]
        // Back to queued where the provider asked to wait, or the run stopped before the wire.
        case .sending: [.sent, .inDoubt, .queued, .failed, .cancelled]
        // Queued again where the provider does not have it; failed when attempts are used up.
        case .inDoubt: [.sent, .queued, .failed, .cancelled]
        // Queued again after a soft bounce.
        case .sent: [.queued, .cancelled]
        case .failed, .cancelled: []
        }
    }

    /// Whether a dispatch may go from this state to the other.
    package func canBecome(_ next: DispatchState) -> Bool {
        successors.contains(next)
    }

    /// Whether it holds its document and recipient, so that nobody sends the same again.
    package func isOngoing(delivery: Delivery) -> Bool {
        switch self {
        case .queued, .sending, .inDoubt: true
        case .sent: !delivery.isFinal
        case .failed, .cancelled: false
        }
    }
}
