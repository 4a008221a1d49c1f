import Dispatching
import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Documents by EHF: with the e-mail, or handed over to the access point.
struct EHFOutboxTests {
    /// A1 goes by EHF, A2 would but has no address for it and goes by e-mail, A3 by e-mail with
    /// its EHF, and A4 by EHF that the receiver would refuse.
    private static func company(endpoint: String? = nil) throws -> TestCompany {
        let company = try TestCompany()
        let connection = company.connection
        try connection.insertCompany()
        for (plan, channel) in [("ehf", "ehf"), ("begge", "email")] {
            try connection.insert(.sendPlan, ["plan_key": plan])
            try connection.insert(
                .sendPlanStep,
                ["plan_key": plan, "channel": channel, "attach_ehf": "\(plan == "begge")"])
        }
        try connection.insert(
            .sendPlanStep, ["plan_key": "ehf", "position": "2", "channel": "email"])
        let buyers: [[String: String?]] = [
            ["buyer_reference": "best-1", "endpoint": endpoint], ["organisation_number": nil],
            ["buyer_reference": "best-3"], [:],
        ]
        for (index, buyer) in buyers.enumerated() {
            try connection.insertAgreement(
                index + 1, email: "ok-\(index + 1)@kunde.test",
                ["plan_key": index == 2 ? "begge" : "ehf"],
                customer: ["organisation_number": "974760673"].merging(buyer) { $1 })
        }
        company.generate()
        return company
    }

