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

/// What comes back and nobody can read: kept, told of, and read when the reader has learned.
struct UnreadReportTests {
    @Test func `what can't be read is kept once, listed, shown, counted, and read again`() throws {
        let world = try BounceWorld()
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
        ).rows.map { $0.map { $0.words() } }
        #expect(rows.count == 3)
        #expect(rows.contains { $0.contains(sent.id.uuidString.lowercased()) })
        #expect(rows.allSatisfy { $0[3].hasPrefix("uid ") })
        let shown = try lists.history(of: sent.id.uuidString, withRaw: true)[0].rows
            .map { $0.map { $0.words() } }
        #expect(shown.contains { $0[1] == "unread report" && $0[3].contains("uten form") })
        let doctor = CheckHealth(connection: invoices.connection, context: context).run()
        let check = try #require(doctor.first { $0.name == "unread" })
        #expect(check.isSound)
        #expect(check.note.hasPrefix("3 unread, 1 of them"))
    }

    @Test func `what the reader has learned to read becomes an event, once`() throws {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        let invoices = try world.invoices.get()
        let mail = BounceWorld.report(
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
                reader: BounceWorld.provider(mailbox: "imap://127.0.0.1:1", marks),
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
}
