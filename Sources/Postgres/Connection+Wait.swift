import CLibPQ
import Glibc

// libpq's own waits end with the server's answer and nothing else. These look up in between: once
// the program was asked to stop and the time left to a statement has run out, the server is asked
// to cancel it, and where it does not answer the connection is closed.

extension Connection {
    /// The next answer, or nil at the end of the answers: PQgetResult with an eye on the stop.
    func nextResult(sql: String) throws(PostgresError) -> OpaquePointer? {
        try flush(sql: sql)
        while PQisBusy(handle) == 1 {
            try waitForSocket(POLLIN, sql: sql)
            // What came with the end of the line, such as the server's reason, is still read.
            guard PQconsumeInput(handle) == 1 || PQisBusy(handle) == 0 else {
                throw failureWithoutResult(sql: sql)
            }
        }
        return PQgetResult(handle)
    }

    /// Sends all that libpq has gathered.
    ///
    /// A server that has something to say may read no more until it has been heard.
    func flush(sql: String) throws(PostgresError) {
        while PQflush(handle) == 1 {
            try waitForSocket(POLLIN | POLLOUT, sql: sql)
            PQconsumeInput(handle)
        }
    }

    private func waitForSocket(_ events: Int32, sql: String) throws(PostgresError) {
        guard PQsocket(handle) >= 0 else { throw failureWithoutResult(sql: sql) }
        var socket = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
        poll(&socket, 1, Wait.sliceMilliseconds)
        guard wait.isOver else { return }
        if wait.cancelling == nil {
            wait.cancel(by: requestToCancel())
        } else if wait.isHopeless {
            close()
            throw PostgresError.stopped(
                "the server did not answer, and the program was asked to stop: the connection"
                    + " was given up", sql: sql)
        }
    }

    private func requestToCancel() -> Aside<Bool> {
        let request = CancelRequest(PQgetCancel(handle))
        return Aside { request.send() }
    }

    /// Waits for a request to cancel to be over, which could hit the next statement otherwise.
    func settleCancelling() {
        guard let request = wait.cancelling?.request else { return }
        let milliseconds = Int(limits.abandonSeconds * 1_000)
        if request.value(withinMilliseconds: milliseconds) == nil { close() }
    }
}

/// A statement that is to be cancelled, as libpq names it: by the server's process.
///
/// Sendable without the compiler's proof: libpq lets another thread use it, and only one does.
private final class CancelRequest: @unchecked Sendable {
    private let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) {
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// False where the server could not be asked.
    func send() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { words in
            PQcancel(handle, words.baseAddress, Int32(words.count)) == 1
        }
    }
}

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
