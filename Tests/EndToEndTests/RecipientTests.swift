import Foundation
import Postgres
import TestSupport
import Testing

/// A customer with others beside it who get its invoices: each copy has a fate of its own.
struct RecipientTests {
    private static let byColumn = "ok-regnskap@byraa.test; unknown-borte@kunde.test"

    /// One agreement; its customer has copies by column and by table, one of them twice.
    private static func company(
        email: String = "ok-1@kunde.test", copies: String = byColumn,
        recipients: String = "1,1,OK-Regnskap@byraa.test,Byrået\n1,1,ok-prosjekt@kunde.test,Per\n"
    ) throws -> TestInstallation {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: ["ok-0@kunde.test"])
        try importCopies(installation, email: email, copies: copies, recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func importCopies(
        _ installation: TestInstallation, email: String, copies: String, recipients: String = ""
    ) throws {
        var files = [
            try installation.write(
                "tenant_id,number,name,email,copies\n1,1,Kunde 1 AS,\"\(email)\",\"\(copies)\"\n",
                to: "mended/customers.csv")
        ]
        if !recipients.isEmpty {
            files.append(
                try installation.write(
                    "tenant_id,customer,email,name\n\(recipients)",
                    to: "mended/customer_recipients.csv"))
        }
        for file in files {
            let run = try installation.run("budstikke", "import", file)
            #expect(run.exitCode == 0, "\(run.errors)")
        }
    }

    private static func dispatches(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', d.role, d.recipient_key, d.state, d.delivery, d.reason) AS line
            FROM dispatch AS d WHERE d.purpose = 'invoice'
            ORDER BY d.role DESC, d.created_at, d.recipient_key
            """)
    }

    private static func settle(_ installation: TestInstallation, until expected: [String]) throws {
        _ = try installation.run("send-dispatches")
        let isSettled = try installation.wait {
            _ = try installation.run("reconcile-bounces")
            return try dispatches(installation) == expected
        }
        let found = try dispatches(installation)
        #expect(isSettled, "\(found)")
    }

    /// Why the invoice must not be reminded; late it is in any case, since the clock is the real one.
    private static func held(_ installation: TestInstallation) throws -> [String] {
        try installation.lines("SELECT why AS line FROM dunning_hold")
    }

    @Test func `copies go beside the invoice, and what becomes of them says nothing of it`() throws
    {
        let installation = try Self.company()
        try Self.settle(
            installation,
            until: [
                "main ok-1@kunde.test sent delivered", "copy ok-prosjekt@kunde.test sent delivered",
                "copy ok-regnskap@byraa.test sent delivered",
                "copy unknown-borte@kunde.test sent hard_bounced user_unknown",
            ])
        #expect(try Self.held(installation) == ["received_late"], "the main recipient has it")
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        let subjects = try installation.lines(
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
        let list = try installation.run("budstikke", "list").output
        let places = ["o•••@kunde.test", "copy: o•••@byraa.test", "copy: u•••@kunde.test"].map {
            list.range(of: "\"\($0)\"")?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil } && places[0]! < places[1]!, "\(list)")
        let documents = try installation.count("SELECT count(*) AS count FROM document")
        #expect(documents == 1, "all have the same document")
    }

    @Test func `a copy that arrives is no receipt of the invoice`() throws {
        let installation = try Self.company(
            email: "unknown-1@kunde.test", copies: "ok-2@kunde.test")
        try Self.settle(
            installation,
            until: [
                "main unknown-1@kunde.test sent hard_bounced user_unknown",
                "copy ok-2@kunde.test sent delivered", "copy ok-prosjekt@kunde.test sent delivered",
                "copy ok-regnskap@byraa.test sent delivered",
            ])
        #expect(try Self.held(installation) == ["hard_bounced"])
        // Mended and sent again, it goes to the customer alone: the others have theirs.
        try Self.importCopies(installation, email: "ok-1@kunde.test", copies: "ok-2@kunde.test")
        let resent = try installation.run(
            "budstikke", "resend", "--invoice", "1", "--reason", "rettet")
        #expect(resent.exitCode == 0, "\(resent.output)\(resent.errors)")
        try Self.settle(
            installation,
            until: [
                "main unknown-1@kunde.test sent hard_bounced user_unknown",
                "main ok-1@kunde.test sent delivered", "copy ok-2@kunde.test sent delivered",
                "copy ok-prosjekt@kunde.test sent delivered",
                "copy ok-regnskap@byraa.test sent delivered",
            ])
        #expect(try Self.held(installation) == ["received_late"])
    }

    @Test func `a copy with a bad address holds up nothing, and is mended by itself`() throws {
        let installation = try Self.company(copies: "ingen adresse", recipients: "")
        let first = [
            "main ok-1@kunde.test sent delivered", "copy adresse failed unknown recipient_invalid",
            "copy ingen failed unknown recipient_invalid",
        ]
        try Self.settle(installation, until: first)
        let told = try installation.lines(
            "SELECT body_text AS line FROM dispatch_message WHERE subject LIKE '%stoppet%'")
        #expect(told.count == 1 && told[0].contains("kopi til ingen"), "\(told)")
        try Self.importCopies(installation, email: "ok-1@kunde.test", copies: "ok-2@kunde.test")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let resent = try installation.run("budstikke", "resend", "--all-resolved")
        // The one goes to the address that came instead; the other is the customer's no longer.
        #expect(resent.output.contains("\"queued\":1"), "\(resent.output)")
        try Self.settle(installation, until: first + ["copy ok-2@kunde.test sent delivered"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `two addresses where one belongs are a fault that says so, and the copies go`()
        throws
    {
        let installation = try Self.company(
            email: "ok-1@kunde.test, ok-3@kunde.test", copies: "ok-2@kunde.test", recipients: "")
        try Self.settle(
            installation,
            until: [
                "main ok-1@kunde.test, ok-3@kunde.test failed unknown recipient_several",
                "copy ok-2@kunde.test sent delivered",
            ])
        let told = try installation.lines(
            "SELECT body_text AS line FROM dispatch_message WHERE subject NOT LIKE 'Kopi%'")
        #expect(told.count == 1 && told[0].contains("flere adresser"), "\(told)")
        try Self.importCopies(
            installation, email: "ok-1@kunde.test", copies: "ok-2@kunde.test, ok-3@kunde.test")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let resent = try installation.run("budstikke", "resend", "--all-resolved")
        #expect(resent.exitCode == 0, "\(resent.output)\(resent.errors)")
        try Self.settle(
            installation,
            until: [
                "main ok-1@kunde.test, ok-3@kunde.test failed unknown recipient_several",
                "main ok-1@kunde.test sent delivered", "copy ok-2@kunde.test sent delivered",
                "copy ok-3@kunde.test sent delivered",
            ])
    }

    @Test func `who cancels an invoice by its number cancels its copies too`() throws {
        let installation = try Self.company()
        let run = try installation.run("budstikke", "cancel", "1", "--reason", "feil beløp")
        #expect(run.output.contains("cancelled, and 3 copies"), "\(run.output)\(run.errors)")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 0)
        #expect(try Self.dispatches(installation).allSatisfy { $0.contains("cancelled") })
    }
}