    private static func dispatches(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT format('%s %s %s %s', i.recurring_invoice_number, d.channel, d.state,
                d.reason) AS line
            FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.purpose = 'invoice' ORDER BY 1
            """)
    }

    private static func document(_ company: TestCompany) throws -> String {
        let name = try #require(try company.names(in: "outbox").first)
        return try String(
            contentsOf: company.folder.appending(path: "outbox/\(name)"), encoding: .utf8)
    }

    /// The id by which the access point names what was handed over.
    private static func handedOver(_ company: TestCompany) throws -> String {
        let name = try #require(try company.names(in: "outbox").first)
        return String(name.split(separator: "_")[1].prefix(8))
    }

    @Test func `the send plan says how the EHF goes`() throws {
        let company = try Self.company()
        #expect(
            try Self.dispatches(company) == [
                "A1 ehf queued ", "A2 email queued ", "A3 email queued ",
            ])
        // What the rules refuse takes no number: it is mended at its source, and made the next night.
        #expect(
            try company.lines(
                """
                SELECT concat_ws(' ', recurring_invoice_number, state, reason) AS line
                FROM dispatch WHERE invoice_id IS NULL AND purpose = 'invoice'
                """) == ["A4 failed ehf_rule_broken"])
        let detail = try company.lines(
            "SELECT detail AS line FROM dispatch_fault WHERE code = 'ehf_rule_broken'")
        #expect(detail.first?.contains("PEPPOL-EN16931-R003") ?? false, "\(detail)")
        let attached = try company.lines(
            """
            SELECT a.file_name AS line FROM dispatch_attachment AS a
            JOIN dispatch AS d ON d.tenant_id = a.tenant_id AND d.dispatch_id = a.dispatch_id
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = 'A3' ORDER BY a.position
            """)
        #expect(attached == ["Faktura_3.pdf", "Faktura_3.xml"])
        #expect(try company.broken() == [])
        company.send()
        #expect(company.provider.taken.count == 3, "two invoices and the report of the third")
    }

    @Test func `what waits is handed over once, and its answer is written down`() throws {
        let company = try Self.company()
        #expect(company.takeOutbox(.ehf, isDryRun: true).counts["taken"] == 1)
        let taken = company.takeOutbox(.ehf)
        #expect(taken.counts["taken"] == 1, "\(taken)")
        #expect(
            try Self.document(company).contains("<cbc:BuyerReference>best-1</cbc:BuyerReference>"))
        #expect(try Self.dispatches(company)[0] == "A1 ehf sent ")
        #expect(company.takeOutbox(.ehf).counts["taken"] == 0)

        // Killed between the commit and the renaming.
        let name = try #require(try company.names(in: "outbox").first)
        let outbox = company.folder.appending(path: "outbox")
        try FileManager.default.moveItem(
            at: outbox.appending(path: name), to: outbox.appending(path: ".\(name)"))
        #expect(company.takeOutbox(.ehf).counts["taken"] == 1)
        #expect(try company.names(in: "outbox") == [name])

        let dispatch = try Self.handedOver(company)
        #expect(company.answerOutbox(dispatch).isDone)
        #expect(company.answerOutbox(dispatch).exit == .badInput, "it is delivered already")
        #expect(try company.broken() == [])
        #expect(
            try company.lines("SELECT delivery AS line FROM dispatch WHERE channel = 'ehf'")
                == ["delivered"])
    }

    @Test(arguments: ["0192:974760673", "0192:974 760 673", "0088:7300010000001"])
    func `an electronic address stands in the document as scheme and number`(
        endpoint: String
    ) throws {
        let company = try Self.company(endpoint: endpoint)
        #expect(try Self.dispatches(company)[0] == "A1 ehf queued ", "sound by the rules of EHF")
        #expect(company.takeOutbox(.ehf).counts["taken"] == 1)
        let document = try Self.document(company)
        let parts = endpoint.split(separator: ":")
        let element = "<cbc:EndpointID schemeID=\"\(parts[0])\">"
        let number = parts[1].filter { $0 != " " }
        #expect(document.contains("\(element)\(number)</cbc:EndpointID>"), "\(document)")
    }

    @Test func `a copy of the database hands nothing over`() throws {
        let company = try Self.company()
        company.settings.installation = "a-copy"
        let run = company.takeOutbox(.ehf)
        #expect(run.exit == .configuration && run.error.contains("a copy must not send"), "\(run)")
        #expect(try Self.dispatches(company)[0] == "A1 ehf queued ")
        #expect(
            !FileManager.default.fileExists(atPath: company.folder.appending(path: "outbox").path())
        )
    }

    @Test func `what was not committed when the program was killed is not handed over`() throws {
        let company = try Self.company()
        let dispatch = try #require(
            try company.lines("SELECT dispatch_id::text AS line FROM dispatch_outbox").first)
        try company.write("<half", to: "outbox/.1_\(dispatch).xml")
        // Nothing may be taken, so what lies there is all that could be published.
        try company.connection.run(script: "BEGIN; SELECT FROM dispatch_outbox FOR UPDATE")
        #expect(company.takeOutbox(.ehf).counts["taken"] == 0)
        #expect(try company.names(in: "outbox") == [".1_\(dispatch).xml"])
    }

    @Test func `a refusal is a failure that somebody is told of, and a cancel takes it back`()
        throws
    {
        let company = try Self.company()
        company.takeOutbox(.ehf)
        let dispatch = try Self.handedOver(company)
        #expect(company.answerOutbox(dispatch, refusal: "ukjent mottaker").isDone)
        #expect(try Self.dispatches(company)[0] == "A1 ehf failed ehf_refused")
        #expect(try company.todos().contains { $0.contains("ukjent mottaker") })

        let resent = company.resend(.dispatch(dispatch), reason: "rettet")
        #expect(resent.isDone, "\(resent)")
        let waiting: Query = "SELECT count(*) AS count FROM dispatch_outbox"
        #expect(try company.count(waiting) == 1)
        #expect(company.cancel(try company.number("A1")).isDone)
        #expect(try company.count(waiting) == 0)
        #expect(try company.broken() == [])
    }

    @Test func `a preview shows the EHF, and the rules that it breaks`() throws {
        let company = try Self.company()
        let refused = try company.preview(.period(1, of: "A4"))
        #expect(
            refused.faults.contains { $0.detail.contains("PEPPOL-EN16931-R003") },
            "\(refused.faults)")
        let mailed = try company.preview(.invoice(try company.number("A3")))
        #expect(!mailed.ehf.isEmpty)
        #expect(
            mailed.message?.attachments.map(\.fileName) == ["Faktura_3.pdf", "Faktura_3.xml"])
    }
}
