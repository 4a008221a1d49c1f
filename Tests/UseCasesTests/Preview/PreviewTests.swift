import Dispatching
import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// What would be sent can be seen before it is; and what must not be reminded, after.
struct PreviewTests {
    @Test func `a period that is not due yet is shown as it would go, and nothing is kept`() throws
    {
        let company = try TestCompany("ok-1@kunde.test", with: ["anchor_date": "2026-07-01"])
        let before = try company.contents()
        let shown = try company.preview(.period(7, of: "A1"))
        #expect(shown.faults == [] && shown.document?.starts(with: "%PDF-".utf8) == true)
        // The e-mail says when it is to be paid: fourteen days after the first of January.
        let message = try #require(shown.message)
        #expect(message.text.contains("2027") && message.html?.isEmpty == false)
        #expect(try company.contents() == before)
    }

    @Test func `a form template is shown with the newest invoice, drawn by it`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        try company.connection.insert(
            .formTemplate, ["form_key": "english", "name": "English", "language": "en"])
        let before = try company.contents()
        for what in [TestCompany.Shown.newest, .period(3, of: "A1")] {
            let shown = try company.preview(what, template: "english")
            let names = shown.message?.attachments.map(\.fileName) ?? []
            #expect(names.first?.hasPrefix("Invoice_") == true, "\(names)")
        }
        let error = #expect(throws: UsageError.self) {
            try company.preview(.newest, template: "englsh")
        }
        #expect(error?.exit == .badInput)
        #expect("\(String(describing: error))".contains("did you mean 'english'?"))
        #expect(try company.contents() == before, "nothing is kept")
    }

    @Test func `a form's columns and blocks are those of its documents`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        let before = try Self.text(of: company.preview(.period(1, of: "A1")))
        let form = [
            "form_templates.csv":
                "key,name,columns,hidden_blocks\n"
                + "standard,Standard,\"description, quantity, amount\",payment_box\n"
        ]
        // The same again changes nothing.
        for _ in 1...2 {
            #expect(try company.take(form, tenant: 1).isDone)
            #expect(try company.count("SELECT version AS count FROM form_template") == 2)
        }
        let after = try Self.text(of: company.preview(.period(1, of: "A1")))
        #expect(before.contains("Pris") && before.contains("KID"))
        #expect(!after.contains("Pris") && !after.contains("KID"))
        #expect(after.contains("Antall") && after.contains("Å betale"))
    }

    /// As another program reads it.
    private static func text(of preview: PreviewDispatch.Preview) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(preview.document ?? []).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["pdftotext", "-layout", "-enc", "UTF-8", file.path(), "-"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `what the law asks for of a form is refused by the file's line, and by the table`()
        throws
    {
        let company = try TestCompany("ok-1@kunde.test")
        let taken = try company.take(
            [
                "form_templates.csv":
                    "key,name,columns,hidden_blocks\n"
                    + "standard,Standard,\"description, amount\",vat_summary\n"
            ], tenant: 1)
        #expect(taken.exit == .badInput)
        for part in [
            "leaves out quantity", "§ 5-1-1 no. 3", "hides vat_summary", "§ 5-1-1 no. 6",
        ] {
            #expect(taken.error.contains(part), "\(part): \(taken)")
        }
        for change in [
            "columns = '{description,amount}'", "columns = '{amount,description,quantity}'",
            "columns = '{description,description,quantity,amount}'",
            "columns = '{description,quantity,NULL,amount}'",
            "columns = '{description,quantity,price,amount}'", "columns = '{}'",
            "hidden_blocks = '{totals}'", "hidden_blocks = '{NULL}'",
        ] {
            let error = #expect(throws: PostgresError.self) {
                try company.connection.run(script: "UPDATE form_template SET \(change)")
            }
            #expect("\(String(describing: error))".contains("form_template_"), "\(change)")
        }
    }

    @Test func `open faults are said, and a period after the agreement's end is none`() throws {
        let company = try TestCompany("ok-1@kunde.test", with: ["end_date": "2026-12-31"])
        let error = #expect(throws: UsageError.self) {
            try company.preview(.period(7, of: "A1"))
        }
        #expect(error?.exit == .badInput)
        #expect("\(String(describing: error))".contains("has ended or is paused"))
        try company.connection.run(script: "UPDATE recurring_invoice_line SET vat_code = '99'")
        #expect(try company.preview(.period(1, of: "A1")).faults.map(\.code) == [.vatRateUnknown])
    }

    @Test func `what was not received must not be reminded, and what was may be`() throws {
        let company = try TestCompany(
            "ok-1@kunde.test", "ok-2@kunde.test", "unknown-3@kunde.test", "ok bad@kunde.test")
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET plan_key = NULL
                WHERE recurring_invoice_number = 'A2'
                """)
        company.generate()
        #expect(try company.list("not-received").count == 4)
        company.send()
        company.reconcile()
        // One without a send plan, an unknown user and an address that is none.
        let why = try company.list("not-received").compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("why=") }.map(String.init)
        }
        #expect(
            why.sorted() == ["why=failed", "why=failed", "why=hard_bounced"])
    }
}
