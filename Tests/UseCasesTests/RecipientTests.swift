import Dispatching
import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// A customer with others beside it who get its invoices: each copy has a fate of its own.
struct RecipientTests {
    /// One agreement; its customer has copies by column and by table, one of them twice.
    private static func company(
        email: String = "ok-1@kunde.test",
        copies: [String] = ["ok-regnskap@byraa.test", "unknown-borte@kunde.test"],
        named: [(email: String, name: String)] = [
            ("OK-Regnskap@byraa.test", "Byrået"), ("ok-prosjekt@kunde.test", "Per"),
        ]
    ) throws -> TestCompany {
        let company = try TestCompany(email)
        try change(company, email: email, copies: copies)
        for recipient in named {
            try company.connection.insert(
                .customerRecipient, ["email": recipient.email, "name": recipient.name])
        }
        company.generate()
        return company
    }

    private static func change(
        _ company: TestCompany, email: String = "ok-1@kunde.test", copies: [String]
    ) throws {
        _ = try company.connection.execute(
            "UPDATE customer SET email = \(email), copies = \(copies)")
    }

    private static func dispatches(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', d.role, d.recipient_key, d.state, d.delivery, d.reason) AS line
            FROM dispatch AS d WHERE d.purpose = 'invoice'
            ORDER BY d.role DESC, d.created_at, d.recipient_key
            """)
    }

    private static func settle(_ company: TestCompany) throws -> [String] {
        company.send()
        company.reconcile()
        return try dispatches(company)
    }

    /// Why the invoice must not be reminded.
    private static func held(_ company: TestCompany) throws -> [String] {
        try company.lines("SELECT why AS line FROM dunning_hold")
    }

    private static func reports(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report'
            """)
    }

    @Test func `copies go beside the invoice, and what becomes of them says nothing of it`() throws
    {
        let company = try Self.company()
        #expect(
            try Self.settle(company) == [
                "main ok-1@kunde.test sent delivered", "copy ok-prosjekt@kunde.test sent delivered",
                "copy ok-regnskap@byraa.test sent delivered",
                "copy unknown-borte@kunde.test sent hard_bounced user_unknown",
            ])
        #expect(try Self.held(company) == [], "the main recipient has it")
        #expect(try company.broken() == [])
        let subjects = try company.lines(
            """
            SELECT concat_ws('|', d.role, m.to_name, m.subject,
                strpos(m.body_text, 'Dette er en kopi til orientering. Originalen er stilet til'
                    ' Kunde 1 AS.')) AS line
            FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            ORDER BY d.role DESC, d.recipient_key
            """)
        #expect(
            subjects == [
                "main|Kunde 1 AS|Faktura 1 fra Fjordlys AS|0",
                "copy|Per|Kopi: Faktura 1 fra Fjordlys AS|1",
                "copy|Kopi: Faktura 1 fra Fjordlys AS|1", "copy|Kopi: Faktura 1 fra Fjordlys AS|1",
            ])
        let listed = try company.list("all")
        #expect(listed.count == 4 && listed[0].contains("to=o•••@kunde.test"), "\(listed)")
        for copy in ["copy: o•••@byraa.test", "copy: u•••@kunde.test"] {
            #expect(listed.dropFirst().contains { $0.contains("to=\(copy)") }, "\(listed)")
        }
        let documents = try company.count("SELECT count(*) AS count FROM document")
        #expect(documents == 1, "all have the same document")
    }

    @Test func `a copy that arrives is no receipt of the invoice`() throws {
        let company = try Self.company(email: "unknown-1@kunde.test", copies: ["ok-2@kunde.test"])
        let copies = [
            "copy ok-2@kunde.test sent delivered", "copy ok-prosjekt@kunde.test sent delivered",
            "copy ok-regnskap@byraa.test sent delivered",
        ]
        let bounced = "main unknown-1@kunde.test sent hard_bounced user_unknown"
        #expect(try Self.settle(company) == [bounced] + copies)
        #expect(try Self.held(company) == ["hard_bounced"])
        // Mended and sent again, it goes to the customer alone: the others have theirs.
        try Self.change(company, copies: ["ok-2@kunde.test"])
        let resent = company.resend(.invoice("1"), reason: "rettet")
        #expect(resent.isDone, "\(resent)")
        #expect(
            try Self.settle(company)
                == [bounced, "main ok-1@kunde.test sent delivered"] + copies)
        #expect(try Self.held(company) == [])
    }

    @Test func `a copy with a bad address holds up nothing, and is mended by itself`() throws {
        let company = try Self.company(copies: ["ingen", "adresse"], named: [])
        let first = [
            "main ok-1@kunde.test sent delivered", "copy adresse failed unknown recipient_invalid",
            "copy ingen failed unknown recipient_invalid",
        ]
        #expect(try Self.settle(company) == first)
        let told = try Self.reports(company)
        #expect(told.count == 1 && told[0].contains("kopi til ingen"), "\(told)")
        try Self.change(company, copies: ["ok-2@kunde.test"])
        company.generate()
        // The one goes to the address that came instead; the other is the customer's no longer.
        #expect(company.resend(.allResolved).counts["queued"] == 1)
        #expect(try Self.settle(company) == first + ["copy ok-2@kunde.test sent delivered"])
        #expect(try company.broken() == [])
    }

    @Test func `two addresses where one belongs are a fault that says so, and the copies go`()
        throws
    {
        let company = try Self.company(
            email: "ok-1@kunde.test, ok-3@kunde.test", copies: ["ok-2@kunde.test"], named: [])
        let failed = "main ok-1@kunde.test, ok-3@kunde.test failed unknown recipient_several"
        #expect(try Self.settle(company) == [failed, "copy ok-2@kunde.test sent delivered"])
        let told = try Self.reports(company)
        #expect(told.count == 1 && told[0].contains("flere adresser"), "\(told)")
        try Self.change(company, copies: ["ok-2@kunde.test", "ok-3@kunde.test"])
        company.generate()
        let resent = company.resend(.allResolved)
        #expect(resent.isDone, "\(resent)")
        #expect(
            try Self.settle(company) == [
                failed, "main ok-1@kunde.test sent delivered",
                "copy ok-2@kunde.test sent delivered", "copy ok-3@kunde.test sent delivered",
            ])
    }

    @Test func `who cancels an invoice by its number cancels its copies too`() throws {
        let company = try Self.company()
        let run = company.cancel("1", reason: "feil beløp")
        #expect(run.text.contains("cancelled, and 3 copies"), "\(run)")
        company.send()
        #expect(company.provider.taken.count == 0)
        #expect(try Self.dispatches(company).allSatisfy { $0.contains("cancelled") })
    }
}
