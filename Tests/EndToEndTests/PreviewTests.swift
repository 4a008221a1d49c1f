import Foundation
import Postgres
import TestSupport
import Testing

/// What would be sent can be seen before it is; and what must not be reminded, after.
struct PreviewTests {
    @Test func `a period that is not due yet is shown as it would go, and nothing is kept`() throws
    {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        let folder = installation.folder.appending(path: "preview")
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7",
            "--out", folder.path())
        #expect(run.exitCode == 0, "\(run.errors)")
        // The e-mail says when it is to be paid: fourteen days after the first of January.
        #expect(run.output.contains("2027"), "\(run.output)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(names.contains { $0.hasSuffix(".pdf") } && names.contains { $0.hasSuffix(".html") })
        #expect(try installation.count("SELECT count(*) AS count FROM invoice") == 0)
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch") == 0)
    }

    @Test func `a form template is shown with the newest invoice, drawn by it`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-07-01")
        _ = try installation.write(
            "tenant_id,key,name,language\n1,english,English,en\n", to: "new/form_templates.csv")
        let imported = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "new").path())
        #expect(imported.exitCode == 0, "\(imported.errors)")
        let before = try installation.contents()
        let shown = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--template", "english")
        #expect(shown.exitCode == 0, "\(shown.errors)")
        #expect(shown.output.contains("Invoice_"), "\(shown.output)")
        let planned = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "3",
            "--template", "english")
        #expect(planned.output.contains("Invoice_"), "\(planned.output)")
        let unknown = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--template", "englsh")
        #expect(unknown.exitCode == 65)
        #expect(unknown.errors.contains("did you mean 'english'?"), "\(unknown.errors)")
        #expect(try installation.contents() == before, "nothing is kept")
    }

    @Test func `open faults are said, a line each, and end with 1`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A12", "--open-faults")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("vat_rate_unknown"), "\(run.output)")
    }

    @Test func `a period after the agreement's end is none`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice SET end_date = '2026-12-31'")
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7")
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("has ended or is paused"), "\(run.errors)")
    }

    @Test func `what was not received must not be reminded, and what was may be`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 100).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-07-01")
        let waiting = try installation.run("budstikke", "list", "--not-received")
        #expect(waiting.output.split(separator: "\n").count == 97)
        try installation.drain()
        try installation.settle()
        let rest = try installation.run("budstikke", "list", "--not-received")
        let lines = rest.output.split(separator: "\n")
        // Two without a send plan, two unknown users and an address that is none; all of the others
        // are delivered, but long after their date: they have their whole time to pay from now on.
        #expect(lines.count { $0.contains("\"why\":\"failed\"") } == 3, "\(rest.output)")
        #expect(lines.count { $0.contains("\"why\":\"hard_bounced\"") } == 2)
        #expect(lines.count { $0.contains("\"why\":\"received_late\"") } == 92)
    }
}
