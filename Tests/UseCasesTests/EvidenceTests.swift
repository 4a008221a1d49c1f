import Wire
import Bounces
import Dispatching
import Documents
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases
@testable import Providers

/// What comes back to a bounce mailbox counts as far as it is about what we sent.
struct EvidenceTests {
    private static let address = "bounces@eksempel.no"

    /// The invoices of a company that sends by a relay, and the mailbox that their reports come to.
    private struct World {
        let invoices = Result { try SentInvoices(provider: "smtp") }
        let key: MarkKey
        let path: ReturnPath
        /// When every mail came: a mailbox keeps that, however often it is read.
        let came = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 - 60).rounded(.down))

        init() throws {
            // Marks have been signed since long before anything was sent.
            _ = try invoices.get().connection.execute(
                "UPDATE mark_key SET made_at = made_at - interval '1 year'")
            key = MarkKey(try MarkKeys(invoices.get().connection).key())
            path = try ReturnPath(try #require(EmailAddress(EvidenceTests.address)), key: key)
        }

        func send(to recipient: String, attempts: Int = 1) throws -> SentInvoices.Sent {
            try invoices.get().send(to: recipient, attempts: attempts)
        }

        func mark(_ sent: SentInvoices.Sent, attempt: Int = 1) -> String {
            key.text(VERPToken(tenantID: 1, dispatchID: sent.id, attempt: attempt))
        }

        func returnPath(_ sent: SentInvoices.Sent, attempt: Int = 1) -> String {
            path.address(mark(sent, attempt: attempt))
        }

        /// Reads a mailbox with these mails in it, in the order that they came.
        @discardableResult
        func reconcile(_ mails: [String], tenantID: Int64? = nil) throws -> RunSummary {
            let connection = try invoices.get().connection
            let date = Self.internalDate(came)
            let box = StubMailbox {
                mails.enumerated().map { index, text in
                    StubMailbox.Mail(
                        uid: index + 1, date: date,
                        text: text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n"))
                }
            }
            let (url, marks) = (box.url, try MailAccount.Marks(connection))
            var settings = Settings()
            settings.provider.vendor = .success(.test(.smtp))
            return try ReconcileBounces(
                connection: connection,
                context: RunContext(
                    settings: settings, log: Logger(label: "test"), tenantID: tenantID)
            ) { try Self.provider(mailbox: url, marks) }.run()
        }

        static func provider(
            mailbox: String, _ marks: MailAccount.Marks
        ) throws -> SMTPRelayProvider {
            try SMTPRelayProvider(
                .test(mailboxURL: mailbox, returnPath: EvidenceTests.address),
                messageBytesMax: 10_240_000, .test(markKey: marks.key),
                .test(now: { Date.now + 2 }))
        }

        private static func internalDate(_ date: Date) -> String {
            let parts = date.ISO8601Format().split { "-T:Z".contains($0) }.map(String.init)
            let months = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ]
            let month = months[(Int(parts[1]) ?? 1) - 1]
            return "\(parts[2])-\(month)-\(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
        }
    }

    private static func report(
        to path: String, about recipient: String, _ action: String, _ status: String,
        _ words: String, header: String = ""
    ) -> String {
        """
        Return-Path: <>
        Delivered-To: \(path)
        From: MAILER-DAEMON@mx.kunde.test (Mail Delivery System)
        Subject: Delivery report
        Message-ID: <\(UUID())@mx.kunde.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        What became of your message is said below.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.kunde.test

        Final-Recipient: rfc822; \(recipient)
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: smtp; \(words)

        --b
        Content-Type: text/rfc822-headers

        Subject: Faktura
        \(header)
        --b--

        """
    }

    private static func complaint(of recipient: String, header: String) -> String {
        """
        From: fbl@post.example
        To: \(address)
        Subject: complaint about message
        Message-ID: <\(UUID())@post.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        Version: 1
        Original-Rcpt-To: \(recipient)

        --b
        Content-Type: message/rfc822

        Subject: Tilbud
        \(header)

        Hei
        --b--

        """
    }

    private static func delivered(_ sent: SentInvoices.Sent, to path: String) -> String {
        report(to: path, about: sent.recipient, "delivered", "2.0.0", "250 2.0.0 OK")
    }

    @Test func `a forward that fails leaves the invoice delivered, and is told in the message`()
        throws
    {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let path = world.returnPath(sent)
        let mails = [
            Self.delivered(sent, to: path),
            Self.report(
                to: path, about: "privat@annet.test", "failed", "5.1.1", "550 5.1.1 User unknown"),
        ]
        for order in [mails, mails.reversed(), mails] {
            try world.reconcile(order)
            #expect(
                try world.invoices.get().outcome(sent)
                    == "delivered Delivered; a forward to another address failed")
        }
        #expect(
            try world.invoices.get().lines(
                """
                SELECT concat_ws(' ', subject, attempt_number) AS line FROM delivery_event
                ORDER BY 1
                """
            ) == ["attempt 1", "other_recipient 1"])
        #expect(try world.invoices.get().lines("SELECT kind AS line FROM notification") == [])
        let why = try #require(
            OutcomeExplanation.of(
                state: .sent, delivery: .delivered,
                reason: world.invoices.get().lines("SELECT reason AS line FROM dispatch").first,
                message: "", language: .nb))
        #expect(why.summary.contains("videresendingen"))
    }

    @Test func `a member of an alias that is dead is no bounce of the alias`() throws {
        let world = try World()
        let sent = try world.send(to: "alle@kunde.test")
        try world.reconcile([
            Self.report(
                to: world.returnPath(sent), about: "ola@kunde.test", "failed", "5.2.2",
                "552 5.2.2 Mailbox full")
        ])
        #expect(
            try world.invoices.get().outcome(sent) == "unknown A forward to another address failed")
        #expect(try world.invoices.get().lines("SELECT state AS line FROM dispatch") == ["sent"])
    }

    @Test func `a bounce behind a delivery is told as what it is`() throws {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let path = world.returnPath(sent)
        try world.reconcile([
            Self.delivered(sent, to: path),
            Self.report(to: path, about: sent.recipient, "failed", "5.1.1", "550 User unknown"),
        ])
        #expect(
            try world.invoices.get().outcome(sent)
                == "hard_bounced Hard-bounce: User unknown (after it was delivered)")
        let why = try #require(
            OutcomeExplanation.of(
                state: .sent, delivery: .hardBounced, reason: "user_unknown",
                message: "Hard-bounce: User unknown (after it was delivered)", language: .en))
        #expect(why.summary.contains("took the e-mail first"))
    }

    @Test func `what names only an address is listed, and neither suppresses nor changes anything`()
        throws
    {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        try world.reconcile([Self.delivered(sent, to: world.returnPath(sent))])
        let forged = world.path.address(
            MarkKey(Array(repeating: 1, count: 32)).text(
                VERPToken(tenantID: 1, dispatchID: sent.id, attempt: 1)))
        let unsigned = "1-\(sent.id.uuidString.lowercased().filter { $0 != "-" })"
        let strangers = [
            Self.complaint(of: sent.recipient, header: "Message-ID: <newsletter-1@eksempel.no>"),
            Self.complaint(of: sent.recipient, header: "X: y"),
            Self.complaint(of: sent.recipient, header: "X-Budstikke-Dispatch: \(unsigned)"),
            Self.report(
                to: Self.address, about: sent.recipient, "failed", "5.1.1", "550 User unknown"),
            Self.report(to: forged, about: sent.recipient, "failed", "5.1.1", "550 User unknown"),
            Self.report(
                to: "bounces+\(unsigned)@eksempel.no", about: sent.recipient, "failed", "5.1.1",
                "550 User unknown"),
        ]
        try world.reconcile(strangers)
        try world.reconcile(strangers.reversed())
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "delivered Delivered")
        #expect(try invoices.lines("SELECT address AS line FROM suppression") == [])
        #expect(
            try invoices.lines(
                """
                SELECT format('%s %s %s', subject, attribution, count(*)) AS line
                FROM delivery_event WHERE tenant_id = 0 GROUP BY subject, attribution
                """) == ["address none 6"])
        var settings = Settings()
        settings.provider.vendor = .success(.test(.smtp))
        let listing = try DispatchLists(
            connection: invoices.connection,
            context: RunContext(settings: settings, log: Logger(label: "test"))
        ).tab(.orphans, userKey: nil, invoiceNumber: nil, withReports: false)
        #expect(listing.rows.count == 6)
        #expect(listing.rows.contains { $0.contains("only an address") })
    }

    @Test(arguments: ["mark", "message", "path"])
    func `a complaint that holds something of ours blocks and suppresses`(_ what: String) throws {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let header =
            switch what {
            case "mark": "X-Budstikke-Dispatch: \(world.mark(sent))"
            case "message": "Message-ID: \(sent.messageID)"
            default: "Return-Path: <\(world.returnPath(sent))>"
            }
        try world.reconcile([Self.complaint(of: "9f86d0@kunde.test", header: header)])
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "blocked Email was blocked")
        #expect(
            try invoices.lines("SELECT concat_ws(' ', list, address) AS line FROM suppression")
                == ["complaints faktura@kunde.test"])
    }

    @Test func `a late soft bounce of the first attempt does not beat the second's delivery`()
        throws
    {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test", attempts: 2)
        let copy = "Message-ID: \(sent.messageID)"
        try world.reconcile([
            Self.delivered(sent, to: world.returnPath(sent, attempt: 2)),
            Self.report(
                to: world.returnPath(sent, attempt: 1), about: sent.recipient, "failed", "4.2.2",
                "452 4.2.2 Mailbox full", header: copy),
            // Nothing but the Message-ID, which both attempts share.
            Self.report(
                to: Self.address, about: sent.recipient, "failed", "4.2.2",
                "452 4.2.2 Mailbox full", header: copy),
        ])
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "delivered Delivered")
        #expect(
            try invoices.lines(
                """
                SELECT concat_ws(' ', subject, attempt_number) AS line FROM delivery_event
                ORDER BY 1
                """
            ) == ["attempt 1", "attempt 2", "message 2"])
    }

    @Test func `an unsigned mark is believed of what was sent before, and for ninety days`() throws
    {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let old = "bounces+1-\(sent.id.uuidString.lowercased().filter { $0 != "-" })@eksempel.no"
        let mail = Self.report(
            to: old, about: sent.recipient, "failed", "5.1.1", "550 User unknown")
        let invoices = try world.invoices.get()
        // The invoice was sent an hour ago: marks have been signed for half an hour, or so long
        // that complaints no longer come.
        for (madeAt, outcome) in [
            (Date.now - 100 * 86_400, "unknown"),
            (Date.now - 1_800, "hard_bounced Hard-bounce: User unknown"),
        ] {
            _ = try invoices.connection.execute("UPDATE mark_key SET made_at = \(madeAt)")
            if madeAt < .now - 86_400 {
                _ = try invoices.connection.execute(
                    "UPDATE dispatch SET created_at = \(madeAt - 60)")
            }
            try world.reconcile([mail])
            #expect(try invoices.outcome(sent) == outcome)
            _ = try invoices.connection.execute("DELETE FROM delivery_event")
        }
    }

    @Test func `what can't be read is kept once, listed, shown, counted, and read again`() throws {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let path = world.returnPath(sent)
        let odd = "Delivered-To: \(path)\nFrom: a@kunde.test\nSubject: Hva\n\nEn melding uten form."
        let strange = "From: MAILER-DAEMON@kunde.test\nSubject: Noe\n\nIngenting av vårt."
        let long = strange + String(repeating: "\nlinje", count: 20_000)
        let away =
            "Auto-Submitted: auto-replied\nFrom: c@kunde.test\nTo: \(path)\nSubject: Ferie\n\nBorte."
        let first = try world.reconcile([odd, strange, long, away])
        #expect(first.counts.first { $0.0 == "unread_new" }?.1 == 3)
        #expect(first.counts.first { $0.0 == "ignored" }?.1 == 1)
        let again = try world.reconcile([odd, strange, long, away])
        #expect(again.counts.first { $0.0 == "unread_new" }?.1 == 0)
        #expect(again.counts.first { $0.0 == "rows_unreadable" }?.1 == 3)
        let invoices = try world.invoices.get()
        #expect(
            try invoices.lines(
                """
                SELECT format('%s %s %s', tenant_id, is_cut, octet_length(raw) = 65536) AS line
                FROM unread_report ORDER BY tenant_id DESC, is_cut
                """) == ["1 f f", "0 f f", "0 t t"])
        var settings = Settings()
        settings.provider.vendor = .success(.test(.smtp))
        let context = RunContext(settings: settings, log: Logger(label: "test"))
        let lists = DispatchLists(connection: invoices.connection, context: context)
        let rows = try lists.tab(
            .unread, userKey: nil, invoiceNumber: nil, withReports: false
        ).rows
        #expect(rows.count == 3)
        #expect(rows.contains { $0.contains(sent.id.uuidString.lowercased()) })
        #expect(rows.allSatisfy { $0[3].hasPrefix("uid ") })
        let shown = try lists.history(of: sent.id.uuidString, withRaw: true)[0].rows
        #expect(shown.contains { $0[1] == "unread report" && $0[3].contains("uten form") })
        let doctor = try CheckHealth(connection: invoices.connection, context: context).run()
        let check = try #require(doctor.first { $0.name == "unread" })
        #expect(check.isSound)
        #expect(check.note.hasPrefix("3 unread, 1 of them"))
    }

    @Test func `what the reader has learned to read becomes an event, once`() throws {
        let world = try World()
        let sent = try world.send(to: "faktura@kunde.test")
        let invoices = try world.invoices.get()
        let mail = Self.report(
            to: world.returnPath(sent), about: sent.recipient, "failed", "5.1.1",
            "550 5.1.1 User unknown"
        ).replacing("\n", with: "\r\n")
        let away = "From: c@kunde.test\nSubject: Automatic reply: Ferie\n\nBorte."
        let strange = "From: MAILER-DAEMON@kunde.test\nSubject: Noe\n\nIngenting av vårt."
        // As an older reader would have left them.
        _ = try UnreadReports(invoices.connection).store(
            [mail, away, strange].map { text in
                UnreadReport(
                    source: "mailbox", place: "uid 1", cameAt: world.came, reason: "unknown form",
                    origin: .mail, bytes: Array(text.utf8))
            }, provider: "smtp", now: .now)
        let marks = try MailAccount.Marks(invoices.connection)
        func reclassify(isDryRun: Bool = false) throws -> RunSummary {
            try ReclassifyEvents(
                connection: invoices.connection,
                reader: World.provider(mailbox: "imap://127.0.0.1:1", marks),
                context: RunContext(
                    settings: Settings(), log: Logger(label: "test"), isDryRun: isDryRun),
                window: ReconcileBounces.Window()
            ).run()
        }
        #expect(try reclassify(isDryRun: true).counts.first { $0.0 == "reports_read" }?.1 == 2)
        #expect(try invoices.outcome(sent) == "unknown")
        #expect(try reclassify().counts.first { $0.0 == "reports_read" }?.1 == 2)
        #expect(try invoices.outcome(sent) == "hard_bounced Hard-bounce: User unknown")
        #expect(try reclassify().counts.first { $0.0 == "reports_read" }?.1 == 0)
        // In the mailbox it has the same key: nothing comes of it twice.
        try world.reconcile([mail])
        #expect(
            try invoices.lines("SELECT count(*)::text AS line FROM delivery_event") == ["1"])
        #expect(
            try invoices.lines(
                "SELECT count(*)::text AS line FROM unread_report WHERE read_at IS NULL") == ["1"])
    }

    @Test(
        .enabled(
            if: ReferenceData.has("cases/mail"), "BUDSTIKKE_REFERENCE_DATA has no cases/mail"))
    func `the mails that others sent in come to what they must`() throws {
        let world = try World()
        let invoices = try world.invoices.get()
        func become(_ files: [String]) throws -> String {
            let sent = try world.send(to: "\(files[0].prefix(3))@kunde.test")
            let mails = try files.map { file in
                let url = try #require(ReferenceData.url("cases/mail/\(file).eml"))
                return try String(contentsOf: url, encoding: .utf8)
                    .replacing("@RCPT@", with: sent.recipient)
                    .replacing("@MID@", with: sent.messageID)
                    .replacing("@VERP@", with: world.returnPath(sent))
                    .replacing("@MARK@", with: world.mark(sent))
                    .replacing("@N@", with: "\(sent.id)")
            }
            try world.reconcile(mails)
            return try invoices.outcome(sent)
        }
        #expect(
            try become(["12a-forward-delivered", "12b-forward-fails"])
                == "delivered Delivered; a forward to another address failed")
        #expect(try become(["14-complaint-of-a-newsletter"]) == "unknown")
        #expect(try become(["15-complaint-forged"]) == "unknown")
        #expect(
            try become(["20a-delivered", "20b-stray-report-with-nothing-of-ours"])
                == "delivered Delivered")
        #expect(try invoices.lines("SELECT address AS line FROM suppression") == [])
        #expect(
            try become(["21-prvs-tag-no-copy"]) == "unknown A forward to another address failed")
        #expect(
            try invoices.lines(
                """
                SELECT count(*)::text AS line FROM delivery_event
                WHERE tenant_id = 0 AND subject = 'address'
                """) == ["3"])
    }
}
