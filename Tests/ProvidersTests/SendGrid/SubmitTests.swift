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
            ])
    }

    @Test(arguments: [
        (
            400, #"{"errors":[{"message":"Bad\u0007\u001b[31m subject","field":"subject"}]}"#,
            "400: Bad [31m subject (subject)"
        ),
        (404, "", "404"), (405, "<html>", "405"), (413, #"{"errors":[]}"#, "413"),
        (
            403, #"{"errors":[{"message":"not a verified sender","field":"from"}]}"#,
            "403: not a verified sender (from)"
        ),
    ])
    func `a documented refusal is final and keeps the provider's words`(
        _ status: Int, _ body: String, _ reason: String
    ) throws {
        let fixture = try SendGridFixture { _ in .answer(status, body: body) }
        #expect(try fixture.submit() == .refused(reason: reason))
    }

    @Test(arguments: [
        (
            401, #"{"errors":[{"message":"authorization required"}]}"#,
            "401: authorization required"
        ),
        (
            403, #"{"errors":[{"message":"access forbidden","field":null}]}"#,
            "403: access forbidden"
        ),
        (402, "", "402"),
    ])
    func `a refused key is the account's trouble, not the message's`(
        _ status: Int, _ body: String, _ reason: String
    ) throws {
        let fixture = try SendGridFixture { _ in .answer(status, body: body) }
        #expect(try fixture.submit() == .accountRefused(reason: reason))
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

    @Test(
        arguments: [
            ([("Retry-After", "120")], 120), ([("Retry-After", "0")], 1),
            ([("Retry-After", "-1")], nil), ([("Retry-After", "1000000000")], 900),
            ([("Retry-After", "soon")], nil), ([("Retry-After", "nan")], nil),
            ([("Retry-After", "Sun, 15 Jun 2025 15:08:20 GMT")], 100),
            ([("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")], 1),
            ([("X-RateLimit-Reset", "1750000030")], 30),
            ([("X-RateLimit-Reset", "1750999999.5")], 900),
            ([("Retry-After", "soon"), ("X-RateLimit-Reset", "1750000005")], 5),
            ([("X-RateLimit-Reset", "x")], nil), ([], nil),
        ] as [([(String, String)], Int?)])
    func `too many requests is a postponement within sane bounds`(
        _ headers: [(String, String)], _ seconds: Int?
    ) throws {
        let fixture = try SendGridFixture { _ in .answer(429, headers: headers) }
        #expect(try fixture.submit() == .postponed(reason: "429", retryAfterSeconds: seconds))
    }

    @Test func `a message over the limit is refused without a request`() throws {
        let fixture = try SendGridFixture { _ in Self.accepted }
        let large = Attachment(
            fileName: "a.pdf", contentType: "application/pdf",
            content: [UInt8](repeating: 1, count: 23_000_000))
        let messages = [OutgoingMessage.sample(attachments: [large]), .sample()]
        let outcomes = try fixture.submit(messages)
        guard case .refused = outcomes[messages[0].dispatchID] else {
            Issue.record("not refused")
            return
        }
        #expect(
            outcomes[messages[1].dispatchID]
                == .accepted(providerMessageID: "Xj5LmNkWSOqRbdvOpR34BA"))
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `no connection is a postponement`() throws {
        let closed = StubServer { _ in .close }
        closed.stop()
        let fixture = try SendGridFixture(baseURL: closed.url) { _ in Self.accepted }
        guard case .postponed(_, nil) = try fixture.submit() else {
            Issue.record("not postponed")
            return
        }
    }

    @Test(arguments: [StubServer.Reaction.close, .reset, .hang, .raw("nonsense\r\n")])
    func `no answer after the body is in doubt`(_ reaction: StubServer.Reaction) throws {
        let fixture = try SendGridFixture(submitTimeoutSeconds: 0.3) { _ in reaction }
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
