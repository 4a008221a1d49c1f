import Foundation
import Testing

@testable import Providers

/// The ids and times that a provider may tell of, wherever one stands.
@Suite struct VendorValueTests {
    private func read<Row: Decodable>(_ type: Row.Type, _ json: String) -> Row? {
        try? JSONDecoder().decode(type, from: Data(json.utf8))
    }

    @Test(arguments: [
        (999, true), (1_000, true), (1_001, false),
    ])
    func `a word of a vendor's own is no page`(count: Int, isWord: Bool) {
        let word = String(repeating: "x", count: count)
        // An id has 500 characters at the most, whatever they are.
        let event = #"{"id":"a","timestamp":1529701969,"event":"\#(word)"}"#
        #expect((read(MailgunEventRow.self, event) != nil) == isWord)
        let reason = #"{"id":"a","timestamp":1529701969,"event":"failed","reason":"\#(word)"}"#
        #expect(read(MailgunEventRow.self, reason)?.reason == (isWord ? word : ""))
        let detail = #"{"sg_event_id":"a","timestamp":1529701969,"event":"\#(word)"}"#
        #expect((read(SendGridEventRow.self, detail) != nil) == isWord)
    }

    @Test(arguments: [
        ("<a@b.no>", "a@b.no"), ("a@b.no", "a@b.no"), ("< a@b.no\n>", "a@b.no"), ("<>", ""),
        ("<", "<"), ("", ""),
    ])
    func `an id of Mailgun's has neither brackets nor blanks around it`(text: String, id: String) {
        #expect(MailgunMessageID.plain(text) == id)
    }

    @Test(arguments: [("a.recvd-1", "a"), ("a .filter2", "a"), ("a.b", "a.b")])
    func `an id of SendGrid's request is that of its messages up to a mark`(
        text: String, id: String
    ) {
        #expect(SendGridMessageID.received(text) == id)
    }

    @Test(arguments: [
        ("2000-01-01T00:00:00Z", true), ("1999-12-31T23:59:59Z", false),
        ("2199-12-31T23:59:59Z", true), ("2200-01-02T00:00:01Z", false),
        ("1013-11-24T08:00:00Z", false), ("9999-11-24T08:00:00Z", false),
    ])
    func `what is no time of ours is none`(text: String, isTime: Bool) {
        let log =
            #"{"sg_message_id":"a","to_email":"a@b.no","status":"bounced","#
            + #""sg_message_id_created_at":"\#(text)"}"#
        #expect((read(SendGridLogRow.self, log) != nil) == isTime)
        #expect((PostmarkTime.date(text) != nil) == isTime)
        let listed = read(
            MailgunListRow.self, #"{"address":"a@b.no","created_at":"\#(text)"}"#)
        #expect(listed?.address == "a@b.no")
        #expect((listed?.createdAt != nil) == isTime)
    }
}
