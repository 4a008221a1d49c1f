import Foundation
import Postgres
import TestSupport
import Testing

/// What numbers name: one document each, and for everything that is stopped, what stops it.
struct NamingTests {
    @Test func `a number of ours is not taken in again as another's`() throws {
        let night = try Night()
        try night.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(night, "A1")
        let folder = night.folder.appending(path: "shown").path
        let shown = try night.run(
            "budstikke", "preview", "--invoice", number, "--tenant", "1", "--out", folder)
        #expect(shown.exitCode == 0, "\(shown.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        let ehf = try #require(files.first { $0.hasSuffix(".xml") }, "\(files)")

        let run = try night.run("budstikke", "import", "\(folder)/\(ehf)", "--tenant", "1")
        #expect(run.exitCode == 65, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("\(number)"), "\(run.errors)")
        #expect(run.errors.contains("made here"), "\(run.errors)")
        #expect(try night.count("SELECT count(*) AS count FROM invoice") == 1)
    }

    @Test func `two invoices of one number are not both sent again`() throws {
        let night = try Night()
        try night.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(night, "A1")
        try night.database.connect().run(
            script: """
                INSERT INTO invoice
                SELECT (jsonb_populate_record(i, jsonb_build_object(
                    'invoice_id', gen_random_uuid(), 'series', 'import:1',
                    'recurring_invoice_number', NULL, 'period_number', NULL,
                    'period_date', NULL))).*
                FROM invoice AS i
                """)
        let run = try night.run(
            "budstikke", "resend", "--invoice", number, "--tenant", "1", "--dry-run")
        #expect(run.exitCode == 65, "\(run.output)")
        #expect(run.errors.contains("the id of its dispatch"), "\(run.errors)")
    }

    @Test func `why an agreement is stopped is said by its number`() throws {
        let night = try Night()
        try night.importCompany(recipients: ["ok-1@kunde.test"])
        try night.database.connect().run(
            script: "UPDATE recurring_invoice_line SET description = 'Vakthold {{bogus}}'")
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        let why = try night.run("budstikke", "why", "A1", "--as-of", Company.smallAsOf)
        #expect(why.exitCode == 0, "\(why.errors)")
        #expect(why.output.contains("bogus"), "\(why.output)")
        #expect(why.output.contains("--open-faults"), "\(why.output)")
    }

    @Test func `a rehearsal sees what the files before it would bring`() throws {
        let night = try Night()
        for (name, text) in Company.files(recipients: ["ok-1@kunde.test"]) {
            _ = try night.write(text, to: "company/\(name)")
        }
        let folder = night.folder.appending(path: "company")
        let run = try night.run("budstikke", "import", folder.path, "--dry-run")
        #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
        #expect(try night.count("SELECT count(*) AS count FROM tenant WHERE tenant_id > 0") == 0)
    }
}
