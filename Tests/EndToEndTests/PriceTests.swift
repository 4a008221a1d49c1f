import Foundation
import Postgres
import TestSupport
import Testing

/// Nights of agreements whose price hangs on an index, a broken period or a foreign currency.
struct PriceTests {
    /// Four agreements from 1 January by the month: plain; by KPI with notice; begun on the 16th
    /// and charged by days; in euro.
    private static let agreements = """
        number,customer,created_by,send_plan,anchor_date,interval_unit,start_date,first_period,\
        last_period,end_date,currency
        A1,1,kari,epost,2026-01-01,month,,,,,
        A2,2,kari,epost,2026-01-01,month,,,,,
        A3,3,kari,epost,2026-01-01,month,2026-01-16,days,days,2026-02-10,
        A4,4,kari,epost,2026-01-01,month,,,,,EUR

        """

    /// A company of these, with KPI for all tenants and the notice of the raise not given.
    private static func company() throws -> TestInstallation {
        let installation = try TestInstallation(role: "budstikke_job")
        let recipients = (1...4).map { "ok-\($0)@kunde.test" }
        var files = Company.files(recipients: recipients)
        files["recurring_invoices.csv"] =
            "tenant_id," + agreements.split(separator: "\n").joined(separator: "\n1,") + "\n"
        files["price_index_values.csv"] = "tenant_id,index,month,value\n0,KPI,2024-10,139.05\n"
        files["price_index_clauses.csv"] =
            "tenant_id,recurring_invoice,index,base_month,base_value,adjust_month,notice_days\n"
            + "1,A2,KPI,2023-10,135,1,30\n"
        for (name, text) in files { _ = try installation.write(text, to: "company/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "company").path())
        guard run.exitCode == 0 else { throw TestInstallationError.notImported(run.errors) }
        return installation
    }

    private static func give(_ installation: TestInstallation, _ name: String, _ text: String)
        throws -> ProgramRun
    {
        try installation.run(
            "budstikke", "import", "--tenant", "1", try installation.write(text, to: "more/\(name)")
        )
    }

    private static func made(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', i.recurring_invoice_number, i.period_number, i.period_date,
                i.currency, i.tax_exclusive, i.content::jsonb -> 'taxCurrencyVATTotal') AS line
            FROM invoice AS i ORDER BY i.recurring_invoice_number, i.period_number
            """)
    }

    private static func faults(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT d.recurring_invoice_number || ' ' || f.code AS line
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            WHERE f.mended_at IS NULL ORDER BY 1
            """)
    }

