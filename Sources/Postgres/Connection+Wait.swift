import CLibPQ
import Glibc
package import Wire

// libpq's own waits end only with the server's answer. These check in between: once the program was
// asked to stop and the time left for a statement has run out, the server is asked to cancel it,
// and if it does not answer the connection is closed.

extension Connection {
    /// The next result, or nil at the end of the results: PQgetResult that can be interrupted by a
    /// stop.
    func nextResult(sql: String) throws(PostgresError) -> OpaquePointer? {
        try flush(sql: sql)
        while PQisBusy(handle) == 1 {
            try waitForSocket(POLLIN, sql: sql)
            // Data received before the end of the stream, such as the server's reason, is still
            // read.
            guard PQconsumeInput(handle) == 1 || PQisBusy(handle) == 0 else {
                throw failureWithoutResult(sql: sql)
            }
        }
        return PQgetResult(handle)
    }

    /// Sends everything that libpq has buffered.
    ///
    /// A server that has data to send may not read on until it was received.
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

    private func requestToCancel() -> BackgroundCall<Bool> {
        let request = CancelRequest(PQgetCancel(handle))
        return BackgroundCall { request.send() }
    }

    /// Waits until a cancel request is over, since it could hit the next statement otherwise.
    func settleCancelling() {
        guard let request = wait.cancelling?.request else { return }
        let milliseconds = Int(limits.abandonSeconds * 1_000)
        if request.value(withinMilliseconds: milliseconds) == nil { close() }
    }
}

/// A statement to be cancelled, as libpq identifies it: by the server process.
///
/// Unchecked: libpq allows its use from another thread, and only one uses it.
private final class CancelRequest: @unchecked Sendable {
    private let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) {
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Sends the request; false where the server could not be reached.
    func send() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { words in
            PQcancel(handle, words.baseAddress, Int32(words.count)) == 1
        }
    }
}

/// How long a connection waits for the server, and when it gives up.
package struct WaitLimits: Sendable {
    /// The longest wait for a lock (lock_timeout), in seconds; 0 for no limit.
    package var lockSeconds: Int
    /// The longest run of a statement (statement_timeout), in seconds; 0 for no limit.
    package var statementSeconds: Int
    /// Looked at ten times a second while the server is silent, on the thread that waits.
    package var stop: any StopRequest

    /// After a stop, how long a statement already running may take to finish.
    package var graceSeconds = 2.0
    /// After a stop, how long a statement begun since may take: such statements wind up the work
    /// (outcomes written, claims returned), and so deserve more patience.
    package var finishingSeconds = 10.0
    /// How long after its cancellation a statement is waited for before the connection is closed.
    package var abandonSeconds = 5.0

    /// The other periods are as declared, and may be changed after.
    package init(
        lockSeconds: Int = 0, statementSeconds: Int = 0,
        stop: any StopRequest = NeverStopped()
    ) {
        self.lockSeconds = lockSeconds
        self.statementSeconds = statementSeconds
        self.stop = stop
    }
}

/// The wait for one statement, pipeline, COPY or connection: when it began, and how it may end.
struct Wait {
    private let limits: WaitLimits
    private let begunAt = ContinuousClock.now
    private let wasStopping: Bool
    /// The cancel request and when it was sent; nil until then.
    private(set) var cancelling: (request: BackgroundCall<Bool>, since: ContinuousClock.Instant)?

    /// How long to wait at a time before checking for a stop again.
    static let sliceMilliseconds: Int32 = 100

    init(_ limits: WaitLimits) {
        self.limits = limits
        wasStopping = limits.stop.secondsSinceRequest != nil
    }

    /// Whether a stop was requested, and the time left after it has run out.
    var isOver: Bool {
        guard let sinceStop = limits.stop.secondsSinceRequest else { return false }
        let waited = min(sinceStop, Self.seconds(since: begunAt))
        return waited >= (wasStopping ? limits.finishingSeconds : limits.graceSeconds)
    }

    /// Whether the server has not answered the cancel request within `abandonSeconds`.
    var isHopeless: Bool {
        cancelling.map { Self.seconds(since: $0.since) >= limits.abandonSeconds } ?? false
    }

    mutating func cancel(by request: BackgroundCall<Bool>) {
        cancelling = (request, .now)
    }

    private static func seconds(since instant: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - instant) / .seconds(1)
    }
}
