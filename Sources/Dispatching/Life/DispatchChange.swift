package import Bounces
package import FoundationEssentials
import Invoicing

/// The next state of a claimed dispatch: decided here, written in one place, fenced by its lease
/// epoch.
package struct DispatchChange: Hashable, Sendable {
    package var claim: ClaimedDispatch
    package var arrow: DispatchArrow
    /// What became of it, where the answer already shows that.
    package var delivery: Delivery
    /// The column Message; for a dispatch that waits for the provider it is composed where it is
    /// written, since when it waits being known there.
    package var message: String
    /// The reason code stored beside the message; nil where there is none.
    package var reason: String?
    /// When it is to be sent next; nil unless it is queued.
    package var runAt: Date?
    /// In how many seconds the provider is to be asked about it; nil unless it is in doubt and not
    /// parked.
    package var resolveAfterSeconds: Int?
    /// Whether a person has to decide about the doubt.
    package var isParked: Bool
    /// The entry for the history; nil where no attempt was made, or its outcome is not known yet.
    package var attempt: AttemptOutcome?
    /// The words of the history entry, without secrets; empty for none.
    package var detail: String
    /// The provider's id of the message; nil where it gave none.
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

    /// Whether it ended badly, so that its user is notified.
    package var isFailure: Bool { state == .failed }

    /// Whether the attempt is used up: the provider has decided on the message, or may have.
    package var isSpent: Bool {
        switch arrow {
        case .accept, .refuse, .retry, .doubt, .ask: true
        case .cancel: attempt != nil
        case .release, .postpone, .giveUp, .claim, .settle, .learn, .handOver, .reject, .recover:
            false
        }
    }
}

/// A dispatch that this process has claimed for sending, with the lease epoch that fences its
/// outcome.
package struct ClaimedDispatch: Hashable, Sendable {
    package var tenantID: Int64
    package var dispatchID: UUID
    /// Increased by each claim; an outcome with an older one is not written.
    package var leaseEpoch: Int64
    /// The number of this attempt, counted from 1.
    package var attempt: Int
    /// How many earlier attempts the provider is known to have accepted.
    package var acceptedCount: Int
    /// By the database's clock.
    package var claimedAt: Date
    /// How often it has had to wait for the provider.
    package var deferrals: Int
    /// Since when it has waited for the provider; nil where it has not.
    package var deferredSince: Date?
    /// The send plan's delays after each soft bounce, in seconds.
    package var retryDelays: [Int]
    /// When the claim expires, counted from before it was made, by a clock that also runs while the
    /// machine is suspended; nil where it is not claimed for sending.
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

    /// Whether a request of that duration would end while the claim still holds.
    package func holds(for duration: Duration, at now: ContinuousClock.Instant) -> Bool {
        leaseEnd.map { now.advanced(by: duration) <= $0 } ?? false
    }
}

/// How an attempt ended, as recorded in the history of a dispatch.
package enum AttemptOutcome: String, Codable, Sendable, CaseIterable {
    /// The provider accepted it.
    case accepted
    /// The provider rejected it.
    case refused
    /// Its answer was lost.
    case inDoubt = "in_doubt"
    /// It was not sent, since the recipient is on the provider's suppression list.
    case suppressed
    /// It was cancelled before it was sent.
    case cancelled
    /// In doubt, then found at the provider.
    case found
    /// In doubt, then certainly not at the provider.
    case absent
    /// In doubt for good: a person has to decide.
    case parked
}

/// Why a dispatch is as it is, where neither a `FaultCode` nor a `BounceReason` says so: the column
/// dispatch.reason has one of the three.
package enum DispatchReason: String, Codable, Sendable, CaseIterable {
    case inDoubt = "in_doubt"
    /// Refused by the provider.
    case refused
    /// It waits for the provider.
    case postponed
    /// It has waited for the provider longer than is sensible.
    case givenUp = "given_up"
    /// It was delivered, and a forward of it was not.
    case forwardFailed = "forward_failed"
    /// The access point could not deliver it.
    case ehfRefused = "ehf_refused"
    /// The post could not deliver it.
    case letterReturned = "letter_returned"
}
