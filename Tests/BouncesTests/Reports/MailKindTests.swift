import Foundation
import TestSupport
import Testing
import Wire

@testable import Bounces

/// The kinds of mail that were misread once.
@Suite struct MailKindTests {
    @Test(arguments: MailKindSample.all)
    func `each kind is read right, whatever the words are`(_ sample: MailKindSample) throws {
        let reading = try MailSample.read(sample.mail)
        switch (reading, sample.reading) {
        case (.events(let events), .event(let kind, let reason)):
            let event = try #require(events.first)
            #expect(event.kind == kind, "\(event.text)")
            #expect(event.recipient == sample.recipient)
            #expect(event.dispatchID == MailSample.dispatchID)
            if let reason {
                let outcome = events.outcome(of: sample.recipient, provider: "smtp")
                #expect(outcome.reason == reason, "\(event.text)")
            }
        case (.ignored(let why), .ignored(let expected)): #expect(why == expected)
        case (.unread(let why), .unread): #expect(!why.isEmpty)
        default: Issue.record("read as \(reading)")
        }
    }

    @Test(arguments: [
        ("=?utf-8?B?QXV0b3N2YXI=?=", "Autosvar"), ("=?UTF-8?q?=C3=A5_=C3=B8?= x", "å ø x"),
        ("=?utf-8?B?QXV0?= =?utf-8?B?b3N2YXI=?=", "Autosvar"), ("=?x?Z?a?=", "=?x?Z?a?="),
        ("=?utf-8?B?", "=?utf-8?B?"), ("a  b", "a  b"), ("", ""), ("hva?", "hva?"),
        ("x =?utf-8?Q?y?= z", "x y z"),
    ])
    func `encoded words are read`(_ written: String, _ read: String) {
        #expect(EncodedWord.decoded(written) == read)
    }

    @Test(arguments: [
        "a@b.example", "prvs=@b.example", "SRS0=a=b=c@d.example", "SRS1=a@d.example", "@", "",
        "prvs=", "SRS0=a=b==x@d.example",
    ])
    func `what has no tag stays as it is`(_ address: String) {
        let peeled = AddressTag.peeled(address)
        #expect(peeled == address || address == "prvs=@b.example")
    }
}

/// Mails that failed to be read once, where the machine has them.
@Suite(.enabled(if: MailCase.isThere, Comment(rawValue: MailCase.absence)))
struct MailCaseTests {
    private static let sent = MailCase.Sent(
        recipient: MailCase.recipient, messageID: "<1@fjord.example>", mark: MailSample.mark,
        returnPath: MailSample.marked)

    @Test func `there is none that nothing is said of`() throws {
        #expect(
            try MailCase.names() == (MailCase.all.map(\.name) + MailCase.autoReplies).sorted())
    }

    @Test(arguments: MailCase.all) func `each becomes what it is`(_ sample: MailCase) throws {
        let events = try MailSample.events(MailCase.text(sample.name, of: Self.sent))
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.recipient == sample.recipient)
        #expect(event.dispatchID == (sample.isKnown ? MailSample.dispatchID : nil))
        let outcome = events.outcome(of: sample.recipient, provider: "smtp")
        #expect(outcome.delivery == sample.delivery, "\(event.text)")
        #expect(outcome.reason == sample.reason, "\(event.text)")
    }

    @Test(arguments: MailCase.autoReplies)
    func `an auto-reply is known for one`(_ name: String) throws {
        #expect(
            try MailSample.read(MailCase.text(name, of: Self.sent)) == .ignored("an auto-reply"))
    }
}

struct AddressScanTests {
    @Test(arguments: [
        ("rfc822; ok+o'brien&co=1?#@kunde.example", ["ok+o'brien&co=1?#@kunde.example"]),
        ("'a@b.no'", ["a@b.no"]), ("*a@b.no*,'c@d.no';`e@f.no`", ["a@b.no", "c@d.no", "e@f.no"]),
        ("a@b.no's mailbox is full", ["a@b.no"]), ("|a@b.no|", ["a@b.no"]),
        ("Per <per@b.no>. per@b.no", ["per@b.no"]), ("'@'", []), ("''", []), ("", []),
    ])
    func `addresses are found within what stands around them`(text: String, addresses: [String]) {
        #expect(AddressScan.addresses(in: text).map(\.text) == addresses)
    }
}
