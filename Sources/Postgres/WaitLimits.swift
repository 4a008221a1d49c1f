/// How long a connection waits for its server, and when it stops waiting.
package struct WaitLimits: Sendable {
    /// The longest wait for a lock (lock_timeout), in seconds; 0 waits for ever.
    package var lockSeconds: Int
    /// The longest that a statement may take (statement_timeout), in seconds; 0 is for ever.
    package var statementSeconds: Int
    /// How long ago the program was asked to stop; nil while it was not.
    ///
    /// It is asked about ten times a second while the server is silent, on the thread that waits.
    package var secondsSinceStop: @Sendable () -> Double?

    /// After a stop, what was under way when it came has so long to end by itself.
    package var graceSeconds = 2.0
    /// What is begun after a stop has so long: it is what ends the work politely (outcomes
    /// written, claims given back), and so worth more patience than what was under way.
    package var finishingSeconds = 10.0
    /// What has not ended so long after it was cancelled never will: the connection is closed.
    package var abandonSeconds = 5.0

    package init(
        lockSeconds: Int = 0, statementSeconds: Int = 0,
        secondsSinceStop: @escaping @Sendable () -> Double? = { nil }
    ) {
        self.lockSeconds = lockSeconds
        self.statementSeconds = statementSeconds
        self.secondsSinceStop = secondsSinceStop
    }
}

/// The wait for one statement, a pipeline, a COPY or a connection: since when, and how it is to end.
struct Wait {
    private let limits: WaitLimits
    private let begunAt = ContinuousClock.now
    private let wasStopping: Bool
    /// The request to cancel, once it is under way, and since when.
    private(set) var cancelling: (request: Aside<Bool>, since: ContinuousClock.Instant)?

    /// How long to wait in one piece before the stop is asked about again.
    static let sliceMilliseconds: Int32 = 100

    init(_ limits: WaitLimits) {
        self.limits = limits
        wasStopping = limits.secondsSinceStop() != nil
    }

    /// Whether a stop was asked for, and the time that was left has run out since.
    var isOver: Bool {
        guard let sinceStop = limits.secondsSinceStop() else { return false }
        let waited = min(sinceStop, Self.seconds(since: begunAt))
        return waited >= (wasStopping ? limits.finishingSeconds : limits.graceSeconds)
    }

    /// Whether the server has not even answered to being asked to cancel.
    var isHopeless: Bool {
        cancelling.map { Self.seconds(since: $0.since) >= limits.abandonSeconds } ?? false
    }

    mutating func cancel(by request: Aside<Bool>) {
        cancelling = (request, .now)
    }

    private static func seconds(since instant: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - instant) / .seconds(1)
    }
}
