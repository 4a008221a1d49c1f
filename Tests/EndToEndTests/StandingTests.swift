import Foundation
import Postgres
import TestSupport
import Testing

/// Agreements whose rows are changed while they run: the next night does what they say.
struct StandingTests {
    /// A company of these agreements, whose rows follow `number,customer,created_by,send_plan`.
    static func company(_ header: String, _ rows: [String]) throws -> TestInstallation {
        let installation = try TestInstallation(role: "budstikke_job")
        var files = Company.files(recipients: rows.indices.map { "ok-\($0 + 1)@kunde.test" })
        files["recurring_invoices.csv"] = agreements(header, rows)
        for (name, text) in files { _ = try installation.write(text, to: "company/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "company").path())
        guard run.exitCode == 0 else { throw TestInstallationError.notImported(run.errors) }
        return installation
    }

    static func agreements(_ header: String, _ rows: [String]) -> String {
        let numbered = rows.enumerated().map { row in
            let number = row.offset + 1
            return "1,A\(number),\(number),kari,epost,\(row.element)\n"
        }
        return "tenant_id,number,customer,created_by,send_plan,\(header)\n" + numbered.joined()
    }

    /// What is made of an agreement: period, first and last day, and the sum before VAT.
    static func made(_ installation: TestInstallation, _ number: String) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', period_number, content::jsonb #>> '{period,start}',
                content::jsonb #>> '{period,end}', tax_exclusive) AS line
            FROM invoice WHERE recurring_invoice_number = \(number) ORDER BY period_number
            """)
    }

    private static func why(_ installation: TestInstallation, _ number: String, on day: String)
        throws -> String
    {
        try installation.run("budstikke", "why", number, "--as-of", day).output
    }

    @Test func `a renewed, prolonged or shortened agreement does what its row says`() throws {
        let installation = try Self.company(
            "anchor_date,interval_unit,end_date,count_max",
            [
                "2026-01-01,month,2026-02-28,", "2026-01-01,month,,2",
                "2026-01-01,month,2026-02-28,", "2026-01-01,month,,",
            ])
        _ = try installation.run("generate-invoices", "--as-of", "2026-03-15")
        for number in 1...3 {
            #expect(try Self.made(installation, "A\(number)").count == 2)
            let why = try Self.why(installation, "A\(number)", on: "2026-03-15")
            #expect(why.contains("has ended"), "\(why)")
        }
        try installation.database.connect().run(
            script: """
                UPDATE recurring_invoice SET end_date = '2026-04-30'
                WHERE recurring_invoice_number = 'A1';
                UPDATE recurring_invoice SET count_max = 3 WHERE recurring_invoice_number = 'A2';
                UPDATE recurring_invoice SET end_date = NULL
                WHERE recurring_invoice_number = 'A3';
                UPDATE recurring_invoice SET end_date = '2026-03-31'
                WHERE recurring_invoice_number = 'A4'
                """)
        #expect(
            try Self.why(installation, "A1", on: "2026-03-15").contains("is due since 2026-03-01"))
        #expect(try Self.why(installation, "A4", on: "2026-03-15").contains("has ended"))
        let run = try installation.run("generate-invoices", "--as-of", "2026-05-15")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try (1...4).map { try Self.made(installation, "A\($0)").count } == [4, 3, 5, 3])
        #expect(try Self.why(installation, "A1", on: "2026-05-15").contains("has ended"))
        #expect(try Self.why(installation, "A2", on: "2026-05-15").contains("has ended"))
        #expect(try Self.why(installation, "A3", on: "2026-05-15").contains("until 2026-06-01"))
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `what is renewed in the middle of a period has the rest of it by its days`() throws {
        let installation = try Self.company(
            "anchor_date,interval_unit,end_date,last_period",
            ["2026-01-01,month,2026-02-14,days"])
        _ = try installation.run("generate-invoices", "--as-of", "2026-02-20")
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice SET end_date = NULL")
        _ = try installation.run("generate-invoices", "--as-of", "2026-03-02")
        #expect(
            try Self.made(installation, "A1") == [
                "1 2026-01-01 2026-01-31 101.50", "2 2026-02-01 2026-02-14 50.75",
                "3 2026-02-15 2026-02-28 50.75", "4 2026-03-01 2026-03-31 101.50",
            ])
    }

    @Test func `a corrected anchor and interval hold from the next period on`() throws {
        let header = "anchor_date,interval_unit"
        let installation = try Self.company(
            header, ["2036-01-01,month", "2026-01-01,month", "2026-01-01,month"])
        _ = try installation.run("generate-invoices", "--as-of", "2026-02-20")
        #expect(try Self.made(installation, "A1") == [])
        #expect(try Self.why(installation, "A1", on: "2026-02-20").contains("until 2036-01-01"))
        let corrected = try installation.write(
            Self.agreements(
                header, ["2026-01-01,month", "2026-01-01,quarter", "2026-01-15,month"]),
            to: "more/recurring_invoices.csv")
        #expect(try installation.run("budstikke", "import", corrected).exitCode == 0)
        let run = try installation.run("generate-invoices", "--as-of", "2026-04-01")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(
            try Self.made(installation, "A1").map { $0.prefix(12) }
                == (1...4).map { "\($0) 2026-0\($0)-01" })
        // Nothing twice and nothing left out: what is between is charged by its days.
        #expect(
            try Self.made(installation, "A2") == [
                "1 2026-01-01 2026-01-31 102.50", "2 2026-02-01 2026-02-28 102.50",
                "3 2026-03-01 2026-03-31 35.31", "4 2026-04-01 2026-06-30 102.50",
            ])
        #expect(
            try Self.made(installation, "A3") == [
                "1 2026-01-01 2026-01-31 103.50", "2 2026-02-01 2026-02-28 103.50",
                "3 2026-03-01 2026-03-14 51.75", "4 2026-03-15 2026-04-14 103.50",
            ])
    }

    @Test func `an agreement that was begun elsewhere goes on from there`() throws {
        let installation = try Self.company("anchor_date,interval_unit", ["2020-01-01,month"])
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice SET invoiced_through = '2026-03-31'")
        let run = try installation.run("generate-invoices", "--as-of", "2026-04-02")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.made(installation, "A1") == ["1 2026-04-01 2026-04-30 101.50"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `the first number is chosen until a number is taken`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        func choose(_ number: String) throws -> ProgramRun {
            let path = try installation.write(
                "tenant_id,name,organisation_number,street,postal_code,city,account_number,"
                    + "kid_invoice_digits,first_invoice_number\n"
                    + "1,Fjordlys AS,987654325,Strandgata 1,5003,Bergen,86011117947,8,\(number)\n",
                to: "more/tenant.csv")
            return try installation.run("budstikke", "import", path)
        }
        #expect(try choose("500").exitCode == 0)
        #expect(try choose("600").exitCode == 0)
        #expect(try choose("").exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try installation.lines("SELECT number AS line FROM invoice") == ["600"])
        let late = try choose("700")
        #expect(late.exitCode == 65)
        #expect(late.errors.contains("began, which is 600"), "\(late.errors)")
        #expect(try choose("600").exitCode == 0)
    }
}
