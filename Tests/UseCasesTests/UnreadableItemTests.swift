import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// In every step of the night one row that can't be read is its item's fault, and the others go on.
struct UnreadableItemTests {
    private static func faults(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', coalesce(i.number, d.recurring_invoice_number), f.code) AS line
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            LEFT JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE f.mended_at IS NULL ORDER BY 1
            """)
    }

    private static func reports(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY d.created_at, d.created_by
            """)
    }

    private static func importInvoices(_ numbers: [String], _ company: TestCompany) throws {
        for number in numbers {
            var fixture = UBLFixture()
            fixture.head = fixture.head.replacing("10042", with: number)
            fixture.references =
                "<cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate>"
                + "<cbc:EndDate>2026-11-30</cbc:EndDate></cac:InvoicePeriod>"
            let buyer = "<cbc:RegistrationName>Borettslaget Solsida</cbc:RegistrationName>"
            let xml = fixture.xml(
                replacing: buyer,
                with: buyer + "<cbc:CompanyID schemeID=\"0192\">974760673</cbc:CompanyID>")
            let taken = try company.take(
                ["\(number).xml": xml], tenant: 1, recipient: "ok-\(number)@kunde.test")
            #expect(taken.isDone, "\(taken)")
        }
    }

    @Test func `an invoice that can't be read keeps no other from its dispatch or its mending`()
        throws
    {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        // Of the two that are made here one has no address.
        try company.connection.run(
            script: "UPDATE customer SET email = NULL WHERE customer_number = '2'")
        try Self.importInvoices(["9001", "9002", "9003"], company)
        let connection = company.connection
        try connection.run(
            script: """
                CREATE TABLE kept AS SELECT invoice_id, content FROM invoice WHERE number = '9002';
                UPDATE invoice SET content = '{}' WHERE number = '9002'
                """)
        let first = company.generate()
        #expect(first.exit == .someFailed && first.counts["queued"] == 3, "\(first)")
        #expect(try Self.faults(company) == ["2 recipient_missing", "9002 row_unreadable"])
        #expect(
            try Self.reports(company).first?.contains("kolonnen content i tabellen invoice")
                == true)

        try connection.run(
            script: """
                UPDATE customer SET email = 'ok-2@kunde.test' WHERE customer_number = '2'
                """)
        #expect(company.generate(on: "2026-11-25").counts["mended"] == 1)
        #expect(try Self.faults(company) == ["9002 row_unreadable"])

        try connection.run(
            script: """
                UPDATE invoice AS i SET content = k.content FROM kept AS k
                WHERE k.invoice_id = i.invoice_id
                """)
        #expect(company.generate(on: "2026-11-26").isDone)
        #expect(try Self.faults(company) == [])
        #expect(try Self.reports(company).last?.contains("9002") == true)
    }

    @Test func `a clause that can't be read keeps no other raise from being asked about`() throws {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        for agreement in ["A1", "A2"] {
            try company.connection.insert(
                .priceIndexClause,
                [
                    "recurring_invoice_number": agreement, "index_code": "HUSLEIE",
                    "base_month": "2025-11-01", "base_value": "100", "adjust_month": "12",
                    "notice_days": "30",
                ])
        }
        try company.connection.insert(
            .priceIndexValue, ["index_code": "HUSLEIE", "month": "2026-11-01", "value": "104"])
        company.generate(on: "2026-11-01")
        try company.connection.run(
            script: """
                DELETE FROM price_notice;
                ALTER TABLE price_index_clause DROP CONSTRAINT price_index_clause_base_value_sound;
                UPDATE price_index_clause SET base_value = 'NaN'
                WHERE recurring_invoice_number = 'A1'
                """)
        let next = company.generate(on: "2026-11-02")
        #expect(next.exit == .someFailed && next.counts["price_notices_asked"] == 1, "\(next)")
        #expect(try Self.faults(company) == ["A1 row_unreadable"])
        #expect(try Self.reports(company).last?.contains("A1") == true)
    }

    @Test func `a user whose e-mail can't be written keeps no other from being told`() throws {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        try company.connection.insert(
            .user,
            ["user_key": "ola", "name": "Ola Nordmann", "email": "ok-ola@fjordlys.test"])
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET plan_key = NULL;
                UPDATE recurring_invoice SET created_by = 'ola'
                WHERE recurring_invoice_number = 'A2'
                """)
        let connection = company.connection
        try connection.run(
            script: """
                ALTER TABLE dispatch_message ADD CONSTRAINT refused
                    CHECK (to_name <> 'Kari Nordmann')
                """)
        let first = company.generate()
        #expect(first.exit == .someFailed && first.counts["reports"] == 1, "\(first)")
        #expect(try Self.reports(company).map { $0.contains("Ola") } == [true])
        try connection.run(script: "ALTER TABLE dispatch_message DROP CONSTRAINT refused")
        company.generate(on: "2026-11-25")
        #expect(try Self.reports(company).map { $0.contains("Kari") } == [false, true])
    }
}
