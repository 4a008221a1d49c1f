import Foundation
import Postgres
import TestSupport
import Testing

/// Documents by EHF: with the e-mail, or handed over to the access point.
struct EHFTests {
    /// A1 goes by EHF, A2 would but has no address for it and goes by e-mail, A3 by e-mail with
    /// its EHF, and A4 by EHF that the receiver would refuse.
    private static func company(endpoint: String = "") throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        let changes = [
            "send_plans.csv": """
            tenant_id,key,position,name,channel,attach_ehf
            1,ehf,1,EHF og e-post,ehf,
            1,ehf,2,EHF og e-post,email,
            1,begge,1,E-post med EHF,email,true

            """,
            "customers.csv": """
            tenant_id,number,name,email,organisation_number,buyer_reference,endpoint
            1,1,Kunde 1 AS,ok-1@kunde.test,974760673,best-1,\(endpoint)
            1,3,Kunde 3 AS,ok-3@kunde.test,974760673,best-3,
            1,4,Kunde 4 AS,ok-4@kunde.test,974760673,,

            """,
            "recurring_invoices.csv": """
            tenant_id,number,customer,created_by,send_plan,anchor_date,interval_unit
            1,A1,1,kari,ehf,2026-11-01,month
            1,A2,2,kari,ehf,2026-11-01,month
            1,A3,3,kari,begge,2026-11-01,month
            1,A4,4,kari,ehf,2026-11-01,month

            """,
        ]
        for (name, text) in changes { _ = try installation.write(text, to: "ehf/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "ehf").path())
        #expect(run.exitCode == 0, "\(run.errors)")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func dispatches(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT format('%s %s %s %s', i.recurring_invoice_number, d.channel, d.state,
                d.reason) AS line
            FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.purpose = 'invoice' ORDER BY 1
            """)
    }

    private static func files(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    }

    @Test func `the send plan says how the EHF goes`() throws {
        let installation = try Self.company()
        let dispatches = try Self.dispatches(installation)
        #expect(
            dispatches == ["A1 ehf queued ", "A2 email queued ", "A3 email queued "])
        // What the rules refuse takes no number: it is mended at its source, and made the next night.
        #expect(
            try installation.lines(
                """
                SELECT concat_ws(' ', recurring_invoice_number, state, reason) AS line
                FROM dispatch WHERE invoice_id IS NULL AND purpose = 'invoice'
                """) == ["A4 failed ehf_rule_broken"])
        let detail = try installation.lines(
            "SELECT detail AS line FROM dispatch_fault WHERE code = 'ehf_rule_broken'")
        #expect(detail.first?.contains("PEPPOL-EN16931-R003") ?? false, "\(detail)")
        let attached = try installation.lines(
            """
            SELECT a.file_name AS line FROM dispatch_attachment AS a
            JOIN dispatch AS d ON d.tenant_id = a.tenant_id AND d.dispatch_id = a.dispatch_id
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = 'A3' ORDER BY a.position
            """)
        #expect(attached == ["Faktura_3.pdf", "Faktura_3.xml"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        try installation.drain()
        #expect(try installation.ledger().accepted == 3, "two invoices and the report of the third")
    }

    @Test func `what waits is handed over once, and its answer is written down`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "outbox")
        let rehearsed = try installation.run(
            "budstikke", "outbox", "--take", folder.path(), "--dry-run")
        #expect(rehearsed.output.contains("\"taken\":1"), "\(rehearsed.output)")
        let taken = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(taken.output.contains("\"taken\":1"), "\(taken.output)\(taken.errors)")
        let name = try #require(try Self.files(folder).first)
        let document = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        #expect(document.contains("<cbc:BuyerReference>best-1</cbc:BuyerReference>"))
        #expect(try Self.dispatches(installation)[0] == "A1 ehf sent ")
        let again = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(again.output.contains("\"taken\":0"), "\(again.output)")

        // Killed between the commit and the renaming.
        try FileManager.default.moveItem(
            at: folder.appending(path: name), to: folder.appending(path: ".\(name)"))
        let finished = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(finished.output.contains("\"taken\":1"), "\(finished.output)")
        #expect(try Self.files(folder) == [name])

        let dispatch = String(name.split(separator: "_")[1].prefix(8))
        let delivered = try installation.run("budstikke", "outbox", "--delivered", dispatch)
        #expect(delivered.exitCode == 0, "\(delivered.errors)")
        let twice = try installation.run("budstikke", "outbox", "--delivered", dispatch)
        #expect(twice.exitCode == 65)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        #expect(
            try installation.lines(
                "SELECT delivery AS line FROM dispatch WHERE channel = 'ehf'") == ["delivered"])
    }

    @Test(arguments: ["0192:974760673", "0192:974 760 673", "0088:7300010000001"])
    func `an electronic address of a file stands in the document as scheme and number`(
        endpoint: String
    ) throws {
        let installation = try Self.company(endpoint: endpoint)
        #expect(
            try Self.dispatches(installation)[0] == "A1 ehf queued ", "sound by the rules of EHF")
        let folder = installation.folder.appending(path: "outbox")
        let taken = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(taken.output.contains("\"taken\":1"), "\(taken.output)\(taken.errors)")
        let name = try #require(try Self.files(folder).first)
        let document = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let parts = endpoint.split(separator: ":")
        let element = "<cbc:EndpointID schemeID=\"\(parts[0])\">"
        let number = parts[1].filter { $0 != " " }
        #expect(document.contains("\(element)\(number)</cbc:EndpointID>"), "\(document)")
    }

    @Test func `a copy of the database hands nothing over`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "outbox")
        let run = try installation.run(
            "budstikke", ["outbox", "--take", folder.path()],
            environment: ["BUDSTIKKE_INSTALLATION": "a-copy"])
        #expect(run.exitCode == 78, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("a copy must not send"), "\(run.errors)")
        #expect(try Self.dispatches(installation)[0] == "A1 ehf queued ")
        #expect(!FileManager.default.fileExists(atPath: folder.path()))
    }

    @Test func `what was not committed when the program was killed is not handed over`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "outbox")
        let dispatch = try #require(
            try installation.lines("SELECT dispatch_id::text AS line FROM dispatch_outbox").first)
        let hidden = try installation.write("<half", to: "outbox/.1_\(dispatch).xml")
        // Nothing may be taken, so what lies there is all that could be published.
        let held = try installation.database.connect()
        try held.run(script: "BEGIN; SELECT FROM dispatch_outbox FOR UPDATE")
        let run = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(run.output.contains("\"taken\":0"), "\(run.output)\(run.errors)")
        #expect(try Self.files(folder) == [URL(filePath: hidden).lastPathComponent])
    }

    @Test func `a refusal is a failure that somebody is told of, and a cancel takes it back`()
        throws
    {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "outbox")
        _ = try installation.run("budstikke", "outbox", "--take", folder.path())
        let dispatch = try Self.files(folder)[0].split(separator: "_")[1].prefix(8)
        let silent = try installation.run("budstikke", "outbox", "--refused", String(dispatch))
        #expect(silent.exitCode == 64, "a refusal has a reason")
        let refused = try installation.run(
            "budstikke", "outbox", "--refused", String(dispatch), "--reason", "ukjent mottaker")
        #expect(refused.exitCode == 0, "\(refused.errors)")
        #expect(try Self.dispatches(installation)[0] == "A1 ehf failed ehf_refused")
        let todo = try installation.run("budstikke", "todo")
        #expect(todo.output.contains("ukjent mottaker"), "\(todo.output)")

        let resent = try installation.run(
            "budstikke", "resend", String(dispatch), "--reason", "rettet")
        #expect(resent.exitCode == 0, "\(resent.errors)")
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_outbox") == 1)
        let number = try installation.lines(
            "SELECT number AS line FROM invoice WHERE recurring_invoice_number = 'A1'")[0]
        let cancelled = try installation.run("budstikke", "cancel", number)
        #expect(cancelled.exitCode == 0, "\(cancelled.errors)")
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_outbox") == 0)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a preview shows the EHF, and the rules that it breaks`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "preview")
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A4", "--out", folder.path(),
            "--open-faults")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("PEPPOL-EN16931-R003"), "\(run.output)")
        let mailed = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--out", folder.path())
        #expect(mailed.exitCode == 0, "\(mailed.output)")
        let names = try Self.files(folder)
        #expect(names.contains("3.eml") && names.contains("3.xml"), "\(names)")
        let mail = try String(contentsOf: folder.appending(path: "3.eml"), encoding: .ascii)
        #expect(mail.contains("Faktura_3.xml"))
    }
}
