import Logging
import Synchronization

@testable import Sandbox

/// A sandbox that runs in the test's own process, on a port of its own.
struct TestSandbox: Sendable {
    let port: Int
    let clock: ManualClock

    /// Runs a sandbox while `body` speaks to it.
    static func run(
        _ options: SandboxOptions = SandboxOptions(), clock: ManualClock = ManualClock(),
        _ body: (TestSandbox) async throws -> Void
    ) async throws {
        let silence = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        let server = try SandboxServer(options, logger: silence) { clock.now }
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let serving = Task {
            defer { continuation.finish() }
            try await server.run { continuation.yield($0) }
        }
        defer { serving.cancel() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return try await serving.value }
        try await body(TestSandbox(port: port, clock: clock))
        serving.cancel()
        _ = await serving.result
    }

    func connect() throws -> RawConnection {
        try RawConnection(port: port)
    }

    /// One request on a connection of its own; nil where no answer came.
    @discardableResult
    func request(_ method: String, _ target: String, _ body: String = "") async throws -> RawReply?
    {
        let connection = try connect()
        await connection.send(Self.request(method, target, body))
        return try await connection.receive()
    }

    /// As above, where the answer is JSON.
    func json(_ method: String, _ target: String, _ body: String = "") async throws -> JSONValue {
        try JSONReader.read(try await request(method, target, body)?.body ?? [])
    }

    @discardableResult
    func send(to address: String, dispatchID: String = "d-1") async throws -> RawReply? {
        try await request("POST", "/v3/mail/send", Self.mail(to: address, dispatchID: dispatchID))
    }

    func arm(_ order: String) async throws {
        let reply = try await request("POST", "/_sandbox/faults", #"{"faults":[\#(order)]}"#)
        guard reply?.status == 200 else { throw RefusedOrder(text: reply?.text ?? "") }
    }

    /// Asks again until it holds; the suite's time limit ends it if it never does.
    func summary(
        until holds: (JSONValue) -> Bool = { _ in true }
    ) async throws -> JSONValue {
        while true {
            let summary = try await json("GET", "/_sandbox/summary")
            if holds(summary) { return summary }
            await Task.yield()
        }
    }

    static func request(
        _ method: String, _ target: String, _ body: String = "", headers: String? = nil
    ) -> String {
        let headers =
            headers ?? "Authorization: Bearer key\r\nContent-Type: application/json\r\n"
        return "\(method) \(target) HTTP/1.1\r\nHost: sandbox\r\n\(headers)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func mail(to address: String, dispatchID: String = "d-1") -> String {
        #"""
        {"personalizations":[{"to":[{"email":"\#(address)"}],\#
        "custom_args":{"dispatch_id":"\#(dispatchID)"}}],\#
        "from":{"email":"faktura@selger.example"},"subject":"Faktura 1001",\#
        "content":[{"type":"text/plain","value":"Se vedlegg"}],\#
        "attachments":[{"content":"JVBERi0xLjc=","filename":"faktura.pdf"}]}
        """#
    }
}

struct RefusedOrder: Error {
    var text: String
}

/// A clock that stands still until it is set.
final class ManualClock: Sendable {
    private let time: Mutex<Timestamp>

    init(seconds: Int64 = 1_700_000_000) {
        time = Mutex(Timestamp(seconds: seconds))
    }

    var now: Timestamp {
        time.withLock { $0 }
    }

    func advance(seconds: Int64) {
        time.withLock { $0 = $0.advanced(byMilliseconds: seconds * 1000) }
    }
}