    @Test func `what is missing stops its own agreement, is told, and goes when it is given`()
        throws
    {
        let installation = try Self.company()
        let preview = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "1")
        #expect(preview.exitCode == 0, "\(preview.output) \(preview.errors)")
        let first = try installation.run("generate-invoices", "--as-of", "2026-01-16")
        #expect(first.exitCode == 1, "\(first.errors)")
        // 2025-10 is not known: A2 waits. The euro has no rate: A4 waits. 103.50 × 16 / 31.
        #expect(
            try Self.made(installation) == [
                "A1 1 2026-01-01 NOK 101.50", "A3 1 2026-01-16 NOK 53.42",
            ])
        #expect(
            try Self.faults(installation) == ["A2 index_value_missing", "A4 exchange_rate_missing"])

        // A rate of its own goes before that of all, and one of nine days ago is none.
        let rates = """
            tenant_id,currency,date,rate,source
            0,EUR,2026-01-15,99,Norges Bank
            1,EUR,2026-01-15,11.7345,Norges Bank

            """
        let path = try installation.write(rates, to: "more/exchange_rates.csv")
        #expect(try installation.run("budstikke", "import", path).exitCode == 0)
        #expect(
            try Self.give(
                installation, "price_index_values.csv", "index,month,value\nKPI,2025-10,141.75\n"
            ).exitCode == 0)
        let second = try installation.run("generate-invoices", "--as-of", "2026-01-17")
        #expect(second.exitCode == 0, "\(second.errors) \(second.output)")
        // A2 at the old price, for nobody gave notice. VAT of A4: 104.50 × 25 % × 11.7345.
        #expect(
            try Self.made(installation) == [
                "A1 1 2026-01-01 NOK 101.50", "A2 1 2026-01-01 NOK 102.50",
                "A3 1 2026-01-16 NOK 53.42", "A4 1 2026-01-01 EUR 104.50 30662",
            ])
        #expect(try Self.faults(installation) == [])
        #expect(
            try installation.lines(
                """
                SELECT concat_ws(' ', r -> 'source', r -> 'date', r -> 'kroner') AS line
                FROM invoice CROSS JOIN LATERAL (
                    SELECT content::jsonb -> 'taxCurrencyRate' AS r) AS rate
                WHERE r IS NOT NULL
                """
            ) == [#""Norges Bank" "2026-01-15" 11734500"#])
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: 4) == [])
    }

    @Test
    func `a raise is asked for in time, holds once notice is given, and is a to-do until then`()
        throws
    {
        let installation = try Self.company()
        // Thirty days before the last day for a notice; the value is published later than that.
        _ = try installation.run("generate-invoices", "--as-of", "2025-11-03")
        #expect(try Self.awaited(installation) == [])
        _ = try Self.give(
            installation, "price_index_values.csv", "index,month,value\nKPI,2025-10,141.75\n")
        _ = try installation.run("generate-invoices", "--as-of", "2025-11-11", "--dry-run")
        #expect(try Self.awaited(installation) == [])
        for _ in 1...2 {
            let run = try installation.run("generate-invoices", "--as-of", "2025-11-11")
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(try Self.awaited(installation) == ["A2 2026-01-01 2025-12-02 1.000000 1.050000"])
        let todo = try installation.run("budstikke", "todo")
        #expect(todo.output.contains("A2") && todo.output.contains("01.01.2026"), "\(todo.output)")
        #expect(todo.output.contains("02.12.2025") && todo.output.contains("1,05"))
        let why = try installation.run("budstikke", "why", "A2")
        #expect(why.output.contains("02.12.2025"), "\(why.output)")
        #expect(
            try installation.run("budstikke", "notifications", "--read").output.contains("varsel"))
        #expect(try !installation.run("budstikke", "notifications").output.contains("varsel"))

        // Given five days late: January at the old price, February at the new one.
        let notice = "recurring_invoice,adjusts_on,sent_on\nA2,2026-01-01,2025-12-07\n"
        #expect(try Self.give(installation, "price_notices.csv", notice).exitCode == 0)
        #expect(try Self.awaited(installation) == [])
        _ = try installation.run("generate-invoices", "--as-of", "2026-02-01")
        // Of 102.50 and 1.05: 107.625. A3 ends on 10 February, and has ten of its 28 days left.
        #expect(
            try Self.made(installation).filter { !$0.hasPrefix("A1") && !$0.hasPrefix("A4") } == [
                "A2 1 2026-01-01 NOK 102.50", "A2 2 2026-02-01 NOK 107.63",
                "A3 1 2026-01-16 NOK 53.42", "A3 2 2026-02-01 NOK 36.96",
            ])
    }

    @Test func `a notice is recorded by hand, or dismissed with a reason, and audited`() throws {
        let installation = try Self.company()
        _ = try Self.give(
            installation, "price_index_values.csv", "index,month,value\nKPI,2025-10,141.75\n")
        _ = try installation.run("generate-invoices", "--as-of", "2025-11-11")
        func settle(_ arguments: String...) throws -> ProgramRun {
            try installation.run(
                "budstikke",
                ["todo", "--user", "kari", "--as-of", "2025-12-05"] + arguments)
        }
        #expect(try settle("--no-notice", "A2").exitCode == 64)
        #expect(try settle("--notice", "A1").exitCode == 65)
        #expect(try settle("--notice", "A2", "--sent-on", "2025-12-06").exitCode == 65)
        #expect(try settle("--notice", "A2", "--sent-on", "5.12.2025").exitCode == 64)
        #expect(try settle("--notice", "A2", "--dry-run").exitCode == 0)
        #expect(try Self.awaited(installation).count == 1)
        #expect(try Self.audits(installation) == [])

        let dismissed = try settle("--no-notice", "A2", "--reason", "ny avtale")
        #expect(dismissed.exitCode == 0, "\(dismissed.errors)")
        #expect(try Self.awaited(installation) == [])
        #expect(try settle("--notice", "A2").exitCode == 65)
        _ = try installation.run("generate-invoices", "--as-of", "2025-12-06")
        #expect(try Self.awaited(installation) == [], "it is not asked for again")
        #expect(
            try Self.audits(installation) == ["kari dismiss raise of A2 on 2026-01-01: ny avtale"])
    }

    @Test func `what was recorded as sent by hand raises the price`() throws {
        let installation = try Self.company()
        _ = try Self.give(
            installation, "price_index_values.csv", "index,month,value\nKPI,2025-10,141.75\n")
        _ = try installation.run("generate-invoices", "--as-of", "2025-11-11")
        let recorded = try installation.run(
            "budstikke", "todo", "--as-of", "2025-12-05", "--notice", "A2", "--sent-on",
            "2025-12-01", "--user", "kari", "--reason", "brev")
        #expect(recorded.output.contains("2026-01-01"), "\(recorded.output) \(recorded.errors)")
        #expect(try Self.awaited(installation) == [])
        #expect(
            try Self.audits(installation) == [
                "kari notice raise of A2 on 2026-01-01: sent on 2025-12-01: brev"
            ])
        _ = try installation.run("generate-invoices", "--as-of", "2026-01-17")
        #expect(try Self.made(installation).contains("A2 1 2026-01-01 NOK 107.63"))
    }

    private static func audits(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', actor, action, subject) || ': ' || reason AS line
            FROM audit ORDER BY at
            """)
    }

    private static func awaited(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', recurring_invoice_number, adjusts_on, send_by, old_factor,
                new_factor) AS line
            FROM awaited_price_notice ORDER BY 1
            """)
    }

    @Test(arguments: [
        ("price_notices.csv", "recurring_invoice,adjusts_on,sent_on\nA2,2026-02-01,2025-12-07\n"),
        ("price_notices.csv", "recurring_invoice,adjusts_on,sent_on\nA1,2026-01-01,2025-12-07\n"),
        (
            "price_index_clauses.csv",
            "recurring_invoice,index,base_month,base_value,adjust_month\nA1,KPI,2023-10,135,1\n"
                + "A9,KPI,2023-10,135,1\n"
        ),
        ("exchange_rates.csv", "currency,date,rate,source\nEUR,2026-01-15,11,NB\nEUR,x,11,NB\n"),
    ])
    func `a file with a fault is refused whole`(name: String, text: String) throws {
        let installation = try Self.company()
        let before = try installation.contents()
        let run = try Self.give(installation, name, text)
        #expect(run.exitCode == 65, "\(run.output)")
        #expect(run.errors.contains(name), "\(run.errors)")
        #expect(try installation.contents() == before)
    }
}
