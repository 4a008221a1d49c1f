import Bounces
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What an event of Mailgun's means.
@Suite struct MailgunEventTests {
    private func read(_ members: String) throws -> ProviderEvent? {
        let raw =
            #"{"id":"pl271FzxTTmGRW8Uj3dUWw","timestamp":1529701969.818328,"#
            + #""recipient":"a@b.example",\#(members)}"#
        return try JSONDecoder().decode(MailgunEventRow.self, from: Data(raw.utf8)).event(raw: raw)
    }

    @Test(arguments: [("1529701969.8", 1_529_701_969.8), (#""1529701969""#, 1_529_701_969)])
    func `a time is the same as number and as text`(written: String, seconds: Double) throws {
        let raw = #"{"id":"a","event":"delivered","timestamp":\#(written)}"#
        let row = try JSONDecoder().decode(MailgunEventRow.self, from: Data(raw.utf8))
        let event = try #require(row.event(raw: raw))
        #expect(event.occurredAt == Date(timeIntervalSince1970: seconds))
        #expect(event.key == "a|17704")
    }

    /// An event and what it means.
    struct Meaning: Sendable {
        var event: String
        var status = ""
        var kind: EventKind
        var type: String
        var list: String?
        var code: Int?

        static func failed(
            _ severity: String, _ reason: String, _ status: String, _ kind: EventKind,
            list: String? = nil, code: Int? = nil, type: String? = nil
        ) -> Meaning {
            Meaning(
                event: #""event":"failed","severity":"\#(severity)","reason":"\#(reason)""#,
                status: #","delivery-status":{\#(status)}"#, kind: kind,
                type: type ?? "\(severity)/\(reason)", list: list, code: code)
        }
    }

    private static let meanings: [Meaning] = [
        .failed(
            "permanent", "suppress-bounce",
            #""code":605,"message":"","description":"Not delivering""#, .dropped,
            list: "bounces"),
        .failed(
            "temporary", "generic", #""code":451,"enhanced-code":"4.7.652","message":"wait""#,
            .deferred, code: 451),
        .failed(
            "permanent", "old",
            #""code":602,"message":"Too old","last-code":452,"last-message":"full""#, .bounced,
            code: 452),
        .failed(
            "permanent", "bounce", #""code":550,"message":"no","bounce-type":"hard""#, .bounced,
            list: "bounces", code: 550, type: "permanent/bounce/hard"),
        .failed(
            "internal", "generic", #""code":550,"message":"later","retry-seconds":600"#,
            .deferred, code: 550),
        .failed("internal", "generic", #""message":"DNS""#, .deferred),
        Meaning(
            event: #""event":"failed","reason":"bounce""#,
            status: #","delivery-status":{"code":550,"retry-seconds":600}"#, kind: .deferred,
            type: "bounce", code: 550),
        Meaning(
            event: #""event":"failed","reason":"generic""#,
            status: #","delivery-status":{"code":451}"#, kind: .deferred, type: "generic",
            code: 451),
        Meaning(
            event: #""event":"failed","reason":"old""#,
            status: #","delivery-status":{"code":602,"last-code":451}"#, kind: .bounced,
            type: "old", code: 451),
        Meaning(
            event: #""event":"failed","reason":"bounce""#,
            status: #","delivery-status":{"code":550}"#, kind: .bounced, type: "bounce",
            list: "bounces", code: 550),
        Meaning(
            event: #""event":"complained""#, kind: .complained, type: "complained",
            list: "complaints"),
    ]

    @Test(arguments: meanings)
    func `an event is of its kind`(_ meaning: Meaning) throws {
        let event = try #require(try read(meaning.event + meaning.status))
        #expect(event.kind == meaning.kind)
        #expect(event.providerType == meaning.type)
        #expect(event.suppressionList == meaning.list)
        #expect(event.replyCode == meaning.code)
        // An id is unique within a day only.
        #expect(event.key == "pl271FzxTTmGRW8Uj3dUWw|17704")
    }

    @Test(arguments: [("soft", Delivery.softBounced), ("hard", .hardBounced)])
    func `a refusal without words is what Mailgun takes it for`(
        _ type: String, _ delivery: Delivery
    ) throws {
        let event = try #require(
            try read(
                #""event":"failed","severity":"permanent","reason":"bounce","#
                    + #""delivery-status":{"code":550,"bounce-type":"\#(type)"}"#))
        #expect([event].delivery(of: "a@b.example", provider: "mailgun") == delivery)
        let said = try #require(
            try read(
                #""event":"failed","severity":"permanent","reason":"bounce","delivery-status":"#
                    + #"{"code":550,"bounce-type":"\#(type)","message":"5.1.1 User unknown"}"#))
        #expect([said].delivery(of: "a@b.example", provider: "mailgun") == .hardBounced)
    }

    @Test func `no id that a stranger thinks of is too long for an index`() throws {
        let marks = String(repeating: "a" + String(repeating: "\u{301}", count: 3), count: 120)
        let raw = #"{"id":"\#(marks)","timestamp":1529701969,"event":"delivered"}"#
        let row = try JSONDecoder().decode(MailgunEventRow.self, from: Data(raw.utf8))
        let key = try #require(row.event(raw: raw)?.key)
        #expect(key.utf8.count <= 500)
        #expect(key == row.event(raw: raw)?.key)
        let many = #"{"id":"\#(marks + marks)","timestamp":1529701969,"event":"delivered"}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(MailgunEventRow.self, from: Data(many.utf8))
        }
    }

    @Test func `opening and clicking say nothing`() throws {
        #expect(try read(#""event":"opened""#) == nil)
    }

    @Test func `our ids come as an object, as a text, or not at all`() throws {
        let id = UUID()
        let variables = [
            #"{"dispatch_id":"\#(id)","tenant_id":"42"}"#,
            #""{\"dispatch_id\":\"\#(id)\",\"tenant_id\":42}""#,
        ]
        for text in variables {
            let event = try #require(try read(#""event":"delivered","user-variables":\#(text)"#))
            #expect(event.dispatchID == id)
            #expect(event.tenantID == 42)
        }
        for text in ["{}", "null", "[]", #""""#, #""x""#] {
            let event = try #require(
                try read(
                    #""event":"failed","user-variables":\#(text),"envelope":{},"#
                        + #""message":{"headers":{"message-id":"<1@mg>"}}"#))
            #expect(event.dispatchID == nil)
            #expect(event.providerMessageID == "1@mg")
        }
    }

    @Test func `a rejected message has the recipient of its header`() throws {
        let raw =
            #"{"id":"a","timestamp":1529701969,"event":"rejected","reject":{"reason":"No"},"#
            + #""message":{"headers":{"to":"a@b.example","message-id":"1@mg"}}}"#
        let row = try JSONDecoder().decode(MailgunEventRow.self, from: Data(raw.utf8))
        let event = try #require(row.event(raw: raw))
        #expect(event.kind == .dropped)
        #expect(event.recipient == "a@b.example")
        #expect(event.text == "No")
    }
}
