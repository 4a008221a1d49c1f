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
