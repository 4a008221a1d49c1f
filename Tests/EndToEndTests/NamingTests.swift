import Foundation
import Postgres
import TestSupport
import Testing

/// What numbers name: one document each, and for everything that is stopped, what stops it.
struct NamingTests {
    @Test func `a number of ours is not taken in again as another's`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(installation, "A1")
        let folder = installation.folder.appending(path: "shown").path
        let shown = try installation.run(
            "budstikke", "preview", "--invoice", number, "--tenant", "1", "--out", folder)
        #expect(shown.exitCode == 0, "\(shown.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        let ehf = try #require(files.first { $0.hasSuffix(".xml") }, "\(files)")

        let run = try installation.run("budstikke", "import", "\(folder)/\(ehf)", "--tenant", "1")
        #expect(run.exitCode == 65, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("\(number)"), "\(run.errors)")
        #expect(run.errors.contains("made here"), "\(run.errors)")
        #expect(try installation.count("SELECT count(*) AS count FROM invoice") == 1)
    }

    @Test func `two invoices of one number are not both sent again`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(installation, "A1")
        try installation.database.connect().run(
            script: """
                INSERT INTO invoice
                SELECT (jsonb_populate_record(i, jsonb_build_object(
                    'invoice_id', gen_random_uuid(), 'series', 'import:1',
                    'recurring_invoice_number', NULL, 'period_number', NULL,
                    'period_date', NULL))).*
                FROM invoice AS i
                """)
        let run = try installation.run(
            "budstikke", "resend", "--invoice", number, "--tenant", "1", "--dry-run")
        #expect(run.exitCode == 65, "\(run.output)")
        #expect(run.errors.contains("the id of its dispatch"), "\(run.errors)")
    }

    @Test func `why an agreement is stopped is said by its number`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice_line SET description = 'Vakthold {{bogus}}'")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let why = try installation.run("budstikke", "why", "A1", "--as-of", Company.smallAsOf)
        #expect(why.exitCode == 0, "\(why.errors)")
        #expect(why.output.contains("bogus"), "\(why.output)")
        #expect(why.output.contains("--open-faults"), "\(why.output)")
    }

    @Test func `a rehearsal sees what the files before it would bring`() throws {
        let installation = try TestInstallation()
        for (name, text) in Company.files(recipients: ["ok-1@kunde.test"]) {
            _ = try installation.write(text, to: "company/\(name)")
        }
        let folder = installation.folder.appending(path: "company")
        let run = try installation.run("budstikke", "import", folder.path, "--dry-run")
        #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
        #expect(
            try installation.count("SELECT count(*) AS count FROM tenant WHERE tenant_id > 0") == 0)
    }
}
