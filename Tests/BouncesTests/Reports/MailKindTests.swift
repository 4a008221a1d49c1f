import Foundation
import TestSupport
import Testing

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
