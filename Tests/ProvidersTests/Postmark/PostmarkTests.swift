import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What the sandbox does not show of Postmark.
@Suite struct PostmarkTests {
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)

    private func provider(_ server: StubServer) throws -> PostmarkProvider {
        try PostmarkProvider(
            region: .us, stream: "outbound", .test(at: server.url), .test(now: { Self.now }))
    }

    private func submit(_ status: Int, _ body: String) throws -> SubmitOutcome? {
        let server = StubServer { _ in .answer(status, body: body) }
        var pending: OutgoingMessage? = .sample()
        var outcome: SubmitOutcome?
        try provider(server).submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { outcome = $1 })
        return outcome
    }

    @Test(arguments: [
        #"{"MessageID":"a-b","ErrorCode":0,"Message":"OK"}"#,
        #"{"MessageID":"a-b","Message":"Message accepted, but delivery may be delayed."}"#,
    ])
    func `an id is acceptance, with or without an ErrorCode`(_ body: String) throws {
        #expect(try submit(200, body) == .accepted(providerMessageID: "a-b"))
    }

    @Test(arguments: [
        #"{"ErrorCode":0,"Message":"OK"}"#, #"{"MessageID":"a","ErrorCode":406}"#, "OK", "",
        "<html>", "[]",
    ])
    func `a 200 that is not Postmark's is in doubt`(_ body: String) throws {
        guard case .inDoubt = try submit(200, body) else {
            Issue.record("not in doubt")
            return
        }
    }

    @Test func `the body's number decides, which is not one of HTTP's`() throws {
        func answer(_ status: Int, _ code: Int) throws -> String? {
            try submit(status, #"{"ErrorCode":\#(code),"Message":"No"}"#)?.refusal?.place
        }
        #expect(try answer(422, 401) == "sender/notAllowed")
        #expect(try answer(422, 413) == "account/notAllowed")
        #expect(try submit(413, "") == .refused(Refusal(.message, .content, "413")))
        #expect(try submit(408, "") == .inDoubt(reason: "408"))
        #expect(try submit(500, "") == .inDoubt(reason: "500"))
        #expect(try submit(503, "") == .inDoubt(reason: "503"))
    }

    @Test func `a text over five megabytes is refused without a request`() throws {
        let server = StubServer { _ in .answer(200) }
        var pending: OutgoingMessage? = .sample(text: String(repeating: "a", count: 5_000_001))
        var outcome: SubmitOutcome?
        try provider(server).submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { outcome = $1 })
        #expect(outcome?.refusal?.place == "message/content")
        #expect(server.requests.isEmpty)
    }

    /// A server that has so many bounces in each second, and keeps to its cap.
    private static func bounces(perSecond: Int, cap: Int = 10_000) -> StubServer {
        StubServer { request in
            let query = Dictionary(
                request.target.split(separator: "?").last?.split(separator: "&").map {
                    let pair = $0.split(separator: "=")
                    return (String(pair[0]), pair.last.map { String($0) } ?? "")
                } ?? [], uniquingKeysWith: { $1 })
            func seconds(_ name: String) -> Int64 {
                let text = (query[name] ?? "").replacing("%3A", with: ":")
                let date = try? Date(text + "-04:00", strategy: .iso8601)
                return Int64(date?.timeIntervalSince1970 ?? 0)
            }
            let (count, offset) = (Int(query["count"] ?? "") ?? 0, Int(query["offset"] ?? "") ?? 0)
            guard count <= 500, count + offset <= cap else {
                return .answer(422, body: #"{"ErrorCode":300,"Message":"too far"}"#)
            }
            let start = seconds("fromdate")
            let total = Int(seconds("todate") - start + 1) * perSecond
            let rows = (offset..<max(offset, min(total, offset + count))).map { number in
                let second = start + Int64(number / perSecond)
                let time = Date(timeIntervalSince1970: Double(second)).ISO8601Format()
                return #"{"ID":\#(second * 100_000 + Int64(number % perSecond)),"#
                    + #""Type":"HardBounce","MessageID":"m","Email":"a@b.example","#
                    + #""BouncedAt":"\#(time)","Inactive":true}"#
            }
            return .answer(
                200,
                body: #"{"TotalCount":\#(total),"Bounces":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    private func poll(_ server: StubServer, seconds: Double) throws -> [EventPage] {
        var pages: [EventPage] = []
        try provider(server).poll(
            EventSource(name: "bounces", overlapSeconds: 0), from: Self.now - seconds - 100,
            until: Self.now - 100, page: { pages.append($0) })
        return pages
    }

    @Test func `a window above the cap is halved until all can be read`() throws {
        let server = Self.bounces(perSecond: 1_000)
        let pages = try poll(server, seconds: 60)
        // Both ends of a window belong to it.
        #expect(Set(pages.flatMap(\.events).map(\.key)).count == 61_000)
        #expect(pages.allSatisfy { $0.shortfall == nil })
        #expect(pages.last?.completeUntil == Self.now - 100)
    }

    @Test func `a second above the cap is told of, and the poll goes on`() throws {
        let server = Self.bounces(perSecond: 6_000)
        let pages = try poll(server, seconds: 2)
        let shortfalls = pages.compactMap(\.shortfall)
        #expect(shortfalls.count == 2)
        #expect(shortfalls[0].contains("12000 Bounces"))
        #expect(pages.last?.completeUntil == Self.now - 100)
    }

    @Test(arguments: [
        ("Transient", EventKind.deferred), ("SpamComplaint", .complained),
        ("ManuallyDeactivated", .dropped), ("Blocked", .bounced), ("DMARCPolicy", .bounced),
        ("SomethingNew", .bounced), ("AutoResponder", nil), ("Subscribe", nil),
        ("ChallengeVerification", nil),
    ])
    func `a type is an event of its kind, or none`(_ type: String, _ kind: EventKind?) throws {
        let raw =
            #"{"ID":901542550123456789,"Type":"\#(type)","MessageID":"m","Email":"a@b.example","#
            + #""BouncedAt":"2016-04-27T16:28:50.3963933-04:00","Details":"smtp;550 5.1.1 x"}"#
        let row = try JSONDecoder().decode(PostmarkBounceRow.self, from: Data(raw.utf8))
        let event = row.event(raw: raw, ownStream: "outbound")
        #expect(event?.kind == kind)
        #expect(event.map { $0.key == "bounce|901542550123456789" } ?? true)
        #expect(event?.suppressionList == nil)
    }

    @Test func `a server that does not know the search finds nothing of others`() throws {
        let row =
            #"{"MessageID":"x","ReceivedAt":"2025-06-15T10:00:00-04:00","Metadata":"#
            + #"{"dispatch-id":"00000000-0000-0000-0000-000000000001"}}"#
        func answer(_ count: Int) -> StubServer {
            StubServer { _ in
                let rows = [String](repeating: row, count: count).joined(separator: ",")
                return .answer(200, body: #"{"TotalCount":\#(count),"Messages":[\#(rows)]}"#)
            }
        }
        let query = LookupQuery(
            dispatchID: UUID(), recipient: try .sample("a@b.example"), messageID: "<1@a.example>",
            subject: "s", attemptedAt: Self.now - 60,
            ageSeconds: 60)
        let (few, many) = (answer(3), answer(50))
        #expect(try provider(few).lookUp([query]) == [.success(.absent)])
        #expect(throws: ProviderError.self) { try provider(many).lookUp([query])[0].get() }
    }
}
