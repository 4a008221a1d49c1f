import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What the sandbox does not show of Mailgun.
@Suite struct MailgunTests {
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)

    private func provider(_ server: StubServer) throws -> MailgunProvider {
        try MailgunProvider(
            region: .us, domain: "mg.fjord.example", .test(at: server.url),
            .test(now: { Self.now }))
    }

    private func submit(
        _ status: Int, _ body: String, _ message: OutgoingMessage = .sample()
    ) throws -> (outcome: SubmitOutcome?, requests: [StubServer.Request]) {
        let server = StubServer { _ in .answer(status, body: body) }
        var pending: OutgoingMessage? = message
        var outcome: SubmitOutcome?
        try provider(server).submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { outcome = $1 })
        return (outcome, server.requests)
    }

    @Test func `an id is acceptance, without its angle brackets`() throws {
        let body = #"{"id":"<2011.1@mg.fjord.example>","message":"Queued. Thank you."}"#
        #expect(
            try submit(200, body).outcome
                == .accepted(providerMessageID: "2011.1@mg.fjord.example"))
        for other in ["{}", "", "Mailgun Magnificent API", #"{"id":""}"#] {
            guard case .inDoubt = try submit(200, other).outcome else {
                Issue.record("not in doubt: \(other)")
                continue
            }
        }
    }

    @Test func `a domain of another region stops the account, not its messages`() throws {
        let body = #"{"message":"Domain not found: mg.fjord.example"}"#
        let refusal = try #require(try submit(404, body).outcome?.refusal)
        #expect(refusal.place == "account/misconfigured")
        #expect(
            refusal.reason
                == "404: Domain not found: mg.fjord.example; check provider.domain and"
                + " provider.region")
        let server = StubServer { _ in .answer(404, body: body) }
        #expect(
            throws: ProviderError.misconfigured(provider: "mailgun", reason: refusal.reason)
        ) {
            try provider(server).suppressions(of: .sample("a@b.example"))
        }
        #expect(throws: ProviderError.self) {
            let entry = ListedSuppression(
                list: "bounces", address: "a@b.example", reason: "", createdAt: nil)
            return try provider(server).lift(entry)
        }
    }

    @Test func `a second try is the same bytes`() throws {
        let message = OutgoingMessage.sample(attachments: [
            Attachment(
                fileName: "a\"\r\nb.pdf", contentType: "application/pdf", content: [0, 13, 10, 45])
        ])
        let first = try #require(try submit(200, "", message).requests.first)
        let second = try #require(try submit(200, "", message).requests.first)
        #expect(first.body == second.body)
        #expect(first.header("Content-Type") == second.header("Content-Type"))
        #expect(first.target == "/v3/mg.fjord.example/messages")
        #expect(first.text.contains("filename=\"a___b.pdf\""))
    }

    @Test func `what is estimated is never less than what is sent`() throws {
        for text in ["", "Hei", String(repeating: "æ=", count: 50_000)] {
            let message = OutgoingMessage.sample(
                text: text, html: text,
                attachments: [
                    Attachment(
                        fileName: "a", contentType: "b", content: [UInt8](repeating: 1, count: 999))
                ])
            let form = MailgunMessage(message)
            #expect(form.mailBytes >= form.encoded().count)
        }
    }

    private static func event(
        _ id: String, at seconds: Double, _ members: String = #""event":"delivered""#
    ) -> String {
        #"{"id":"\#(id)","timestamp":\#(seconds),"recipient":"a@b.example",\#(members)}"#
    }

    private static func page(_ events: [String], next: String) -> StubServer.Reaction {
        .answer(
            200,
            body: #"{"items":[\#(events.joined(separator: ","))],"paging":{"next":"\#(next)"}}"#)
    }

    private func poll(_ server: StubServer) throws -> [EventPage] {
        var pages: [EventPage] = []
        try provider(server).poll(
            EventSource(name: "events", overlapSeconds: 0), from: Self.now - 7200,
            until: Self.now, page: { pages.append($0) })
        return pages
    }

    @Test func `only what is older than the threshold is complete, and all is given`() throws {
        let settled = Self.now.timeIntervalSince1970 - 1800
        let server = StubServer { request in
            switch request.target {
            case let first where first.contains("begin="):
                Self.page(
                    [Self.event("1", at: settled - 500), Self.event("2", at: settled - 60)],
                    next: "https://api.mailgun.net/v3/mg.fjord.example/events/t1==")
            case "/v3/mg.fjord.example/events/t1==":
                Self.page(
                    [Self.event("3", at: settled - 10), Self.event("4", at: settled + 600)],
                    next: "https://evil.example/v3/mg.fjord.example/events/t2")
            case "/v3/mg.fjord.example/events/t2": Self.page([], next: "x")
            default: .answer(500)
            }
        }
        let pages = try poll(server)
        #expect(pages.flatMap(\.events).count == 4)
        #expect(
            pages.map { $0.completeUntil?.timeIntervalSince1970 } == [
                settled - 60, settled, settled,
            ])
        // Whatever host an answer names, the key goes to ours.
        #expect(server.requests.count == 3)
    }

    @Test(arguments: [
        "https://api.mailgun.net/v3/mg.fjord.example/events/../../elsewhere",
        "https://api.mailgun.net/v3/other", "", "https://a/events/x?y=1",
    ])
    func `a next page that is no page is an error`(_ next: String) {
        let server = StubServer { _ in
            Self.page([Self.event("1", at: 1_749_990_000)], next: next)
        }
        #expect(throws: ProviderError.self) { try poll(server) }
    }

    @Test func `pages without an end are an error`() {
        let server = StubServer { _ in
            Self.page([Self.event("1", at: 1_749_990_000)], next: "/events/same")
        }
        #expect(throws: ProviderError.self) { try poll(server) }
    }
}
