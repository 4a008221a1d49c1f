package import FoundationEssentials

/// When a dispatch that bounced softly is sent again.
package enum SoftRetry {
    /// How far a retry is moved either way, so that what bounced together does not come back
    /// together to a server that has just come up.
    package static let jitterFraction = 0.1

    /// The time of the next submission, or nil where the send plan's delays are used up and the
    /// user is to be asked.
    ///
    /// `submissions` counts those that the provider has taken, the bounced one included; `delays`
    /// are the send plan's seconds after each soft bounce; `jitter` is 0 to 1, and one half is
    /// the delay itself.
    package static func next(
        submissions: Int, delays: [Int], bouncedAt: Date, jitter: Double
    ) -> Date? {
        guard delays.indices.contains(submissions - 1) else { return nil }
        let factor = 1 + jitterFraction * (2 * min(max(jitter, 0), 1) - 1)
        return bouncedAt + Double(delays[submissions - 1]) * factor
    }
}
