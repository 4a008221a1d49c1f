import Foundation
import Postgres
import TestSupport
import Testing

/// A form's choice of columns and blocks, from its file to the document.
struct FormTests {
    private static func form(_ columns: String, _ blocks: String) -> String {
        "key,name,columns,hidden_blocks\nstandard,Standard,\"\(columns)\",\"\(blocks)\"\n"
    }

    private func importForm(_ text: String, _ installation: TestInstallation) throws -> ProgramRun {
        let file = installation.folder.appending(path: "form_templates.csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try installation.run("budstikke", "import", "--tenant", "1", file.path())
    }

    @Test func `a form's columns and blocks are those of its documents`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        let before = try preview(installation)
        let run = try importForm(
            Self.form("description, quantity, amount", "payment_box"), installation)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(
            try installation.count("SELECT version AS count FROM form_template WHERE tenant_id = 1")
                == 2)
        let after = try preview(installation)
        #expect(before.contains("Pris") && before.contains("KID"))
        #expect(!after.contains("Pris") && !after.contains("KID"))
        #expect(after.contains("Antall") && after.contains("Å betale"))
        // The same again changes nothing.
        _ = try importForm(Self.form("description, quantity, amount", "payment_box"), installation)
        #expect(
            try installation.count("SELECT version AS count FROM form_template WHERE tenant_id = 1")
                == 2)
    }

    @Test func `what the law asks for is refused by the file's line, and by the table`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        let run = try importForm(Self.form("description, amount", "vat_summary"), installation)
        #expect(run.exitCode == 65)
        for part in [
            "leaves out quantity", "§ 5-1-1 no. 3", "hides vat_summary", "§ 5-1-1 no. 6",
        ] {
            #expect((run.errors + run.output).contains(part), "\(part): \(run.errors)")
        }
        let connection = try installation.database.connect()
        for change in [
            "columns = '{description,amount}'", "columns = '{amount,description,quantity}'",
            "columns = '{description,description,quantity,amount}'",
            "columns = '{description,quantity,NULL,amount}'",
            "columns = '{description,quantity,price,amount}'", "columns = '{}'",
            "hidden_blocks = '{totals}'", "hidden_blocks = '{NULL}'",
        ] {
            let error = #expect(throws: PostgresError.self) {
                try connection.run(script: "UPDATE form_template SET \(change)")
            }
            #expect("\(String(describing: error))".contains("form_template_"), "\(change)")
        }
    }

    private func preview(_ installation: TestInstallation) throws -> String {
        let folder = installation.folder.appending(path: "preview-\(UUID().uuidString)")
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7",
            "--out", folder.path())
        #expect(run.exitCode == 0, "\(run.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        let name = try #require(names.first { $0.hasSuffix(".pdf") })
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "pdftotext", "-layout", "-enc", "UTF-8", folder.appending(path: name).path(), "-",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
