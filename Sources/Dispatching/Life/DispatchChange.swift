package import FoundationEssentials
package import Invoicing

/// What a claimed dispatch becomes: decided here, written in one place, fenced by its epoch.
package struct DispatchChange: Hashable, Sendable {
    package var claim: ClaimedDispatch
    package var state: DispatchState
    package var delivery: Delivery
    /// The column Message.
    package var message: String
    package var reason: String?
    /// When it is to be sent next; only in the state queued.
    package var runAt: Date?
    /// When the provider is asked about it next; only in doubt and not parked.
    package var resolveAt: Date?
    package var isParked: Bool
    /// The line of history; nil where nothing can have left us (released, account refused).
    package var attempt: AttemptOutcome?
    package var detail: String
    package var providerMessageID: String?

    package init(
        claim: ClaimedDispatch, state: DispatchState, delivery: Delivery = .unknown,
        message: String = "", reason: String? = nil, runAt: Date? = nil,
        resolveAt: Date? = nil, isParked: Bool = false, attempt: AttemptOutcome?,
        detail: String = "", providerMessageID: String? = nil
    ) {
        self.claim = claim
        self.state = state
        self.delivery = delivery
        self.message = message
        self.reason = reason
        self.runAt = runAt
        self.resolveAt = resolveAt
        self.isParked = isParked
        self.attempt = attempt
        self.detail = detail
        self.providerMessageID = providerMessageID
    }

    /// Whether the provider has taken it with this attempt.
    package var isAccepted: Bool {
        state == .sent
    }

    /// Whether it ended badly, so that its user is told.
    package var isFailure: Bool {
        state == .failed
    }
}
