import Invoicing
package import Bounces
package import FoundationEssentials

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

/// A dispatch that this process has taken to send, with the epoch that fences its outcome.
package struct ClaimedDispatch: Hashable, Sendable {
    package var tenantID: Int64
    package var dispatchID: UUID
    package var leaseEpoch: Int64
    package var attempt: Int
    package var acceptedCount: Int
    /// By the database's clock.
    package var claimedAt: Date
    /// How often it had to wait for the provider, and since when it does; nil where it does not.
    package var deferrals: Int
    package var deferredSince: Date?
    /// The send plan's seconds after each soft bounce.
    package var retryDelays: [Int]
    /// When the claim runs out, counted from before it was made by a clock that goes on while the
    /// machine is suspended; nil where it is not ours to send.
    package var leaseEnd: ContinuousClock.Instant?

    package init(
        tenantID: Int64, dispatchID: UUID, leaseEpoch: Int64, attempt: Int, acceptedCount: Int,
        claimedAt: Date, deferrals: Int = 0, deferredSince: Date? = nil, retryDelays: [Int] = [],
        leaseEnd: ContinuousClock.Instant? = nil
    ) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.leaseEpoch = leaseEpoch
        self.attempt = attempt
        self.acceptedCount = acceptedCount
        self.claimedAt = claimedAt
        self.deferrals = deferrals
        self.deferredSince = deferredSince
        self.retryDelays = retryDelays
        self.leaseEnd = leaseEnd
    }

    /// Whether a request that takes so long would end while the claim still holds.
    package func holds(for duration: Duration, at now: ContinuousClock.Instant) -> Bool {
        leaseEnd.map { now.advanced(by: duration) <= $0 } ?? false
    }
}

/// How an attempt ended, as it stands in the history of a dispatch.
package enum AttemptOutcome: String, Codable, Sendable, CaseIterable {
    case accepted
    case refused
    case inDoubt = "in_doubt"
    case suppressed
    case cancelled
    /// In doubt, and then found at the provider.
    case found
    /// In doubt, and certainly not at the provider.
    case absent
    /// In doubt for good: a person decides.
    case parked
}
