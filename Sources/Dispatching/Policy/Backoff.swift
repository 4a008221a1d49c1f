/// How long what the provider did not take now waits before the next try.
///
/// Doubles from `firstSeconds` to `capSeconds`, as Postfix does between minimal_backoff_time and
/// maximal_backoff_time; half of each wait is drawn by chance, so that what failed together does
/// not come back together.
package struct Backoff: Hashable, Sendable {
    package var firstSeconds: Double
    package var capSeconds: Double

    package init(firstSeconds: Double = 60, capSeconds: Double = 3_600) {
        self.firstSeconds = firstSeconds
        self.capSeconds = capSeconds
    }

    /// The wait after that many tries in vain, 1 for the first; `jitter` is 0 to 1.
    ///
    /// The first wait is whole: a provider that said no a moment ago is not asked again before.
    package func delaySeconds(after tries: Int, jitter: Double) -> Double {
        let doublings = min(max(tries - 1, 0), Self.doublingsMax)
        let whole = min(capSeconds, firstSeconds * Double(1 << doublings))
        return max(min(firstSeconds, capSeconds), whole * (1 + min(max(jitter, 0), 1)) / 2)
    }

    /// More would overflow, and any cap has been reached long before.
    private static let doublingsMax = 30
}
