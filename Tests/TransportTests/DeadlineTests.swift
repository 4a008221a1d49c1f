import Foundation
import Synchronization
import TestSupport
import Testing
import Transport

/// After a deadline not a byte of a request is sent, and what was sent whole is waited for.
@Suite(.timeLimit(.minutes(15))) struct DeadlineTests {
    private func failure(_ result: Result<HTTPResponse, HTTPError>) -> HTTPError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    private static func wait(until deadline: ContinuousClock.Instant) {
        while ContinuousClock.now < deadline { usleep(1000) }
    }

    @Test func `what is late already is not begun`() {
        let server = StubServer { _ in .answer(202) }
        let request = HTTPRequest(
            .post, server.url, body: [1, 2], deadline: .now - .milliseconds(1))
        let error = failure(HTTPClient().perform(request))
        #expect(error?.kind == .overdue)
        #expect(error?.phase == .beforeBody)
        server.stop()
        #expect(server.received.isEmpty)
    }

    @Test func `a deadline that passes before the connection stands leaves nothing sent`() {
        let listener = FullListener()
        let request = HTTPRequest(
            .post, "http://127.0.0.1:\(listener.port)/", body: [1],
            deadline: .now + .milliseconds(200))
        let error = failure(HTTPClient().perform(request))
        #expect(error?.kind == .overdue)
        #expect(error?.phase == .beforeBody)
    }

    @Test func `a deadline that passes while the upload stalls ends it there`() {
        let stalled = StalledServer(greeting: [])
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 50 << 20)
        let request = HTTPRequest(
            .post, "http://127.0.0.1:\(stalled.port)/", body: body,
            deadline: .now + .milliseconds(500))
        let error = failure(HTTPClient().perform(request))
        #expect(error?.kind == .overdue)
        #expect(error?.phase == .afterBody)
        #expect((1..<body.count).contains(stalled.bytesThatCame()))
    }

    @Test func `the answer to what was sent whole is waited for beyond the deadline`() throws {
        let deadline = ContinuousClock.now + .seconds(2)
        let server = StubServer { _ in
            // Long enough for the client to look at its deadline.
            Self.wait(until: deadline + .milliseconds(1500))
            return .answer(202)
        }
        let request = HTTPRequest(
            .post, server.url, body: [UInt8](repeating: 1, count: 300_000), deadline: deadline)
        #expect(try HTTPClient().perform(request).get().status == 202)
    }

    // MARK: SMTP

    private func submission(
        _ message: String = "Subject: hei\r\n\r\nhei\r\n", deadline: ContinuousClock.Instant
    ) -> SMTPSubmission {
        SMTPSubmission(
            sender: "bounces+1@fjord.example", recipient: "ap@kunde.example",
            message: Array(message.utf8), deadline: deadline)
    }

    private func client(_ url: String) throws -> SMTPClient {
        SMTPClient(MailLogin(server: try MailServer(url, .smtp)))
    }

    @Test func `a mail that is late already is not begun, nor is a connection`() throws {
        let relay = StubRelay()
        let result = try client(relay.url).perform(submission(deadline: .now - .milliseconds(1)))
        #expect(result.failure?.error.kind == .overdue)
        #expect(result.failure?.phase == .notTaken)
        #expect(relay.commands.isEmpty)
    }

    @Test(arguments: ["MAIL", "RCPT", "DATA"])
    func `a deadline that passes in the conversation ends it before the message`(
        _ command: String
    ) throws {
        let deadline = ContinuousClock.now + .milliseconds(500)
        let relay = StubRelay { said, _ in
            if said == command { Self.wait(until: deadline) }
            return nil
        }
        let result = try client(relay.url).perform(submission(deadline: deadline))
        #expect(result.failure?.phase == .notTaken)
        relay.stop()
        #expect(relay.taken.isEmpty)
    }

    @Test func `a deadline that passes while the message is written keeps its end back`() throws {
        let message = String(
            repeating: String(repeating: "x", count: 990) + "\r\n", count: 6_000)
        let stalled = StalledServer(
            greeting: ["220 stub", "250 stub", "250 ok", "250 ok", "354 go on"])
        // How long this machine takes for the whole of it, just now.
        let began = ContinuousClock.now
        _ = try client(StubRelay().url).perform(
            submission(message, deadline: began + .seconds(600)))
        let pace = ContinuousClock.now - began
        let result = try client("smtp://127.0.0.1:\(stalled.port)")
            .perform(submission(message, deadline: .now + pace * 3))
        #expect(result.failure?.phase == .notTaken)
        #expect((1..<message.utf8.count).contains(stalled.bytesThatCame()))
    }
}

/// A server that says a few lines, each but the first to a line of the client's, and takes nothing
/// more until it is told to.
private final class StalledServer: Sendable {
    private let server: StubLineServer
    private let gate: DispatchSemaphore
    private let end: DispatchSemaphore
    private let count: Count

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    init(greeting: [String]) {
        let (gate, end, count) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), Count())
        (self.gate, self.end, self.count) = (gate, end, count)
        server = StubLineServer { connection in
            for (index, line) in greeting.enumerated() {
                if index > 0 { _ = connection.line() }
                connection.write(line + "\r\n")
            }
            gate.wait()
            let bytes = connection.bytesToTheEnd()
            count.value.withLock { $0 += bytes }
            end.signal()
        }
    }

    var port: Int { server.port }

    /// Takes all that comes until the client has hung up.
    func bytesThatCame() -> Int {
        gate.signal()
        // Where nobody came there is nothing to wait for.
        _ = end.wait(timeout: .now() + 60)
        return count.value.withLock { $0 }
    }
}
