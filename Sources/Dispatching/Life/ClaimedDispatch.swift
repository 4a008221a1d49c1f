package import FoundationEssentials

/// A dispatch that this process has taken to send, with the epoch that fences its outcome.
package struct ClaimedDispatch: Hashable, Sendable {
    package var tenantID: Int64
    package var dispatchID: UUID
    package var leaseEpoch: Int64
    package var attempt: Int
    package var acceptedCount: Int
    package var claimedAt: Date
    /// The send plan's seconds after each soft bounce.
    package var retryDelays: [Int]

    package init(
        tenantID: Int64, dispatchID: UUID, leaseEpoch: Int64, attempt: Int, acceptedCount: Int,
        claimedAt: Date, retryDelays: [Int] = []
    ) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.leaseEpoch = leaseEpoch
        self.attempt = attempt
        self.acceptedCount = acceptedCount
        self.claimedAt = claimedAt
        self.retryDelays = retryDelays
    }
}
