package import FoundationEssentials

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
