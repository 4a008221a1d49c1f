package import Bounces
import Testing

/// Mails of the kinds that were misread once, in other words than those in which they were seen.
package struct MailKindSample: Sendable, CustomTestStringConvertible {
    /// What the reader must make of it.
    package enum Reading: Sendable {
        case event(EventKind, BounceReason?)
        case ignored(String)
        case unread
    }

    package var testDescription: String
    package var mail: String
    package var reading: Reading
    package var recipient = "ap@kunde.example"

    package static let all = copies + delays + robots + reports + tags

    /// Of the dispatch whose return path it is; the mark is one of before marks were signed.
    package static let mark = "42-0f8fad5bd9cb469fa16570867728950e"
    package static let marked = "bounces+\(mark)@fjord.example"
    package static let messageID = "<1@fjord.example>"

    private static func prose(
        _ name: String, _ body: String, subject: String = "Undelivered mail",
        from: String = "MAILER-DAEMON@mx.kunde.example", to: String = marked, head: String = "",
        _ reading: Reading, recipient: String = "ap@kunde.example"
    ) -> MailKindSample {
        MailKindSample(
            testDescription: name,
            mail: "Return-Path: <>\nDelivered-To: \(to)\nFrom: \(from)\nSubject: \(subject)\n"
                + "\(head)\n\(body)\n",
            reading: reading, recipient: recipient)
    }

    private static let header = """
        Received: from relay.fjord.example (envelope-from \(marked))
            by mx.kunde.example; Sun, 29 Nov 2026 10:00:00 +0000
        Authentication-Results: mx.kunde.example; spf=fail; dkim=fail; dmarc=fail
        X-Virus-Scanned: by a scanner that found spam
        From: faktura@fjord.example
        To: ap@kunde.example
        Subject: Mailbox full
        Message-ID: \(messageID)
        """

    private static let unknown = Reading.event(.bounced, .userUnknown)

    /// The header of ours stands behind ever other sentences, and never decides.
    private static let copies =
        [
            "Here comes what you sent us", "Included is a copy of the message header:",
            "----- Headers -----", "Teksten under er fra meldingen din.", "",
        ].flatMap { sentence in
            [
                prose(
                    "a copy behind '\(sentence)'",
                    "<ap@kunde.example>: 550 5.1.1 User unknown\n\n\(sentence)\n\n\(header)\n\nHei",
                    unknown),
                prose(
                    "a quoted copy behind '\(sentence)'",
                    "<ap@kunde.example>: 550 5.1.1 User unknown\n\n\(sentence)\n"
                        + header.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n"),
                    unknown),
            ]
        } + [
            prose(
                "a quoted text",
                "ap@kunde.example: no such user here\n\n> Hei, postkassen din er full\n> quota exceeded",
                unknown),
            prose(
                "fields that say which mail it was",
                "Your message\n\n  To: ap@kunde.example\n  Subject: Mailbox full\n  Sent: today\n\n"
                    + "did not reach the following recipient:\n\nap@kunde.example: User unknown",
                unknown),
            prose(
                "words before the address",
                "This account has been disabled.\n\n   ap@kunde.example\n",
                .event(.bounced, .mailboxDisabled)),
            prose(
                "a transcript is no quotation",
                ">>> RCPT To:<ap@kunde.example>\n<<< 550 5.1.1 User unknown\n"
                    + "550 ap@kunde.example... User unknown",
                unknown),
        ]

    private static let delays =
        [
            "Your mail could not be delivered yet. The server will keep trying for 2 days.",
            "Meldingen kunne ikke leveres nå. Serveren fortsetter å prøve.",
            "451 4.7.1 Greylisted, please try again later",
            "Delivery to ap@kunde.example has been delayed. You do not need to resend it.",
            "452 4.2.2 The mailbox is full; delivery attempts will continue",
        ].map {
            prose(
                "a delay: \($0)", $0, subject: "Mail status", .event(.deferred, nil),
                recipient: $0.contains("ap@") ? "ap@kunde.example" : "")
        } + [
            prose(
                "given up after days",
                "ap@kunde.example: I have given up after 5 days; 452 4.2.2 Mailbox full",
                .event(.bounced, .mailboxFull))
        ]

    private static let robots = [
        prose(
            "an absence in an encoded subject", "Jeg er tilbake mandag.",
            subject: "=?iso-8859-1?Q?Automatisk_svar:_p=E5_ferie?=", from: "ap@kunde.example",
            .ignored("an auto-reply")),
        prose(
            "a robot called postmaster", "Takk, vi svarer snart.", subject: "Re: Faktura",
            from: "postmaster@kunde.example", head: "Auto-Submitted: auto-replied\n",
            .ignored("an auto-reply")),
        prose(
            "a bounce that calls itself a reply", "ap@kunde.example: User unknown",
            from: "ap@kunde.example", head: "Auto-Submitted: auto-replied\n", unknown),
        prose(
            "a challenge", "Please confirm that you are a person.", subject: "Re: Faktura",
            from: "ap@kunde.example", .ignored("a challenge")),
        prose(
            "a letter", "Takk for fakturaen!", subject: "Re: Faktura", from: "ap@kunde.example",
            .unread),
    ]

    private static func report(
        _ name: String, _ fields: String, type: String = "message/delivery-status",
        boundary: String = "; boundary=b", _ reading: Reading,
        recipient: String = "ap@kunde.example"
    ) -> MailKindSample {
        MailKindSample(
            testDescription: name,
            mail: """
                Return-Path: <>
                Delivered-To: \(marked)
                From: MAILER-DAEMON@mx.kunde.example
                Subject: Report
                Content-Type: multipart/report; report-type=delivery-status\(boundary)

                --b
                Content-Type: text/plain

                See below.
                --b
                Content-Type: \(type)

                \(fields)
                --b
                Content-Type: text/rfc822-headers

                X-Budstikke-Dispatch: \(mark)
                To: ap@kunde.example
                Status: RO
                Message-ID: \(messageID)
                --b--
                """,
            reading: reading, recipient: recipient)
    }

    private static let reports = [
        report(
            "an empty line within a group",
            "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ap@kunde.example\n\nAction: failed\n"
                + "Status: 5.1.1\n\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
            unknown),
        report(
            "a group without a head",
            "Action: failed\nFinal-Recipient: RFC822 ; Kari <ap@kunde.example>\nStatus: 5.1.1",
            unknown),
        report(
            "another type",
            "Final-Recipient: rfc822;ap@kunde.example\nStatus: 5.1.1 (no such user)",
            type: "application/octet-stream", unknown),
        report(
            "no boundary declared",
            "Final-Recipient: rfc822; ap@kunde.example\nAction: failed\nStatus: 5.1.1",
            boundary: "", unknown),
        report(
            "another boundary declared",
            "Final-Recipient: rfc822; ap@kunde.example\nAction: failed\nStatus: 5.1.1",
            boundary: "; boundary=other", unknown),
        report(
            "no recipient named", "Reporting-MTA: dns; x\nAction: failed\nStatus: 5.1.1", unknown),
        report(
            "no action, and it goes on",
            "Final-Recipient: rfc822; ap@kunde.example\nStatus: 4.4.1\n"
                + "Will-Retry-Until: Mon, 30 Nov 2026 10:00:00 +0000",
            .event(.deferred, nil)),
        report(
            "a code that passes, and no word of an end",
            "Final-Recipient: rfc822; ap@kunde.example\nStatus: 4.2.2", .event(.deferred, nil)),
        report(
            "expired", "Final-Recipient: rfc822; ap@kunde.example\nAction: expired\nStatus: 4.4.7",
            .event(.bounced, .expired)),
        report("nothing told", "Final-Recipient: rfc822; ap@kunde.example", .unread),
        report(
            "two in a row",
            "Final-Recipient: rfc822; ap@kunde.example\nAction: failed\nStatus: 5.1.1\n"
                + "Final-Recipient: rfc822; ap@kunde.example\nAction: failed\nStatus: 5.1.1",
            unknown),
    ]

    private static let tags = [
        "prvs=190694bd6d=\(marked)", "btv1==190694bd6d==\(marked)",
        "prvs=bounces+\(mark)/190694bd6d@fjord.example",
        "SRS0=aBcD=7J=fjord.example=bounces+\(mark)@forward.example",
        "SRS1=xy=one.example==aBcD=7J=fjord.example=bounces+\(mark)"
            + "@two.example",
    ].map { prose("a tag: \($0)", "ap@kunde.example: User unknown", to: $0, unknown) }
}
