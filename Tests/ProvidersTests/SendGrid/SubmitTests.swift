import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

@Suite struct SubmitTests {
    private static let accepted = StubServer.Reaction.answer(
        202, headers: [("X-Message-Id", "Xj5LmNkWSOqRbdvOpR34BA")])

    @Test func `202 is acceptance under the id that came with it`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        #expect(
            try fixture.submit() == .accepted(providerMessageID: "Xj5LmNkWSOqRbdvOpR34BA"))
    }

    @Test func `202 without an id and without a body is acceptance`() throws {
        let fixture = try SendGridFixture { _ in .answer(202) }
        #expect(try fixture.submit() == .accepted(providerMessageID: nil))
    }

    @Test func `the request carries the send key and our ids inside the personalization`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        let message = OutgoingMessage.sample()
        _ = try fixture.submit(message)

        let request = try #require(fixture.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/v3/mail/send")
        #expect(request.header("Authorization") == "Bearer SG.send")
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("Expect") == nil)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        let personalizations = try #require(json["personalizations"] as? [[String: Any]])
        #expect(personalizations.count == 1)
        #expect(
            personalizations[0]["custom_args"] as? [String: String] == [
                "dispatch_id": message.dispatchID.uuidString.lowercased(), "tenant_id": "42",
                "attempt": "1",
            ])
    }

    @Test func `a no is told in SendGrid's words, made safe to show`() throws {
        let body = #"{"errors":[{"message":"Bad\u0007\u001b[31m subject","field":"subject"}]}"#
        let fixture = try SendGridFixture { _ in .answer(400, body: body) }
        #expect(
            try fixture.submit()
                == .refused(Refusal(.message, .content, "400: Bad [31m subject (subject)")))
    }

    @Test(arguments: [408, 500, 502, 503, 504, 200, 204, 301])
    func `what says neither yes nor no is in doubt`(_ status: Int) throws {
        let fixture = try SendGridFixture { _ in
            .answer(status, headers: [("Location", "/elsewhere")])
        }
        #expect(try fixture.submit() == .inDoubt(reason: "\(status)"))
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `a 202 that is somebody else's page is in doubt`() throws {
        let fixture = try SendGridFixture { _ in .answer(202, body: "<html>Welcome</html>") }
        guard case .inDoubt = try fixture.submit() else { Issue.record("not in doubt"); return }
    }

    @Test func `a message over the limit is refused without a request`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        let large = Attachment(
            fileName: "a.pdf", contentType: "application/pdf",
            content: [UInt8](repeating: 1, count: 23_000_000))
        let messages = [OutgoingMessage.sample(attachments: [large]), .sample()]
        let outcomes = try fixture.submit(messages)
        #expect(outcomes[messages[0].dispatchID]?.refusal?.place == "message/content")
        #expect(
            outcomes[messages[1].dispatchID]
                == .accepted(providerMessageID: "Xj5LmNkWSOqRbdvOpR34BA"))
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `no connection says nothing of the message`() throws {
        let closed = StubServer { _ in .close }
        closed.stop()
        let fixture = try SendGridFixture(baseURL: closed.url) { _ in Self.accepted }
        #expect(try fixture.submit()?.refusal?.place == "provider/unreachable")
    }

    @Test func `what its time has run out for is not sent and waits`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        var message = OutgoingMessage.sample()
        message.deadline = .now - .seconds(1)
        #expect(try fixture.submit(message)?.refusal?.place == "message/notYet")
        #expect(fixture.server.requests.isEmpty)
    }

    @Test(arguments: [StubServer.Reaction.close, .reset, .hang, .raw("nonsense\r\n")])
    func `no answer after the body is in doubt`(_ reaction: StubServer.Reaction) throws {
        let fixture = try SendGridFixture(timeoutSeconds: 1) { _ in reaction }
        guard case .inDoubt = try fixture.submit() else { Issue.record("not in doubt"); return }
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `plain http to a distant host is refused before any message`() {
        #expect(throws: (any Error).self) {
            try SendGridFixture(baseURL: "http://api.sendgrid.com") { _ in Self.accepted }
        }
    }

    @Test func `options and provider never show a key`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        var text = ""
        dump(fixture.provider, to: &text)
        text += String(describing: fixture.provider.account)
        text += String(reflecting: fixture.provider.account)
        #expect(!text.contains("SG."))
    }
}
