package import Bounces
package import FoundationEssentials
import Invoicing

/// What a claimed dispatch becomes: decided here, written in one place, fenced by its epoch.
package struct DispatchChange: Hashable, Sendable {
    package var claim: ClaimedDispatch
    package var arrow: DispatchArrow
    package var delivery: Delivery
    /// The column Message; of what waits for the provider it is made where it is written, which
    /// knows since when.
    package var message: String
    package var reason: String?
    /// When it is to be sent next; only where it is queued.
    package var runAt: Date?
    /// How long until the provider is asked about it; only in doubt and not parked.
    package var resolveAfterSeconds: Int?
    package var isParked: Bool
    /// The line of history; nil where no attempt was made of it, or nobody judged it.
    package var attempt: AttemptOutcome?
    package var detail: String
    package var providerMessageID: String?

    package init(
        claim: ClaimedDispatch, arrow: DispatchArrow, delivery: Delivery = .unknown,
        message: String = "", reason: String? = nil, runAt: Date? = nil,
        resolveAfterSeconds: Int? = nil, isParked: Bool = false, attempt: AttemptOutcome? = nil,
        detail: String = "", providerMessageID: String? = nil
    ) {
        self.claim = claim
        self.arrow = arrow
        self.delivery = delivery
        self.message = message
        self.reason = reason
        self.runAt = runAt
        self.resolveAfterSeconds = resolveAfterSeconds
        self.isParked = isParked
        self.attempt = attempt
        self.detail = detail
        self.providerMessageID = providerMessageID
    }

    package var state: DispatchState { arrow.target }

    /// Whether it ended badly, so that its user is told.
    package var isFailure: Bool { state == .failed }

    /// Whether the attempt counts: the provider has judged the message, or may have.
    package var isSpent: Bool {
        switch arrow {
        case .accept, .refuse, .retry, .doubt, .ask: true
        case .cancel: attempt != nil
        case .release, .postpone, .giveUp, .claim, .settle, .learn, .handOver, .reject, .recover:
            false
        }
    }
}
