import Foundation
import Postgres
import TestSupport
import Testing

/// When a delivery is invoiced, in advance or in arrears, and the VAT that it has by its own days.
struct DeliveryTests {
    /// Over a new year on which the rate goes from 25 to 23 percent.
    private static func company() throws -> TestInstallation {
        let installation = try StandingTests.company(
            "anchor_date,interval_unit,interval_count,billed,preparation_days,arrears_days",
            [
                "2027-01-01,month,1,advance,20,", "2026-12-01,month,1,arrears,,",
                "2026-12-16,month,1,arrears,,2", "2026-12-16,month,1,,,", "2026-12-01,year,2,,,",
            ])
        let rates = try installation.write(
            "tenant_id,code,valid_from,category,rate\n1,3,2027-01-01,S,23\n",
            to: "more/vat_rates.csv")
        #expect(try installation.run("budstikke", "import", rates).exitCode == 0)
        return installation
    }

    private static func vat(_ installation: TestInstallation, _ number: String) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', v.rate::int, v.taxable_amount, v.tax_amount) AS line
            FROM invoice AS i
            JOIN invoice_vat AS v ON v.tenant_id = i.tenant_id AND v.invoice_id = i.invoice_id
            WHERE i.recurring_invoice_number = \(number) ORDER BY i.period_number, v.rate DESC
            """)
    }

    @Test func `the rate is that of the days of the delivery, in advance and in arrears`() throws {
        let installation = try Self.company()
        _ = try installation.run("generate-invoices", "--as-of", "2026-12-20")
        #expect(
            try Self.vat(installation, "A1") == ["23 101.50 23.35"], "January, made in December")
        #expect(try Self.vat(installation, "A2") == [])
        // 16 days of 31 at 25 %, 15 at 23 %: 104.50 in all.
        #expect(try Self.vat(installation, "A4") == ["25 53.94 13.49", "23 50.56 11.63"])
        let why = try installation.run("budstikke", "why", "A2", "--as-of", "2026-12-20").output
        #expect(why.contains("billed in arrears, is not due until 2027-01-01"), "\(why)")
        _ = try installation.run("generate-invoices", "--as-of", "2027-01-01")
        #expect(
            try Self.vat(installation, "A2") == ["25 102.50 25.63"], "December, made in January")
        #expect(try Self.vat(installation, "A3") == [])
        let lines = try installation.lines(
            """
            SELECT concat_ws(' ', l.line_number, l.vat_rate::int, l.net_amount,
                l.content::jsonb #>> '{period,start}', l.content::jsonb #>> '{period,end}') AS line
            FROM invoice AS i
            JOIN invoice_line AS l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id
            WHERE i.recurring_invoice_number = 'A4' ORDER BY l.line_number
            """)
        #expect(
            lines == ["1 25 53.94 2026-12-16 2026-12-31", "2 23 50.56 2027-01-01 2027-01-15"])
        _ = try installation.run("generate-invoices", "--as-of", "2027-01-17")
        #expect(try Self.vat(installation, "A3") == [])
        _ = try installation.run("generate-invoices", "--as-of", "2027-01-18")
        #expect(try Self.vat(installation, "A3") == ["25 53.42 13.36", "23 50.08 11.52"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `what is invoiced more than a year ahead is warned of`() throws {
        let installation = try Self.company()
        let run = try installation.run(
            "generate-invoices", "--as-of", "2026-12-02", "--log-level", "warning")
        #expect(run.output.contains("\"year_ahead_by_law\":1"), "\(run.output)")
        #expect(run.errors.contains("§ 5-2-7"), "\(run.errors)")
        #expect(run.errors.contains("A5"), "\(run.errors)")
    }

    @Test func `a forecast knows when what is in arrears is due`() throws {
        let installation = try Self.company()
        try installation.database.connect().run(
            script: """
                UPDATE recurring_invoice_line SET vat_code = '99'
                WHERE recurring_invoice_number = 'A2'
                """)
        for (days, count) in [("11", 0), ("12", 1)] {
            let run = try installation.run(
                "generate-invoices", "--as-of", "2026-12-20", "--forecast", days)
            #expect(run.output.contains("\"will_fail\":\(count)"), "\(run.output)")
        }
    }

    @Test(arguments: [
        ("billed,arrears_days", "advance,3", "arrears_days"),
        ("billed,arrears_days", ",3", "arrears_days"),
        ("billed,preparation_days", "arrears,3", "preparation_days"),
        ("billed", "later", "billed"),
    ])
    func `days of the other way of billing are refused`(
        header: String, values: String, column: String
    ) throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let path = try installation.write(
            StandingTests.agreements(
                "anchor_date,interval_unit,\(header)", ["2026-01-01,month,\(values)"]),
            to: "more/recurring_invoices.csv")
        let run = try installation.run("budstikke", "import", path)
        #expect(run.exitCode == 65)
        #expect(run.errors.contains(column), "\(run.errors)")
    }
}
