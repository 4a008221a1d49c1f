import Foundation
import Postgres
import TestSupport
import Testing

/// What people do by hand: cancel, send again, lift.
struct DeedTests {
    @Test func `what is queued is cancelled, and is not sent`() throws {
        let installation = try Self.queued(["ok-1@kunde.test", "ok-2@kunde.test"])
        let number = try Self.number(installation, "A1")
        let rehearsed = try installation.run("budstikke", "cancel", number, "--dry-run")
        #expect(rehearsed.exitCode == 0, "\(rehearsed.errors)")
        #expect(rehearsed.output.contains("would be cancelled"), "\(rehearsed.output)")
        #expect(try Self.state(installation, "A1") == ["queued"], "a dry run changes nothing")
        let run = try installation.run(
            "budstikke", "cancel", number, "--user", "kari", "--reason", "feil beløp")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.state(installation, "A1") == ["cancelled"])
        let again = try installation.run("budstikke", "cancel", number)
        #expect(again.exitCode == 65, "it has ended already")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 1)
        #expect(try Self.audit(installation, "cancel") == ["kari: feil beløp"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a cancel while it is being sent is honoured if the provider does not take it`()
        throws
    {
        let installation = try Self.queued(["ok-1@kunde.test"], latencyMilliseconds: 3_000)
        try installation.order(fault: "status_429", at: "send", count: 1)
        #expect(try Self.cancelWhileSending(installation) == 75, "the provider asks to wait")
        #expect(try Self.state(installation, "A1") == ["cancelled"])
        #expect(try installation.ledger().accepted == 0)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a cancel that comes too late is no lie: what was taken is sent`() throws {
        let installation = try Self.queued(["ok-1@kunde.test"], latencyMilliseconds: 3_000)
        #expect(try Self.cancelWhileSending(installation) == 0)
        #expect(try Self.state(installation, "A1") == ["sent"])
        #expect(try installation.ledger().accepted == 1)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `sending again is refused while one is ongoing, and linked when it is not`() throws {
        let installation = try Self.queued(["ok-1@kunde.test"])
        let number = try Self.number(installation, "A1")
        for _ in 0..<2 {
            let run = try installation.run("budstikke", "resend", "--invoice", number)
            #expect(run.exitCode == 1)
            #expect(run.output.contains("cancel that first"), "it says what to do")
            #expect(try Self.state(installation, "A1").count == 1)
            _ = try installation.run("send-dispatches")
        }
        try installation.settle()
        let rehearsed = try installation.run(
            "budstikke", "resend", "--invoice", number, "--dry-run")
        #expect(rehearsed.exitCode == 0, "\(rehearsed.errors)")
        #expect(rehearsed.output.contains("would be queued"), "\(rehearsed.output)")
        #expect(try Self.state(installation, "A1").count == 1, "a dry run changes nothing")
        let run = try installation.run(
            "budstikke", "resend", "--invoice", number, "--user", "kari", "--reason", "ba om det")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.state(installation, "A1").count == 2)
        let linked = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch AS d JOIN dispatch AS o
                ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.resend_of
            WHERE d.root_id = o.root_id
            """)
        #expect(linked == 1)
        #expect(try Self.audit(installation, "resend") == ["kari: ba om det"])
    }

    private static func cancelWhileSending(_ installation: TestInstallation) throws -> Int32 {
        let number = try Self.number(installation, "A1")
        let drain = RunningProgram(
            "send-dispatches", installation.arguments([]),
            environment: [
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "10", "BUDSTIKKE_SEND_LEASE_SECONDS": "30",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "31",
            ])
        try drain.start()
        #expect(try installation.wait { try state(installation, "A1") == ["sending"] })
        let run = try installation.run("budstikke", "cancel", number)
        #expect(run.output.contains("being sent now"), "\(run.output)\(run.errors)")
        return drain.wait().exitCode
    }

    private static func queued(
        _ recipients: [String], latencyMilliseconds: Int = 0
    ) throws -> TestInstallation {
        let installation = try TestInstallation(arguments: [
            "--latency-ms", "\(latencyMilliseconds)",
        ])
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    static func number(_ installation: TestInstallation, _ agreement: String) throws -> String {
        try #require(
            try installation.lines(
                """
                SELECT number AS line FROM invoice
                WHERE recurring_invoice_number = \(agreement) ORDER BY tenant_id
                """
            ).first)
    }

    static func state(_ installation: TestInstallation, _ agreement: String) throws -> [String] {
        try installation.lines(
            """
            SELECT d.state AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = \(agreement) ORDER BY d.created_at
            """)
    }

    static func audit(_ installation: TestInstallation, _ action: String) throws -> [String] {
        try installation.lines(
            """
            SELECT actor || ': ' || reason AS line FROM audit
            WHERE action = \(action) ORDER BY at
            """)
    }
}
