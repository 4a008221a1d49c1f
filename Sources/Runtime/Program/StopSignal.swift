package import FoundationEssentials
import Glibc
import Synchronization
import Wire

/// Whether the program was asked to stop: by SIGTERM, SIGINT, or SIGHUP from a closed terminal.
///
/// After the first signal work in flight is finished and the rest is released. The second ends the
/// program at once, which loses nothing, because its leases expire. A signal ignored by the caller
/// (nohup, a shell's background job) stays ignored. One that is merely blocked, as by a thread that
/// starts jobs, is unblocked: a blocked mask is inherited, and the program could not be stopped.
package struct StopSignal: StopRequest {
    private static let received = Atomic<Int32>(0)
    private static let receivedAt = Atomic<Int>(0)

    /// A view of the process-wide state; all copies agree.
    package init() {}

    /// Installs the signal handlers; SIGPIPE is ignored, so that a closed reader does not kill the
    /// program.
    package static func install() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGTERM, SIGINT, SIGHUP] {
            var inherited = sigaction()
            sigaction(number, nil, &inherited)
            guard !isIgnored(inherited) else { continue }
            signal(number) { number in
                // Only async-signal-safe operations: an atomic, clock_gettime and _exit.
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

    /// Milliseconds on a monotonic clock.
    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Seconds since the stop was requested; nil where it was not.
    package var secondsSinceRequest: Double? {
        let receivedAt = Self.receivedAt.load(ordering: .relaxed)
        guard isRequested, receivedAt > 0 else { return nil }
        return Double(Self.milliseconds() - receivedAt) / 1000
    }

    /// Whether a stop was requested.
    package var isRequested: Bool {
        Self.received.load(ordering: .relaxed) != 0
    }

    /// The exit code of a stopped program: SIGTERM means that it is to be run again, SIGINT that a
    /// person meant it; nil where no stop was requested.
    package var exit: BudstikkeExit? {
        switch Self.received.load(ordering: .relaxed) {
        case SIGINT: .interrupted
        case SIGTERM, SIGHUP: .tryAgain
        default: nil
        }
    }
}

/// The current time for the business: the database's, or the instant given by `--as-of`.
///
/// That way machines whose clocks differ agree on what is due. Until the database is known it is
/// the machine's own time; from then on it advances by a monotonic clock that also counts while the
/// machine is suspended. Copies share it.
package final class RunClock: Sendable {
    private struct Anchor {
        var date: Date
        var instant: ContinuousClock.Instant
    }

    private let fixed: Date?
    private let anchor = Mutex<Anchor?>(nil)

    /// A clock that always shows `fixed`; nil for one that runs.
    package init(fixed: Date? = nil) {
        self.fixed = fixed
    }

    /// The current instant.
    package var now: Date {
        if let fixed { return fixed }
        guard let anchor = anchor.withLock(\.self) else { return Date() }
        let (seconds, attoseconds) = (ContinuousClock.now - anchor.instant).components
        return anchor.date + Double(seconds) + Double(attoseconds) / 1e18
    }

    /// Sets the clock to another clock's current time; a fixed one stays as it is.
    package func follow(_ date: Date) {
        anchor.withLock { $0 = Anchor(date: date, instant: .now) }
    }
}

/// A point in time by which work is to be done, on a monotonic clock.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    /// The point that lies so far ahead of now.
    package init(after duration: Duration) {
        instant = ContinuousClock.now + duration
    }

    /// Whether the deadline is over.
    package var hasPassed: Bool {
        ContinuousClock.now >= instant
    }

    /// The time left, never negative.
    package var remaining: Duration {
        max(.zero, ContinuousClock.now.duration(to: instant))
    }
}
