import Bounces
import Foundation
import Postgres
import TestSupport
import Testing

/// Every mail that was misread once, through a real Postfix into a real Dovecot, and read by the
/// programs: each comes back of a dispatch of its own.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
struct BounceMailboxTests {
    private static let mailbox = "bounces@avsender.example"

    /// What comes back of a dispatch, and what it must become: what was done with it, what is known
    /// of it, why, and how many of the mails nobody could read.
    private struct Story {
        var recipient: String
        var became: String
        /// The envelope's recipients and the mails.
        var mails: (MailCase.Sent) throws -> [(to: String, text: String)]
    }

    @Test(.enabled(if: MailCase.isThere, Comment(rawValue: MailCase.absence)))
    func `each case becomes what it is`() throws {
        try Self.tell(
            tenant: 7_001,
            Self.caseOutcomes.map { names, became in
                Story(
                    recipient: "case\(names[0].prefix { $0 != "-" })@kunde.example", became: became
                ) { sent in
                    try names.map { name in
                        let text = try MailCase.text(name, of: sent)
                        // Some came to the mailbox itself, and name nothing of ours in the envelope.
                        let isMarked = text.contains("Delivered-To: \(sent.returnPath)")
                        return (isMarked ? sent.returnPath : Self.mailbox, text)
                    }
                }
            })
    }

    @Test func `each kind becomes what it is`() throws {
        try Self.tell(
            tenant: 7_002,
            MailKindSample.all.enumerated().map { index, sample in
                Story(recipient: "kind\(index)@kunde.example", became: Self.outcome(of: sample)) {
                    sent in
                    let isTagged = !sample.mail.contains("Delivered-To: \(MailKindSample.marked)")
                    return [
                        (isTagged ? Self.mailbox : sent.returnPath, Self.text(sample, of: sent))
                    ]
                }
            })
    }

    private static let caseOutcomes: KeyValuePairs<[String], String> = [
        ["01-action-error"]: "sent hard_bounced domain_unknown 0",
        ["02-action-failure"]: "queued soft_bounced message_too_big 0",
        ["04-jmrp-classic"]: "sent blocked complaint 0",
        ["05-own-copy-dma"]: "sent hard_bounced user_unknown 0",
        ["07-own-copy-authentication-results"]: "sent hard_bounced user_unknown 0",
        ["09-reason-before-address"]: "sent hard_bounced mailbox_disabled 0",
        ["11-delay-taken-for-bounce"]: "sent deferred - 0",
        ["12a-forward-delivered", "12b-forward-fails"]: "sent delivered forward_failed 0",
        ["14-complaint-of-a-newsletter"]: "sent unknown - 0",
        ["15-complaint-forged"]: "sent unknown - 0",
        ["17a-no-action-field"]: "sent hard_bounced user_unknown 0",
        ["17c-report-as-text-plain"]: "sent hard_bounced user_unknown 0",
        ["19-report-wrapped-by-a-gateway"]: "sent hard_bounced user_unknown 0",
        ["20a-delivered", "20b-stray-report-with-nothing-of-ours"]: "sent delivered - 0",
        ["21-prvs-tag-no-copy"]: "sent unknown forward_failed 0",
        ["22-absence-encoded-subject"]: "sent unknown - 0",
        ["23-auto-reply-from-postmaster"]: "sent unknown - 0",
    ]

    private static func outcome(of sample: MailKindSample) -> String {
        switch sample.reading {
        case .event(.deferred, _): "sent deferred - 0"
        // What passes is tried again.
        case .event(_, let reason?) where [.mailboxFull, .expired].contains(reason):
            "queued soft_bounced \(reason.rawValue) 0"
        case .event(_, let reason): "sent hard_bounced \(reason?.rawValue ?? "-") 0"
        case .ignored: "sent unknown - 0"
        case .unread: "sent unknown - 1"
        }
    }

