import Foundation
import Postgres
import TestSupport
import Testing

/// Invoices that others wrote, imported and sent by the real programs.
@Suite(.enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"))
struct RealInvoiceTests {
    @Test func `every file imports, is drawn, and goes out`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 1).exitCode == 0)
        let folder = try #require(ReferenceData.url("peppol"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".xml") }.sorted()
        for (index, file) in files.enumerated() {
            // Several have one seller and one number, which makes them one invoice.
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                .replacing("<cbc:ID>Snippet1</cbc:ID>", with: "<cbc:ID>Snippet\(index)</cbc:ID>")
            let run = try installation.run(
                "budstikke", "import", "--tenant", "1", "--recipient", "ok@kunde.test",
                try installation.write(text, to: "real/\(file)"))
            #expect(run.exitCode == 0, "\(file): \(run.errors)")
        }
        let forms = try installation.write(
            "tenant_id,key,name,document_type\n1,kredit,Kreditnota,credit_note\n",
            to: "form_templates.csv")
        let setup = try installation.write(
            "tenant_id,document_type,form_template\n1,credit_note,kredit\n",
            to: "form_setup.csv")
        #expect(try installation.run("budstikke", "import", forms, setup).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-06-01")
        try installation.drain()
        let sent = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch_list
            WHERE state = 'sent' AND recurring_invoice_number IS NULL AND invoice_id IS NOT NULL
            """)
        #expect(sent == files.count)
        try checkDocuments(installation)
    }

    /// Each PDF, read again by another program, has the number and the payable amount.
    private func checkDocuments(_ installation: TestInstallation) throws {
        let documents = try installation.database.connect().rows(
            """
            SELECT i.number, i.payable::text AS payable, f.content
            FROM document AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            JOIN file_content AS f ON f.tenant_id = d.tenant_id AND f.sha256 = d.sha256
            """
        ) { row in
            (
                try row["number"] as String, try row["payable"] as String,
                try row["content"] as [UInt8]
            )
        }
        #expect(!documents.isEmpty)
        for (number, payable, content) in documents {
            let path = installation.folder.appending(path: "document.pdf")
            try Data(content).write(to: path)
            let reader = Process()
            let pipe = Pipe()
            reader.executableURL = URL(filePath: "/usr/bin/pdftotext")
            reader.arguments = ["-layout", path.path(), "-"]
            reader.standardOutput = pipe
            try reader.run()
            let text = String(
                decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            reader.waitUntilExit()
            #expect(text.contains(number))
            let digits = text.filter(\.isNumber)
            #expect(digits.contains(payable.filter(\.isNumber)), "\(number): \(payable)")
        }
    }
}
