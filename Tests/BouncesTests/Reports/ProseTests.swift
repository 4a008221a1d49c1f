import Foundation
import TestSupport
import Testing

@testable import Bounces

/// What a server says that writes to people, in the words of those that still do.
@Suite struct ProseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var mail: String
        var delivery: Delivery
        var recipient = "ap@kunde.example"
        var isKnown = true
    }

    private static let copy = """
        Return-Path: <\(MailSample.marked)>
        X-Budstikke-Dispatch: \(MailSample.mark)
        Message-ID: <1@fjord.example>
        To: ap@kunde.example
        Subject: Faktura 1001

        Hei
        """

    static let cases = [
        Case(
            testDescription: "qmail",
            mail: """
                Return-Path: <>
                From: MAILER-DAEMON@mx.kunde.example
                To: bounces@fjord.example
                Subject: failure notice

                Hi. This is the qmail-send program at mx.kunde.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.
                This is a permanent error; I've given up. Sorry it didn't work out.

                <ap@kunde.example>:
                Sorry, no mailbox here by that name. (#5.1.1)

                --- Below this line is a copy of the message.

                \(copy)
                """,
            delivery: .hardBounced),
        Case(
            testDescription: "Exim",
            mail: """
                Return-path: <>
                X-Failed-Recipients: ap@kunde.example
                Auto-Submitted: auto-replied
                From: Mail Delivery System <Mailer-Daemon@mx.kunde.example>
                To: bounces@fjord.example
                Subject: Mail delivery failed: returning message to sender

                This message was created automatically by mail delivery software.

                A message that you sent could not be delivered to one or more of its
                recipients. This is a permanent error. The following address(es) failed:

                  ap@kunde.example
                    mailbox is full (MTA-imposed quota exceeded while writing to file)

                ------ This is a copy of the message, including all the headers. ------

                \(copy)
                """,
            delivery: .softBounced),
        Case(
            testDescription: "Exim that warns",
            mail: """
                From: Mail Delivery System <Mailer-Daemon@mx.kunde.example>
                To: \(MailSample.marked)
                Subject: Warning: message 1abc delayed 4 hours

                This message was created automatically by mail delivery software.
                A message that you sent has not yet been delivered to one or more of its
                recipients after more than 4 hours on the queue on mx.kunde.example.

                The address to which the message has not yet been delivered is:

                  ap@kunde.example

                No action is required on your part. Delivery attempts will continue for
                some time.
                """,
            delivery: .deferred),
        Case(
            testDescription: "old sendmail",
            mail: """
                From: Mail Delivery Subsystem <MAILER-DAEMON@kunde.example>
                To: bounces@fjord.example
                Subject: Returned mail: User unknown

                   ----- The following addresses had permanent fatal errors -----
                <ap@kunde.example>

                   ----- Transcript of session follows -----
                ... while talking to mx.kunde.example.:
                >>> RCPT To:<ap@kunde.example>
                <<< 550 5.1.1 <ap@kunde.example>... User unknown
                550 <ap@kunde.example>... User unknown

                   ----- Original message follows -----

                \(copy)
                """,
            delivery: .hardBounced),
        Case(
            testDescription: "Exchange in HTML",
            mail: """
                From: Microsoft Outlook <MicrosoftExchange329e71ec@kunde.example>
                To: \(MailSample.marked)
                Subject: Undeliverable: Faktura 1001
                Content-Type: text/html; charset=utf-8

                <html><body><b>Delivery has failed to these recipients or groups:</b>
                <p><a href="mailto:ap@kunde.example">ap@kunde.example</a><br>
                Your message wasn't delivered because the recipient's mailbox is full.</p>
                </body></html>
                """,
            delivery: .softBounced),
        Case(
            testDescription: "a server that names nobody",
            mail: """
                From: postmaster@mx.kunde.example
                To: \(MailSample.marked)
                Subject: Mail delivery failed

                550 Your message was rejected as spam.
                """,
            delivery: .blocked, recipient: ""),
        Case(
            testDescription: "a bounce of another's mail",
            mail: """
                From: MAILER-DAEMON@mx.kunde.example
                To: bounces@fjord.example
                Subject: failure notice

                <ap@kunde.example>:
                Sorry, no mailbox here by that name. (#5.1.1)
                """,
            delivery: .hardBounced, isKnown: false),
    ]

    @Test(arguments: cases) func `prose is told like any bounce`(_ sample: Case) throws {
        let events = try MailSample.events(sample.mail)
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.recipient == sample.recipient)
        #expect(event.dispatchID == (sample.isKnown ? MailSample.dispatchID : nil))
        let delivery = events.delivery(of: sample.recipient, provider: "smtp")
        #expect(delivery == sample.delivery, "\(event.text)")
        #expect(!event.text.contains("Faktura 1001\nHei"))
    }

    @Test(arguments: [
        "Auto-Submitted: auto-replied\nFrom: ap@kunde.example\nSubject: Re: Faktura",
        "From: ap@kunde.example\nSubject: Automatic reply: Faktura",
        "X-Autoreply: yes\nFrom: ap@kunde.example\nSubject: Ferie",
        "From: ap@kunde.example\nSubject: Autosvar: Jeg er ikke på kontoret",
    ])
    func `an absence is nothing that became of a mail`(_ head: String) throws {
        let mail = head + "\nTo: \(MailSample.marked)\n\nJeg er tilbake mandag."
        #expect(try MailSample.read(mail) == .ignored("an auto-reply"))
    }

    @Test(arguments: [
        ("bounces@fjord.example", "Spør om noe", "Når kommer fakturaen? Skriv til a@b.example"),
        ("bounces@fjord.example", "Cheap pills", "550 reasons to buy"),
        ("bounces@fjord.example", "", ""),
    ])
    func `a person's mail is no bounce`(_ to: String, _ subject: String, _ text: String) throws {
        let mail = "From: ap@kunde.example\nTo: \(to)\nSubject: \(subject)\n\n\(text)"
        #expect(try MailSample.read(mail) == .ignored("a letter, and no report"))
    }

    @Test func `a person's mail to a dispatch's own address is said, and no bounce`() throws {
        let mail =
            "From: ap@kunde.example\nTo: \(MailSample.marked)\nSubject: Hei\n\nTakk for faktura."
        guard case .unread = try MailSample.read(mail) else {
            Issue.record("passed over")
            return
        }
    }
}