    private static func text(_ sample: MailKindSample, of sent: MailCase.Sent) -> String {
        sample.mail.replacing(
            sample.recipient.isEmpty ? "\0" : sample.recipient, with: sent.recipient
        )
        .replacing(MailKindSample.messageID, with: sent.messageID)
        .replacing(MailKindSample.mark, with: sent.mark)
        .replacing("fjord.example", with: "avsender.example")
    }

    /// Sends what the stories are about, lets their mails come back, and reads the mailbox.
    ///
    /// The mailbox is that of other tests too, whose dispatches have the ids of other tenants.
    private static func tell(tenant: Int, _ stories: [Story]) throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: stories.map(\.recipient), tenants: [tenant])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let relay = StubRelay()
        try #require(try run(installation, "send-dispatches", relay).exitCode == 0)
        let sent = try Dictionary(
            relay.taken.map { ($0.recipient, try Self.sent($0)) }, uniquingKeysWith: { $1 })
        for story in stories {
            let mails = try story.mails(
                #require(sent[story.recipient], "\(story.recipient) is not among \(sent.keys)"))
            for (index, mail) in mails.enumerated() {
                let file = try installation.write(mail.text, to: "\(story.recipient).\(index)")
                try deliver(file, to: mail.to)
            }
        }
        let expected = stories.map { "\($0.recipient) \($0.became)" }.sorted()
        var became: [String] = []
        _ = try installation.wait {
            #expect(try run(installation, "reconcile-bounces", relay).exitCode == 0)
            became = try outcomes(installation)
            return became == expected
        }
        for (became, expected) in zip(became, expected) { #expect(became == expected) }
        #expect(became.count == expected.count)
    }

    private static func outcomes(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', d.recipient, d.state, d.delivery, coalesce(d.reason, '-'), (
                SELECT count(*) FROM unread_report AS u
                WHERE u.tenant_id = d.tenant_id AND u.dispatch_id = d.dispatch_id)) AS line
            FROM dispatch AS d WHERE d.purpose = 'invoice' ORDER BY d.recipient COLLATE "C"
            """)
    }

    private static func sent(_ taken: StubRelay.Taken) throws -> MailCase.Sent {
        let head = String(decoding: taken.message, as: UTF8.self).split(separator: "\r\n\r\n")[0]
            .replacing("\r\n ", with: " ").split(separator: "\r\n")
        func field(_ name: String) throws -> String {
            let line = try #require(head.first { $0.hasPrefix("\(name): ") })
            return line.dropFirst(name.count + 2).trimmingCharacters(in: .whitespaces)
        }
        return try MailCase.Sent(
            recipient: taken.recipient, messageID: field("Message-ID"),
            mark: field("X-Budstikke-Dispatch"), returnPath: taken.sender)
    }

    private static func deliver(_ file: String, to recipient: String) throws {
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments = [
            "-sS", "--crlf", TestMail.relayURL, "--mail-from", "<>", "--mail-rcpt", recipient,
            "--upload-file", file,
        ]
        try curl.run()
        curl.waitUntilExit()
        try #require(curl.terminationStatus == 0, "\(file) to \(recipient)")
    }

    private static func run(_ installation: TestInstallation, _ program: String, _ relay: StubRelay)
        throws
        -> ProgramRun
    {
        let password = try installation.write(TestMail.password, to: "mailbox-password")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        return try installation.run(
            program, program == "send-dispatches" ? ["--now"] : [],
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "smtp",
                "BUDSTIKKE_PROVIDER_RELAY_URL": relay.url,
                "BUDSTIKKE_PROVIDER_RETURN_PATH": mailbox,
                "BUDSTIKKE_PROVIDER_MAILBOX_URL": TestMail.mailboxURL,
                "BUDSTIKKE_PROVIDER_MAILBOX_USER": TestMail.user,
                "BUDSTIKKE_PROVIDER_RECONCILE_KEY_FILE": password,
                "BUDSTIKKE_SEND_LEASE_SECONDS": "60",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "61",
            ])
    }
}
