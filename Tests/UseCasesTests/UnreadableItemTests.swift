import Foundation
import Postgres
import TestSupport
import Testing

/// In every step of the night one row that can't be read is its item's fault, and the others go on.
struct UnreadableItemTests {
    private static func company(_ recipients: Int = 2) throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...recipients).map { "ok-\($0)@kunde.test" })
        return installation
    }

    private static func faults(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', coalesce(i.number, d.recurring_invoice_number), f.code) AS line
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            LEFT JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE f.mended_at IS NULL ORDER BY 1
            """)
    }

    private static func reports(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY d.created_at, d.created_by
            """)
    }

    private static func importInvoices(_ numbers: [String], _ installation: TestInstallation) throws
    {
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
            let run = try installation.run(
                "budstikke", "import", "--tenant", "1", "--recipient", "ok-\(number)@kunde.test",
                try installation.write(xml, to: "ubl/\(number).xml"))
            #expect(run.exitCode == 0, "\(run.errors)")
        }
    }

    @Test func `an invoice that can't be read keeps no other from its dispatch or its mending`()
        throws
    {
        let installation = try Self.company()
        // Of the two that are made here one has no address.
        let customers = "tenant_id,number,name,email\n1,2,Kunde 2 AS,"
        _ = try installation.run(
            "budstikke", "import", try installation.write("\(customers)\n", to: "a/customers.csv"))
        try Self.importInvoices(["9001", "9002", "9003"], installation)
        let connection = try installation.database.connect()
        try connection.run(
            script: """
                CREATE TABLE kept AS SELECT invoice_id, content FROM invoice WHERE number = '9002';
                UPDATE invoice SET content = '{}' WHERE number = '9002'
                """)
        let first = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(first.exitCode == 1, "\(first.errors)")
        #expect(first.output.contains("\"queued\":3"), "\(first.output)")
        #expect(try Self.faults(installation) == ["2 recipient_missing", "9002 row_unreadable"])
        #expect(
            try Self.reports(installation).first?.contains("kolonnen content i tabellen invoice")
                == true)

        _ = try installation.run(
            "budstikke", "import",
            try installation.write("\(customers)ok-2@kunde.test\n", to: "b/customers.csv"))
        let second = try installation.run("generate-invoices", "--as-of", "2026-11-25")
        #expect(second.output.contains("\"mended\":1"), "\(second.output)")
        #expect(try Self.faults(installation) == ["9002 row_unreadable"])

        try connection.run(
            script: """
                UPDATE invoice AS i SET content = k.content FROM kept AS k
                WHERE k.invoice_id = i.invoice_id
                """)
        let third = try installation.run("generate-invoices", "--as-of", "2026-11-26")
        #expect(third.exitCode == 0, "\(third.output)\(third.errors)")
        #expect(try Self.faults(installation) == [])
        #expect(try Self.reports(installation).last?.contains("9002") == true)
    }

    @Test func `a clause that can't be read keeps no other raise from being asked about`() throws {
        let installation = try Self.company()
        let files = [
            "price_index_clauses.csv": """
            tenant_id,recurring_invoice,index,base_month,base_value,adjust_month,notice_days
            1,A1,HUSLEIE,2025-11,100,12,30
            1,A2,HUSLEIE,2025-11,100,12,30

            """,
            "price_index_values.csv": """
            tenant_id,index,month,value
            1,HUSLEIE,2026-11,104

            """,
        ]
        for (name, text) in files { _ = try installation.write(text, to: "price/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "price").path())
        #expect(run.exitCode == 0, "\(run.errors)")
        _ = try installation.run("generate-invoices", "--as-of", "2026-11-01")
        try installation.database.connect().run(
            script: """
                DELETE FROM price_notice;
                ALTER TABLE price_index_clause DROP CONSTRAINT price_index_clause_base_value_sound;
                UPDATE price_index_clause SET base_value = 'NaN'
                WHERE recurring_invoice_number = 'A1'
                """)
        let next = try installation.run("generate-invoices", "--as-of", "2026-11-02")
        #expect(next.exitCode == 1, "\(next.output)")
        #expect(next.output.contains("\"price_notices_asked\":1"), "\(next.output)")
        #expect(try Self.faults(installation) == ["A1 row_unreadable"])
        #expect(try Self.reports(installation).last?.contains("A1") == true)
    }

    @Test func `a user whose e-mail can't be written keeps no other from being told`() throws {
        let installation = try Self.company()
        let files = [
            "users.csv": """
            tenant_id,user_key,name,email
            1,ola,Ola Nordmann,ok-ola@fjordlys.test

            """,
            "recurring_invoices.csv": """
            tenant_id,number,customer,created_by,send_plan,anchor_date,interval_unit
            1,A1,1,kari,,2026-11-01,month
            1,A2,2,ola,,2026-11-01,month

            """,
        ]
        for (name, text) in files { _ = try installation.write(text, to: "users/\(name)") }
        _ = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "users").path())
        let connection = try installation.database.connect()
        try connection.run(
            script: """
                ALTER TABLE dispatch_message ADD CONSTRAINT refused
                    CHECK (to_name <> 'Kari Nordmann')
                """)
        let first = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(first.exitCode == 1)
        #expect(first.output.contains("\"reports\":1"), "\(first.output)")
        #expect(try Self.reports(installation).map { $0.contains("Ola") } == [true])
        try connection.run(script: "ALTER TABLE dispatch_message DROP CONSTRAINT refused")
        _ = try installation.run("generate-invoices", "--as-of", "2026-11-25")
        #expect(try Self.reports(installation).map { $0.contains("Kari") } == [false, true])
    }
}
