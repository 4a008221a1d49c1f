import Documents
import Foundation
import Invoicing
import Postgres
import TestSupport
import Testing

/// For each fault: it is found alone, its e-mail is sent, what that advises is done, and the invoice
/// goes out.
///
/// Each fault has a tenant of its own, numbered by its place. What is done is done by import or, as
/// a host system does, to the documented tables with the programs' own rights.
@Suite(.timeLimit(.minutes(15))) struct FaultAdviceTests {
    @Test func `doing what the e-mail of a fault advises sends the invoice`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(
            recipients: ["ok-1@kunde.test"], tenants: FaultCode.allCases.map(Self.tenant))
        for code in FaultCode.allCases {
            for step in FaultScenarios.breaking(code) {
                try Self.carry(out: step, code, installation)
            }
        }
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        for code in FaultCode.allCases { try Self.expectNotified(code, installation) }

        for code in FaultCode.allCases {
            for step in FaultScenarios.mending(code) {
                try Self.carry(out: step, code, installation)
            }
        }
        _ = try installation.run("generate-invoices", "--as-of", "2026-11-25")
        let resent = try installation.run(
            "budstikke", "resend", "--all-resolved", "--reason", "rettet")
        #expect(resent.exitCode == 0, "\(resent.output)\(resent.errors)")
        try Self.sendEmptyPlan(installation)
        try installation.drain()
        for channel in ["ehf", "print"] {
            let folder = installation.folder.appending(path: channel).path()
            let run = try installation.run(
                "budstikke", "outbox", "--channel", channel, "--take", folder)
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        try Self.expectSent(installation)
    }

    @Test func `an invoice of another system goes where importing it again says`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let xml = FaultScenarios.ubl("9001", period: true).replacing(
            "<cbc:ElectronicMail>styret@solsida.eksempel.test</cbc:ElectronicMail>",
            with: "<cbc:Name>Styret</cbc:Name>")
        let path = try installation.write(xml, to: "ubl/9001.xml")
        let plans = try installation.write(
            "tenant_id,key,position,name,channel\n1,brev,1,Brev,print\n", to: "send_plans.csv")
        #expect(try installation.run("budstikke", "import", plans).exitCode == 0)
        let unnamed = try installation.run("budstikke", "import", "--tenant", "1", path)
        #expect(unnamed.exitCode == 64 && unnamed.errors.contains("--send-plan"))
        let first = try installation.run(
            "budstikke", "import", "--tenant", "1", "--send-plan", "epost", path)
        #expect(first.exitCode == 0, "\(first.errors)")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let found = try installation.lines("SELECT code AS line FROM dispatch_fault")
        #expect(found == ["recipient_missing"])

        let again = try installation.run(
            "budstikke", "import", "--tenant", "1", "--recipient", "ok-9001@kunde.test", path)
        #expect(again.exitCode == 0, "\(again.errors)")
        _ = try installation.run("generate-invoices", "--as-of", "2026-11-25")
        let resent = try installation.run(
            "budstikke", "resend", "--all-resolved", "--reason", "rettet")
        #expect(resent.exitCode == 0, "\(resent.output)\(resent.errors)")
        try installation.drain()
        let sent = try installation.lines(
            """
            SELECT d.recipient AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.number = '9001' AND d.state = 'sent'
            """)
        #expect(sent == ["ok-9001@kunde.test"])
    }

    @Test func `an e-mail that is too long once it is filled in is told, and goes no other way`()
        throws
    {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try installation.database.connect().run(
            script: """
                UPDATE tenant SET name = repeat('Fjord ', 20) || 'AS' WHERE tenant_id = 1;
                UPDATE form_template SET email_text = repeat('{{seller}}', 900)
                WHERE tenant_id = 1
                """)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let made = try installation.lines(
            """
            SELECT concat_ws(' ', d.channel, d.state, d.reason, f.words ->> 'nb') AS line
            FROM dispatch AS d
            LEFT JOIN dispatch_fault AS f
                ON f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id
            WHERE d.purpose = 'invoice'
            """)
        #expect(made == ["email failed template_variable_unknown teksten er for lang"])
    }

    private static func tenant(_ code: FaultCode) -> Int {
        (FaultCode.allCases.firstIndex(of: code) ?? 0) + 1
    }

    private static func carry(
        out step: FaultScenarios.Step, _ code: FaultCode, _ installation: TestInstallation
    ) throws {
        let tenant = "\(tenant(code))"
        switch step {
        case .table(let name, let text, let files):
            let folder = UUID().uuidString
            for (name, text) in files { _ = try installation.write(text, to: "\(folder)/\(name)") }
            let rows = text.replacing("§", with: tenant)
            let path = try installation.write("\(rows)\n", to: "\(folder)/\(name).csv")
            let run = try installation.run("budstikke", "import", path)
            #expect(run.exitCode == 0, "\(code): \(run.errors)")
        case .invoice(let xml, let arguments):
            let path = try installation.write(xml, to: "ubl/\(UUID().uuidString).xml")
            let run = try installation.run(
                "budstikke", ["import", "--tenant", tenant, path] + arguments)
            #expect(run.exitCode == 0, "\(code): \(run.errors)")
        case .host(let sql):
            try installation.database.connect().run(
                script: "SET ROLE budstikke_job; \(sql.replacing("§", with: tenant))")
        case .owner(let sql):
            try installation.database.connect().run(script: sql.replacing("§", with: tenant))
        case .installation(let day):
            _ = try installation.run("generate-invoices", "--as-of", day, "--tenant", tenant)
            try installation.drain()
            try installation.settle()
        case .previewedPDF:
            let folder = installation.folder.appending(path: "preview")
            _ = try installation.run(
                "budstikke", "preview", "--tenant", tenant, "--recurring", "A1", "--out",
                folder.path())
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            let pdf = try #require(names.first { $0.hasSuffix(".pdf") }, "\(names)")
            let files = installation.folder.appending(path: "pdf")
            try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: folder.appending(path: pdf), to: files.appending(path: "avtale.pdf"))
            let path = try installation.write(
                "tenant_id,recurring_invoice,position,file,content_type\n"
                    + "\(tenant),A1,1,avtale.pdf,application/pdf\n", to: "pdf/attachments.csv")
            let run = try installation.run("budstikke", "import", path)
            #expect(run.exitCode == 0, "\(code): \(run.errors)")
        }
    }

    /// It is found, and nothing else of its tenant; and its user has what is to be done.
    private static func expectNotified(_ code: FaultCode, _ installation: TestInstallation) throws {
        let tenant = tenant(code)
        guard code != .sendPlanEmpty else {
            // A deliberate stop: listed, and nobody is alarmed.
            let stopped = try installation.lines(
                """
                SELECT concat_ws(' ', state, reason) AS line FROM dispatch
                WHERE tenant_id = \(tenant)
                """)
            #expect(stopped == ["cancelled send_plan_empty"])
            return
        }
        let found = try installation.lines(
            "SELECT code AS line FROM dispatch_fault WHERE tenant_id = \(tenant) ORDER BY 1")
        #expect(found == [code.rawValue], "\(code)")
        let mails = try installation.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.tenant_id = \(tenant) AND d.purpose = 'fault_report'
            """)
        #expect(mails.count == 1, "\(code)")
        let advice = Explanation(of: .fault(code), .nb)
        for text in [advice.summary, advice.nextStep] {
            #expect(mails.first?.contains(text) == true, "\(code): \(mails)")
        }
    }

    /// What was stopped on purpose is nobody's fault, and is sent by its number.
    private static func sendEmptyPlan(_ installation: TestInstallation) throws {
        let tenant = tenant(.sendPlanEmpty)
        let number = try installation.lines(
            "SELECT number AS line FROM invoice WHERE tenant_id = \(tenant)")
        let run = try installation.run(
            "budstikke", "resend", "--tenant", "\(tenant)", "--invoice", number.first ?? "",
            "--reason", "planen har fått en kanal")
        #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    }

    /// All that was to go out did, but for what was issued wrong and corrected by another.
    private static func expectSent(_ installation: TestInstallation) throws {
        let unsent = try installation.lines(
            """
            SELECT concat_ws(' ', i.tenant_id, i.number) AS line FROM invoice AS i
            WHERE NOT EXISTS (
                SELECT FROM dispatch AS d WHERE d.tenant_id = i.tenant_id
                    AND d.invoice_id = i.invoice_id AND d.state = 'sent')
            ORDER BY i.tenant_id
            """)
        #expect(
            unsent
                == [FaultCode.invoiceIncomplete, .numberSeriesPassed].map {
                    "\(tenant($0)) 10042"
                })
        for code in FaultCode.allCases {
            let sent = try installation.count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE tenant_id = \(tenant(code)) AND state = 'sent' AND purpose = 'invoice'
                """)
            #expect(sent > 0, "\(code)")
        }
        let left = try installation.lines(
            """
            SELECT DISTINCT tenant_id::text AS line FROM dispatch_fault WHERE mended_at IS NULL
            """)
        #expect(left == ["\(tenant(.invoiceIncomplete))"])
    }
}
