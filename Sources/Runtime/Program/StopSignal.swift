import Glibc
import Synchronization
package import FoundationEssentials
import Wire

/// Whether somebody asked the program to stop: SIGTERM, SIGINT, or a terminal that went away.
///
/// The first asks: what is in flight is finished, the rest given back. The second ends at once,
/// which loses nothing, since the leases run out. A signal that the caller ignores (nohup, a
/// shell's background job) stays ignored; one that it merely blocks, as a thread that starts jobs
/// often does, is let through: a block is inherited, and a program with it could not be stopped.
package struct StopSignal: StopRequest {
    private static let received = Atomic<Int32>(0)
    private static let receivedAt = Atomic<Int>(0)

    package init() {}

    /// Begins to listen; SIGPIPE is ignored, since a reader that went away is no reason to die.
    package static func install() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGTERM, SIGINT, SIGHUP] {
            var inherited = sigaction()
            sigaction(number, nil, &inherited)
            guard !isIgnored(inherited) else { continue }
            signal(number) { number in
                // Only what is safe in a signal handler: an atomic, clock_gettime and _exit.
                let first = StopSignal.received.exchange(number, ordering: .relaxed)
                if first != 0 { _exit(128 + number) }
                StopSignal.receivedAt.store(StopSignal.milliseconds(), ordering: .relaxed)
            }
            unblock(number)
        }
    }

    private static func unblock(_ number: Int32) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Of a clock that no one sets.
    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// How long ago the work was asked to end; nil where it was not.
    package var secondsSinceRequest: Double? {
        let receivedAt = Self.receivedAt.load(ordering: .relaxed)
        guard isRequested, receivedAt > 0 else { return nil }
        return Double(Self.milliseconds() - receivedAt) / 1000
    }

    /// Whether the work is to be brought to an end.
    package var isRequested: Bool {
        Self.received.load(ordering: .relaxed) != 0
    }

    /// How a stopped program ends: by SIGTERM it is to be run again, by SIGINT somebody meant it.
    package var exit: BudstikkeExit? {
        switch Self.received.load(ordering: .relaxed) {
        case SIGINT: .interrupted
        case SIGTERM, SIGHUP: .tryAgain
        default: nil
        }
    }
}

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
