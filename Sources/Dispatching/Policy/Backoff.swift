/// How long a submission that the provider did not take waits before the next one.
///
/// Exponential with a cap and full jitter: the wait is drawn from zero to the whole of it, which
/// spreads the dispatches that failed together better than a fixed wait with a little noise
/// (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015). How many
/// attempts there may be, `SendPolicy` says.
package struct Backoff: Hashable, Sendable {
    /// No wait is shorter, so that an unlucky draw does not strike a provider that said no a
    /// moment ago.
    package var leastSeconds: Double
    /// The whole wait after the first attempt; it doubles with each.
    package var firstSeconds: Double
    /// The whole wait never grows beyond this.
    package var capSeconds: Double

    package init(
        leastSeconds: Double = 5, firstSeconds: Double = 60, capSeconds: Double = 3_600
    ) {
        self.leastSeconds = leastSeconds
        self.firstSeconds = firstSeconds
        self.capSeconds = capSeconds
    }

    /// The wait after that many attempts in vain, 1 for the first; `jitter` is 0 to 1.
    package func delaySeconds(attempt: Int, jitter: Double) -> Double {
        let doublings = min(max(attempt - 1, 0), Self.doublingsMax)
        let whole = min(capSeconds, firstSeconds * Double(1 << doublings))
        return max(leastSeconds, whole * min(max(jitter, 0), 1))
    }

    /// More would overflow, and any cap has been reached long before.
    private static let doublingsMax = 30
}
