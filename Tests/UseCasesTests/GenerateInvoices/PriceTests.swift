import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Nights of agreements whose price hangs on an index, a broken period or a foreign currency.
struct PriceTests {
    /// Four agreements from 1 January by the month: plain; by KPI with notice; begun on the 16th
    /// and charged by days; in euro.
    ///
    /// KPI is all tenants', and the notice of the raise not given.
    private static func company() throws -> TestCompany {
        let start: [String: String?] = ["anchor_date": "2026-01-01"]
        let company = try TestCompany(agreements: [
            start, start,
            start.merging([
                "start_date": "2026-01-16", "first_period": "days", "last_period": "days",
                "end_date": "2026-02-10",
            ]) { $1 },
            start.merging(["currency": "EUR"]) { $1 },
        ])
        try company.connection.insert(
            .priceIndexValue, ["tenant_id": "0", "month": "2024-10-01", "value": "139.05"])
        try company.connection.insert(
            .priceIndexClause, ["recurring_invoice_number": "A2", "notice_days": "30"])
        return company
    }

    /// Of October 2025: with it, five percent more from 1 January 2026.
    private static func publishIndex(_ company: TestCompany) throws {
        try company.connection.insert(
            .priceIndexValue, ["month": "2025-10-01", "value": "141.75"])
    }

    private static func made(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', i.recurring_invoice_number, i.period_number, i.period_date,
                i.currency, i.tax_exclusive, i.content::jsonb -> 'taxCurrencyVATTotal') AS line
            FROM invoice AS i ORDER BY i.recurring_invoice_number, i.period_number
            """)
    }

    private static func faults(_ company: TestCompany) throws -> [String] {
        try company.lines(
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
        let company = try Self.company()
        #expect(try company.preview(.period(1, of: "A3")).faults == [])
        #expect(company.generate(on: "2026-01-16").exit == .someFailed)
        // 2025-10 is not known: A2 waits. The euro has no rate: A4 waits. 103.50 × 16 / 31.
        #expect(
            try Self.made(company) == [
                "A1 1 2026-01-01 NOK 101.50", "A3 1 2026-01-16 NOK 53.42",
            ])
        #expect(try Self.faults(company) == ["A2 index_value_missing", "A4 exchange_rate_missing"])

        // A rate of its own goes before that of all, and one of nine days ago is none.
        let rates = """
            tenant_id,currency,date,rate,source
            0,EUR,2026-01-15,99,Norges Bank
            1,EUR,2026-01-15,11.7345,Norges Bank

