package import FoundationEssentials

/// How long the provider is left alone: remembered for every machine and every run.
package struct ProviderPause: Hashable, Sendable {
    /// When the trouble began.
    package var since: Date
    package var until: Date
    /// How often it was tried in vain since.
    package var tries: Int
    package var cause: Refusal.Cause
    package var reason: String

    package init(since: Date, until: Date, tries: Int, cause: Refusal.Cause, reason: String) {
        self.since = since
        self.until = until
        self.tries = tries
        self.cause = cause
        self.reason = reason
    }

    /// Longer than this the provider is not left alone unless it asks for it: one message a quarter
    /// of an hour hammers nobody, and what is mended is found out soon.
    private static let capSeconds = 900.0

    /// The pause after a refusal, longer each time in a row; what the provider asks is obeyed
    /// however long it is.
    package init(
        after refusal: Refusal, following last: ProviderPause?, backoff: Backoff, now: Date,
        jitter: Double
    ) {
        let tries = (last?.tries ?? 0) + 1
        var backoff = backoff
        backoff.capSeconds = min(backoff.capSeconds, Self.capSeconds)
        let delay = max(
            backoff.delaySeconds(after: tries, jitter: jitter),
            Double(refusal.retryAfterSeconds ?? 0))
        self.init(
            since: last?.since ?? now, until: now + delay, tries: tries, cause: refusal.cause,
            reason: refusal.reason)
    }
}
