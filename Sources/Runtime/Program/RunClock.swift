package import FoundationEssentials
import Synchronization

/// What time it is for the business: the database's time, or the instant that --as-of names.
///
/// Machines whose clocks differ thus agree on what is due. Until the database is known it is the
/// machine's own; from then on it goes by a clock that nobody sets and that counts a suspension.
/// Copies share it.
package final class RunClock: Sendable {
    private struct Anchor {
        var date: Date
        var instant: ContinuousClock.Instant
    }

    private let fixed: Date?
    private let anchor = Mutex<Anchor?>(nil)

    package init(fixed: Date? = nil) {
        self.fixed = fixed
    }

    package var now: Date {
        if let fixed { return fixed }
        guard let anchor = anchor.withLock(\.self) else { return Date() }
        let (seconds, attoseconds) = (ContinuousClock.now - anchor.instant).components
        return anchor.date + Double(seconds) + Double(attoseconds) / 1e18
    }

    /// Goes by what another clock shows at this moment.
    package func follow(_ date: Date) {
        anchor.withLock { $0 = Anchor(date: date, instant: .now) }
    }
}
