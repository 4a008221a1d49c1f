import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// When a delivery is invoiced, in advance or in arrears, and the VAT that it has by its own days.
struct DeliveryTests {
    /// Over a new year on which the rate goes from 25 to 23 percent.
    private static func company() throws -> TestCompany {
        let company = try TestCompany(agreements: [
            ["anchor_date": "2027-01-01", "billed": "advance", "preparation_days": "20"],
            ["anchor_date": "2026-12-01", "billed": "arrears"],
            ["anchor_date": "2026-12-16", "billed": "arrears", "arrears_days": "2"],
            ["anchor_date": "2026-12-16"],
            ["anchor_date": "2026-12-01", "interval_unit": "year", "interval_count": "2"],
        ])
        try company.connection.insert(.vatRate, ["valid_from": "2027-01-01", "rate": "23"])
        return company
    }

    private static func vat(_ company: TestCompany, _ number: String) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', v.rate::int, v.taxable_amount, v.tax_amount) AS line
            FROM invoice AS i
            JOIN invoice_vat AS v ON v.tenant_id = i.tenant_id AND v.invoice_id = i.invoice_id
            WHERE i.recurring_invoice_number = \(number) ORDER BY i.period_number, v.rate DESC
            """)
    }

    @Test func `the rate is that of the days of the delivery, in advance and in arrears`() throws {
        let company = try Self.company()
        company.generate(on: "2026-12-20")
        #expect(try Self.vat(company, "A1") == ["23 101.50 23.35"], "January, made in December")
        #expect(try Self.vat(company, "A2") == [])
        // 16 days of 31 at 25 %, 15 at 23 %: 104.50 in all.
        #expect(try Self.vat(company, "A4") == ["25 53.94 13.49", "23 50.56 11.63"])
        let why = company.why("A2")
        #expect(why.contains("billed in arrears, is not due until 2027-01-01"), "\(why)")
        company.generate(on: "2027-01-01")
        #expect(try Self.vat(company, "A2") == ["25 102.50 25.63"], "December, made in January")
        #expect(try Self.vat(company, "A3") == [])
        let lines = try company.lines(
            """
            SELECT concat_ws(' ', l.line_number, l.vat_rate::int, l.net_amount,
                l.content::jsonb #>> '{period,start}', l.content::jsonb #>> '{period,end}') AS line
            FROM invoice AS i
            JOIN invoice_line AS l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id
            WHERE i.recurring_invoice_number = 'A4' ORDER BY l.line_number
            """)
        #expect(
            lines == ["1 25 53.94 2026-12-16 2026-12-31", "2 23 50.56 2027-01-01 2027-01-15"])
        company.generate(on: "2027-01-17")
        #expect(try Self.vat(company, "A3") == [])
        company.generate(on: "2027-01-18")
        #expect(try Self.vat(company, "A3") == ["25 53.42 13.36", "23 50.08 11.52"])
        #expect(try company.broken() == [])
    }

    @Test func `what is invoiced more than a year ahead is counted, to be warned of`() throws {
        let company = try Self.company()
        #expect(company.generate(on: "2026-12-02").counts["year_ahead_by_law"] == 1)
    }

    @Test func `a forecast knows when what is in arrears is due`() throws {
        let company = try Self.company()
        try company.connection.run(
            script: """
                UPDATE recurring_invoice_line SET vat_code = '99'
                WHERE recurring_invoice_number = 'A2'
                """)
        for (days, count) in [(11, 0), (12, 1)] {
            let run = company.forecast(days: days, on: "2026-12-20")
            #expect(run.counts["will_fail"] == count, "\(run)")
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
        let company = try TestCompany("ok-1@kunde.test")
        let taken = try company.take([
            "recurring_invoices.csv":
                "tenant_id,number,customer,created_by,anchor_date,interval_unit,\(header)\n"
                + "1,A1,1,kari,2026-01-01,month,\(values)\n"
        ])
        #expect(taken.exit == .badInput)
        #expect(taken.error.contains(column), "\(taken)")
    }
}