            """
        #expect(try company.take(["exchange_rates.csv": rates]).isDone)
        try Self.publishIndex(company)
        #expect(company.generate(on: "2026-01-17").isDone)
        // A2 at the old price, for nobody gave notice. VAT of A4: 104.50 × 25 % × 11.7345.
        #expect(
            try Self.made(company) == [
                "A1 1 2026-01-01 NOK 101.50", "A2 1 2026-01-01 NOK 102.50",
                "A3 1 2026-01-16 NOK 53.42", "A4 1 2026-01-01 EUR 104.50 30662",
            ])
        #expect(try Self.faults(company) == [])
        #expect(
            try company.lines(
                """
                SELECT concat_ws(' ', r -> 'source', r -> 'date', r -> 'kroner') AS line
                FROM invoice CROSS JOIN LATERAL (
                    SELECT content::jsonb -> 'taxCurrencyRate' AS r) AS rate
                WHERE r IS NOT NULL
                """
            ) == [#""Norges Bank" "2026-01-15" 11734500"#])
        #expect(try company.broken() == [])
    }

    @Test
    func `a raise is asked for in time, holds once notice is given, and is a to-do until then`()
        throws
    {
        let company = try Self.company()
        // Thirty days before the last day for a notice; the value is published later than that.
        company.generate(on: "2025-11-03")
        #expect(try Self.awaited(company) == [])
        try Self.publishIndex(company)
        company.generate(on: "2025-11-11", isDryRun: true)
        #expect(try Self.awaited(company) == [])
        for _ in 1...2 { #expect(company.generate(on: "2025-11-11").isDone) }
        #expect(try Self.awaited(company) == ["A2 2026-01-01 2025-12-02 1.000000 1.050000"])
        let todos = try company.todos()
        #expect(todos.count == 1)
        for word in ["A2", "01.01.2026", "02.12.2025", "1,05"] {
            #expect(todos.first?.contains(word) == true, "\(todos)")
        }
        #expect(company.why("A2").contains("02.12.2025"))
        let people = PeopleLists(connection: company.connection, context: company.context())
        #expect(try people.notifications(userKey: nil, withRead: false).rows.count == 1)
        try people.markRead(userKey: nil)
        #expect(try people.notifications(userKey: nil, withRead: false).rows == [])

        // Given five days late: January at the old price, February at the new one.
        let notice = "recurring_invoice,adjusts_on,sent_on\nA2,2026-01-01,2025-12-07\n"
        #expect(try company.take(["price_notices.csv": notice], tenant: 1).isDone)
        #expect(try Self.awaited(company) == [])
        company.generate(on: "2026-02-01")
        // Of 102.50 and 1.05: 107.625. A3 ends on 10 February, and has ten of its 28 days left.
        #expect(
            try Self.made(company).filter { !$0.hasPrefix("A1") && !$0.hasPrefix("A4") } == [
                "A2 1 2026-01-01 NOK 102.50", "A2 2 2026-02-01 NOK 107.63",
                "A3 1 2026-01-16 NOK 53.42", "A3 2 2026-02-01 NOK 36.96",
            ])
    }

    /// What a person writes down of a raise on 5 December 2025.
    private static func notice(
        _ company: TestCompany, of agreement: String = "A2", sentOn day: String? = nil,
        reason: String = "", isDryRun: Bool = false
    ) -> TestCompany.Outcome {
        company.run(TestCompany.Options(day: "2025-12-05", isDryRun: isDryRun)) {
            connection, context, outcome in
            outcome.lines = [
                try ClosePriceNotice(connection: connection, context: context).sent(
                    agreement: agreement, on: day.flatMap { CivilDate($0) }, actor: "kari",
                    reason: reason)
            ]
            return nil
        }
    }

    @Test func `a notice is recorded by hand, or dismissed with a reason, and audited`() throws {
        let company = try Self.company()
        try Self.publishIndex(company)
        company.generate(on: "2025-11-11")
        #expect(Self.notice(company, of: "A1").exit == .badInput)
        #expect(Self.notice(company, sentOn: "2025-12-06").exit == .badInput, "it is tomorrow")
        #expect(Self.notice(company, isDryRun: true).isDone)
        #expect(try Self.awaited(company).count == 1)
        #expect(try Self.audits(company) == [])

        let dismissed = company.run { connection, context, outcome in
            outcome.lines = [
                try ClosePriceNotice(connection: connection, context: context)
                    .dismissed(agreement: "A2", actor: "kari", reason: "ny avtale")
            ]
            return nil
        }
        #expect(dismissed.isDone, "\(dismissed)")
        #expect(try Self.awaited(company) == [])
        #expect(Self.notice(company).exit == .badInput)
        company.generate(on: "2025-12-06")
        #expect(try Self.awaited(company) == [], "it is not asked for again")
        #expect(try Self.audits(company) == ["kari dismiss raise of A2 on 2026-01-01: ny avtale"])
    }

    @Test func `what was recorded as sent by hand raises the price`() throws {
        let company = try Self.company()
        try Self.publishIndex(company)
        company.generate(on: "2025-11-11")
        let recorded = Self.notice(company, sentOn: "2025-12-01", reason: "brev")
        #expect(recorded.text.contains("2026-01-01"), "\(recorded)")
        #expect(try Self.awaited(company) == [])
        #expect(
            try Self.audits(company) == [
                "kari notice raise of A2 on 2026-01-01: sent on 2025-12-01: brev"
            ])
        company.generate(on: "2026-01-17")
        #expect(try Self.made(company).contains("A2 1 2026-01-01 NOK 107.63"))
    }

    private static func audits(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', actor, action, subject) || ': ' || reason AS line
            FROM audit ORDER BY at
            """)
    }

    private static func awaited(_ company: TestCompany) throws -> [String] {
        try company.lines(
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
        let company = try Self.company()
        let before = try company.contents()
        let taken = try company.take([name: text], tenant: 1)
        #expect(taken.exit == .badInput && taken.error.contains(name), "\(taken)")
        #expect(try company.contents() == before)
    }
}
