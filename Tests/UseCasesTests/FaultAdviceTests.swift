import Documents
import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// For each fault: it is found alone, its e-mail is sent, what that advises is done, and the invoice
/// goes out.
///
/// Each fault has a tenant of its own, numbered by its place. What is done is done by import or, as
/// a host system does, to the documented tables with the programs' own rights.
@Suite(.timeLimit(.minutes(15))) struct FaultAdviceTests {
    @Test func `doing what the e-mail of a fault advises sends the invoice`() throws {
        let company = try TestCompany(
            "ok-1@kunde.test", tenants: 1...FaultCode.allCases.count)
        for code in FaultCode.allCases {
            for step in FaultScenarios.breaking(code) {
                try Self.carry(out: step, code, company)
            }
        }
        company.generate(on: Company.smallAsOf)
        for code in FaultCode.allCases { try Self.expectNotified(code, company) }

        for code in FaultCode.allCases {
            for step in FaultScenarios.mending(code) {
                try Self.carry(out: step, code, company)
            }
        }
        company.generate(on: "2026-11-25")
        let resent = company.resend(.allResolved, reason: "rettet")
        #expect(resent.isDone, "\(resent)")
        try Self.sendEmptyPlan(company)
        try company.drain()
        for channel in [Channel.ehf, .print] {
            #expect(company.takeOutbox(channel, into: channel.rawValue).isDone)
        }
        try Self.expectSent(company)
    }

    @Test func `an invoice of another system goes where importing it again says`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        let xml = FaultScenarios.ubl("9001", period: true).replacing(
            "<cbc:ElectronicMail>styret@solsida.eksempel.test</cbc:ElectronicMail>",
            with: "<cbc:Name>Styret</cbc:Name>")
        try company.connection.insert(.sendPlan, ["plan_key": "brev"])
        try company.connection.insert(.sendPlanStep, ["plan_key": "brev", "channel": "print"])
        let unnamed = try company.take(["9001.xml": xml], tenant: 1)
        #expect(unnamed.exit == .usage && unnamed.error.contains("--send-plan"), "\(unnamed)")
        let first = try company.take(["9001.xml": xml], tenant: 1, plan: "epost")
        #expect(first.isDone, "\(first)")
        company.generate()
        let found = try company.lines("SELECT code AS line FROM dispatch_fault")
        #expect(found == ["recipient_missing"])

        let again = try company.take(
            ["9001.xml": xml], tenant: 1, recipient: "ok-9001@kunde.test")
        #expect(again.isDone, "\(again)")
        company.generate(on: "2026-11-25")
        let resent = company.resend(.allResolved, reason: "rettet")
        #expect(resent.isDone, "\(resent)")
        company.send()
        let sent = try company.lines(
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
        let company = try TestCompany("ok-1@kunde.test")
        try company.connection.run(
            script: """
                UPDATE tenant SET name = repeat('Fjord ', 20) || 'AS' WHERE tenant_id = 1;
                UPDATE form_template SET email_text = repeat('{{seller}}', 900)
                WHERE tenant_id = 1
                """)
        company.generate()
        let made = try company.lines(
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
        out step: FaultScenarios.Step, _ code: FaultCode, _ company: TestCompany
    ) throws {
        let number = Int64(tenant(code))
        func placed(_ text: String) -> String { text.replacing("§", with: "\(number)") }
        var taken = TestCompany.Outcome()
        switch step {
        case .table(let name, let text, let files):
            taken = try company.take(
                ["\(name).csv": placed(text) + "\n"], beside: files.mapValues { Data($0.utf8) })
        case .invoice(let xml, let recipient):
            taken = try company.take(
                ["\(UUID()).xml": xml], tenant: number, recipient: recipient,
                isDispatched: recipient != nil)
        case .host(let sql):
            try company.connection.run(
                script: "SET ROLE budstikke_job; \(placed(sql)); RESET ROLE")
        case .owner(let sql): try company.connection.run(script: placed(sql))
        case .installation(let day):
            company.generate(on: day, tenant: number)
            company.send()
            company.reconcile()
        case .previewedPDF:
            let shown = try company.preview(.period(1, of: "A1"), tenant: number)
            taken = try company.take(
                [
                    "attachments.csv":
                        "tenant_id,recurring_invoice,position,file,content_type\n"
                        + "\(number),A1,1,avtale.pdf,application/pdf\n"
                ], beside: ["avtale.pdf": Data(shown.document ?? [])])
        }
        #expect(taken.isDone, "\(code): \(taken)")
    }

    /// It is found, and nothing else of its tenant; and its user has what is to be done.
    private static func expectNotified(_ code: FaultCode, _ company: TestCompany) throws {
        let tenant = tenant(code)
        guard code != .sendPlanEmpty else {
            // A deliberate stop: listed, and nobody is alarmed.
            let stopped = try company.lines(
                """
                SELECT concat_ws(' ', state, reason) AS line FROM dispatch
                WHERE tenant_id = \(tenant)
                """)
            #expect(stopped == ["cancelled send_plan_empty"])
            return
        }
        let found = try company.lines(
            "SELECT code AS line FROM dispatch_fault WHERE tenant_id = \(tenant) ORDER BY 1")
        #expect(found == [code.rawValue], "\(code)")
        let mails = try company.lines(
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
    private static func sendEmptyPlan(_ company: TestCompany) throws {
        let tenant = tenant(.sendPlanEmpty)
        let number = try company.lines(
            "SELECT number AS line FROM invoice WHERE tenant_id = \(tenant)")
        let run = company.resend(
            .invoice(number.first ?? ""), reason: "planen har fått en kanal",
            tenant: Int64(tenant))
        #expect(run.isDone, "\(run)")
    }

    /// All that was to go out did, but for what was issued wrong and corrected by another.
    private static func expectSent(_ company: TestCompany) throws {
        let unsent = try company.lines(
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
            let sent = try company.count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE tenant_id = \(tenant(code)) AND state = 'sent' AND purpose = 'invoice'
                """)
            #expect(sent > 0, "\(code)")
        }
        let left = try company.lines(
            """
            SELECT DISTINCT tenant_id::text AS line FROM dispatch_fault WHERE mended_at IS NULL
            """)
        #expect(left == ["\(tenant(.invoiceIncomplete))"])
    }
}
