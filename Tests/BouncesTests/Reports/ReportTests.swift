import Foundation
import TestSupport
import Testing
import Wire

@testable import Bounces

/// What a report in fields says.
@Suite struct ReportTests {
    @Test(arguments: [
        ("failed", EventKind.bounced), ("Failed", .bounced), ("delayed", .deferred),
        ("delivered", .delivered), ("relayed", .delivered), ("expanded", .processed),
        ("failed (permanent)", .bounced), ("gone", .bounced), ("failure", .bounced),
        ("error", .bounced), ("expired", .bounced), ("", .bounced),
    ])
    func `an action has one meaning`(_ action: String, _ kind: EventKind) throws {
        let mail = MailSample.report(
            """
            Reporting-MTA: dns; relay.fjord.example

            Final-Recipient: rfc822; ap@kunde.example
            Action: \(action)
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 <ap@kunde.example>:
                Recipient address rejected: User unknown
            """)
        let events = try MailSample.events(mail)
        #expect(events.map(\.kind) == [kind])
        for event in events {
            #expect(event.recipient == "ap@kunde.example")
            #expect(event.dispatchID == MailSample.dispatchID)
            #expect(event.tenantID == 42)
            #expect(event.replyCode == 550)
            #expect(event.enhancedCode == "5.1.1")
            #expect(
                event.text
                    == "550 5.1.1 <ap@kunde.example>: Recipient address rejected: User unknown")
            #expect(event.occurredAt == MailSample.arrivedAt)
        }
    }

    @Test func `the address that was sent to goes before the one it was passed on to`() throws {
        let mail = MailSample.report(
            """
            Reporting-MTA: dns; relay.fjord.example

            Original-Recipient: rfc822;ap+2Btag@kunde.example
            Final-Recipient: rfc822; someone@else.example
            Action: failed
            Status: 5.2.2 (mailbox full)
            Diagnostic-Code: X-Postfix; over quota
            """)
        let event = try #require(try MailSample.events(mail).first)
        #expect(event.recipient == "ap+tag@kunde.example")
        #expect(event.enhancedCode == "5.2.2")
        #expect(event.replyCode == nil)
        #expect(event.text == "over quota")
    }

    @Test func `every recipient is told of, each under a key of its own`() throws {
        let mail = MailSample.report(
            """
            Reporting-MTA: dns; relay.fjord.example

            Final-Recipient: rfc822; a@kunde.example
            Action: failed
            Status: 5.1.1

            Final-Recipient: rfc822; b@kunde.example
            Action: delayed
            Status: 4.4.1
            """)
        let events = try MailSample.events(mail)
        #expect(events.map(\.recipient) == ["a@kunde.example", "b@kunde.example"])
        #expect(events.keys.count == 2)
        #expect(try MailSample.events(mail).keys == events.keys)
    }

    @Test func `the copy says which dispatch it is, where the address does not`() throws {
        let fields =
            "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ap@k.example\nAction: failed"
        let copy =
            "Message-ID: <1@fjord.example>\nX-Budstikke-Dispatch: \(MailSample.mark)\nTo: ap@k.example"
        let event = try #require(
            try MailSample.events(
                MailSample.report(to: "bounces@fjord.example", fields, copy: copy)
            ).first)
        #expect(event.dispatchID == MailSample.dispatchID)
        #expect(event.providerMessageID == "<1@fjord.example>")
        let byEnvelope = try #require(
            try MailSample.events(
                MailSample.report(
                    to: "bounces@fjord.example",
                    "Original-Envelope-Id: \(MailSample.mark)\n" + fields)
            ).first)
        #expect(byEnvelope.dispatchID == MailSample.dispatchID)
        let stranger = try #require(
            try MailSample.events(MailSample.report(to: "bounces@fjord.example", fields)).first)
        #expect(stranger.dispatchID == nil)
    }

    @Test(arguments: [
        ("abuse", true), ("fraud", true), ("virus", true), ("other", true), ("opt-out", true),
        ("not-spam", false), ("auth-failure", false), ("dmarc", false),
    ])
    func `a complaint is one only where a person complains`(
        _ kind: String, _ isComplaint: Bool
    ) throws {
        let mail = MailSample.report(
            to: "bounces@fjord.example",
            """
            Feedback-Type: \(kind)
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Mail-From: <\(MailSample.marked)>
            Original-Rcpt-To: <ap@kunde.example>
            """, kind: "feedback-report")
        let events = try MailSample.events(mail)
        #expect(events.map(\.kind) == (isComplaint ? [.complained] : []))
        for event in events {
            #expect(event.dispatchID == MailSample.dispatchID)
            #expect(event.recipient == "ap@kunde.example")
            #expect(event.suppressionList == "complaints")
            #expect(events.delivery(of: "ap@kunde.example", provider: "smtp") == .blocked)
        }
    }

    @Test(arguments: [
        "Original-Rcpt-To: 9f86d081884c7d65@kunde.example", "Original-Rcpt-To: <redacted>", "X: y",
    ])
    func `a complaint that hides who complains still says of which dispatch`(
        _ field: String
    ) throws {
        let mail = MailSample.report(
            to: "bounces@fjord.example",
            """
            Feedback-Type: abuse
            Original-Mail-From: <\(MailSample.marked)>
            \(field)
            """, kind: "feedback-report")
        let event = try #require(MailSample.events(mail).first)
        #expect(event.dispatchID == MailSample.dispatchID)
        #expect(event.suppressionList == "complaints")
    }

    @Test func `what came to a dispatch and can't be read is said`() throws {
        for mail in [
            MailSample.report("Reporting-MTA: dns; x"), MailSample.report("nothing"),
            MailSample.report("User-Agent: x", kind: "feedback-report"),
        ] {
            switch try MailSample.read(mail) {
            case .unread(let remark): #expect(!remark.isEmpty)
            // The words of a report without fields may still tell.
            case .events(let events): #expect(events.allSatisfy { $0.dispatchID != nil })
            case .ignored: Issue.record("passed over")
            }
        }
    }
}
