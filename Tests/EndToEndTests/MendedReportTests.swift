import Foundation
import Postgres
import TestSupport
import Testing

/// What the e-mail says of what no longer fails: each by what became of it, and only once all of it
/// is mended.
struct MendedReportTests {
    /// A1 has a VAT code without a rate, A2 missed periods to decide about, A3 no address and a bad
    /// attachment, A4 no address.
    private static let broken = [
        "recurring_invoices.csv": """
        tenant_id,number,customer,created_by,send_plan,anchor_date,interval_unit,catch_up_policy
        1,A2,2,kari,epost,2026-09-01,month,ask

        """,
        "recurring_invoice_lines.csv": """
        tenant_id,recurring_invoice,line_number,description,unit_price,vat_code
        1,A1,1,Leie,100,9

        """,
        "customers.csv": """
        tenant_id,number,name,email
        1,3,Kunde 3 AS,
        1,4,Kunde 4 AS,

        """,
        "attachments.csv": """
        tenant_id,recurring_invoice,position,file,content_type
        1,A3,1,avtale.pdf,application/pdf

        """,
        "avtale.pdf": "ingen PDF",
    ]

    private static let mended = [
        "vat_rates.csv": "tenant_id,code,valid_from,category,rate\n1,9,2005-01-01,S,25\n",
        "customers.csv": broken["customers.csv"]?.replacing("3 AS,", with: "3 AS,ok-3@kunde.test")
            .replacing("4 AS,", with: "4 AS,ok-4@kunde.test"),
        "recurring_invoices.csv": """
        tenant_id,number,customer,created_by,anchor_date,interval_unit,skip_before
        1,A2,2,kari,2026-09-01,month,2026-12-01

        """,
    ].compactMapValues(\.self)

    private static func importFiles(
        _ files: [String: String], _ name: String, _ installation: TestInstallation
    ) throws {
        for (file, text) in files { _ = try installation.write(text, to: "\(name)/\(file)") }
        for file in files.keys.sorted() where file.hasSuffix(".csv") {
            let run = try installation.run(
                "budstikke", "import", installation.folder.appending(path: "\(name)/\(file)").path()
            )
            #expect(run.exitCode == 0, "\(run.errors)")
        }
    }

    @Test func `what is mended is on its way, to be sent, or never invoiced`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        try Self.importFiles(Self.broken, "broken", installation)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try Self.importFiles(Self.mended, "mended", installation)
        _ = try installation.run("generate-invoices", "--as-of", "2026-11-25")

        let reports = try installation.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY d.created_at
            """)
        try #require(reports.count == 2, "\(reports)")
        let sections = reports[1].components(separatedBy: "\n\n")
        func section(_ heading: String) -> String {
            sections.first { $0.hasPrefix(heading) } ?? "no section \(heading)"
        }
        let toSend = section("Rettet siden sist, og klart til å sendes")
        #expect(toSend.contains("Kunde 4 AS") && toSend.contains("«Send på nytt»"), "\(reports)")
        let made = section("Rettet siden sist, og på vei")
        #expect(made.contains("Faktura") && made.contains("Kunde 1 AS"), "\(reports)")
        let passedOver = section("Blir ikke fakturert")
        #expect(passedOver.contains("Avtale A2"), "\(reports)")
        #expect(!reports[1].contains("Kunde 3 AS"), "one of its faults is left: \(reports)")
        #expect(!passedOver.contains("sendt") && !made.contains("ikke sendt"))
    }
}
