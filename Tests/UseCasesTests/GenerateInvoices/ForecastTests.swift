import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// What people are told of faults: ahead, when they appear, and when they are mended; each once.
struct ForecastTests {
    @Test func `a forecast mails what will fail, and changes nothing else`() throws {
        let company = try Self.broken()
        let kept = [
            "dispatch", "dispatch_message", "dispatch_queue", "sender_mark", "database_identity",
        ]
        let before = try company.contents(except: kept)
        let run = company.forecast(days: 14, on: "2026-10-25")
        #expect(run.isDone, "\(run)")
        #expect(run.counts["will_fail"] == 2, "\(run)")
        #expect(try Self.mailed(company, "forecast") == 1)
        #expect(try company.contents(except: kept) == before)
        let others = try company.count(
            "SELECT count(*) AS count FROM dispatch WHERE purpose <> 'forecast'")
        #expect(others == 0)
        let mail = try company.lines("SELECT body_text AS line FROM dispatch_message").joined()
        #expect(mail.contains("A1"), "named by agreement: no number is given yet")
        company.send()
        #expect(company.provider.taken.count == 1)
    }

    @Test func `a forecast says the same only once`() throws {
        let company = try Self.broken()
        for day in ["2026-10-25", "2026-10-26", "2026-10-27"] {
            #expect(company.forecast(days: 14, on: day).isDone)
        }
        #expect(try Self.mailed(company, "forecast") == 1)
    }

    @Test func `a forecast of sound agreements and a dry run mail nothing`() throws {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        let before = try company.contents()
        for isDryRun in [false, true] {
            let run = company.forecast(days: 14, on: "2026-10-25", isDryRun: isDryRun)
            #expect(run.isDone && run.counts["forecasts"] == 0, "\(run)")
        }
        #expect(try company.contents() == before)
    }

    @Test func `a fault is mailed once when it appears and once when it is mended`() throws {
        let company = try Self.broken()
        for day in ["02", "03", "04"] { company.generate(on: "2026-11-\(day)") }
        #expect(try Self.mailed(company, "fault_report") == 1)
        #expect(try company.openTodos() == 2)

        try company.connection.insert(.formSetup)
        for day in ["05", "06"] { company.generate(on: "2026-11-\(day)") }
        #expect(try Self.mailed(company, "fault_report") == 2)
        let invoices: Query =
            "SELECT count(*) AS count FROM dispatch WHERE purpose = 'invoice' AND state = 'queued'"
        #expect(try company.count(invoices) == 0, "the user creates the dispatch anew")
        #expect(company.resend(.allResolved).isDone)
        #expect(try company.count(invoices) == 2)
        company.send()
        company.reconcile()
        #expect(try company.openTodos() == 0)
        #expect(company.provider.doubled == [])
        #expect(try company.broken() == [])
    }

    /// A company whose form template is missing in the form setup.
    private static func broken() throws -> TestCompany {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        try company.connection.run(script: "DELETE FROM form_setup")
        return company
    }

    private static func mailed(_ company: TestCompany, _ purpose: String) throws -> Int {
        try company.count("SELECT count(*) AS count FROM dispatch WHERE purpose = \(purpose)")
    }
}

/// What the e-mail says of what no longer fails: each by what became of it, and only once all of it
/// is mended.
struct MendedReportTests {
    /// A1 has a VAT code without a rate, A2 missed periods to decide about, A3 no address and a bad
    /// attachment, A4 no address.
    private static func broken() throws -> TestCompany {
        let company = try TestCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET anchor_date = '2026-09-01', catch_up_policy = 'ask'
                WHERE recurring_invoice_number = 'A2';
                UPDATE recurring_invoice_line SET vat_code = '9'
                WHERE recurring_invoice_number = 'A1';
                UPDATE customer SET email = NULL WHERE customer_number IN ('3', '4')
                """)
        let attached = try company.take(
            [
                "attachments.csv":
                    "tenant_id,recurring_invoice,position,file,content_type\n"
                    + "1,A3,1,avtale.pdf,application/pdf\n"
            ], beside: ["avtale.pdf": Data("ingen PDF".utf8)])
        #expect(attached.isDone, "\(attached)")
        return company
    }

    private static func mend(_ company: TestCompany) throws {
        try company.connection.insert(.vatRate, ["vat_code": "9"])
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET skip_before = '2026-12-01'
                WHERE recurring_invoice_number = 'A2';
                UPDATE customer SET email = 'ok-' || customer_number || '@kunde.test'
                """)
    }

    @Test func `what is mended is on its way, to be sent, or never invoiced`() throws {
        let company = try Self.broken()
        company.generate(on: Company.smallAsOf)
        try Self.mend(company)
        company.generate(on: "2026-11-25")

        let reports = try company.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY d.created_at
            """)
        try #require(reports.count == 2, "\(reports)")
        let sections = reports[1].components(separatedBy: "\n\n")
        func section(_ heading: String) -> String {
            sections.first { $0.hasPrefix(heading) } ?? "no section \(heading)"
        }
        let toSend = section("Rettet siden sist, og klart til å sendes")
        #expect(toSend.contains("Kunde 4 AS") && toSend.contains("«Send på nytt»"), "\(reports)")
        let made = section("Rettet siden sist, og på vei")
        #expect(made.contains("Faktura") && made.contains("Kunde 1 AS"), "\(reports)")
        let passedOver = section("Blir ikke fakturert")
        #expect(passedOver.contains("Avtale A2"), "\(reports)")
        #expect(!reports[1].contains("Kunde 3 AS"), "one of its faults is left: \(reports)")
        #expect(!passedOver.contains("sendt") && !made.contains("ikke sendt"))
    }
}
