import Foundation
import Postgres
import TestSupport
import Testing

/// What people do by hand: cancel, send again, lift.
struct DeedTests {
    @Test func `what is queued is cancelled, and is not sent`() throws {
        let night = try Self.queued(["ok-1@kunde.test", "ok-2@kunde.test"])
        let number = try Self.number(night, "A1")
        let rehearsed = try night.run("budstikke", "cancel", number, "--dry-run")
        #expect(rehearsed.exitCode == 0, "\(rehearsed.errors)")
        #expect(rehearsed.output.contains("would be cancelled"), "\(rehearsed.output)")
        #expect(try Self.state(night, "A1") == ["queued"], "a dry run changes nothing")
        let run = try night.run(
            "budstikke", "cancel", number, "--user", "kari", "--reason", "feil beløp")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.state(night, "A1") == ["cancelled"])
        let again = try night.run("budstikke", "cancel", number)
        #expect(again.exitCode == 65, "it has ended already")
        _ = try night.run("send-dispatches")
        #expect(try night.ledger().accepted == 1)
        #expect(try Self.audit(night, "cancel") == ["kari: feil beløp"])
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a cancel while it is being sent is honoured if the provider does not take it`()
        throws
    {
        let night = try Self.queued(["ok-1@kunde.test"], latencyMilliseconds: 3_000)
        try night.order(fault: "status_429", at: "send", count: 1)
        #expect(try Self.cancelWhileSending(night) == 75, "the provider asks to wait")
        #expect(try Self.state(night, "A1") == ["cancelled"])
        #expect(try night.ledger().accepted == 0)
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a cancel that comes too late is no lie: what was taken is sent`() throws {
        let night = try Self.queued(["ok-1@kunde.test"], latencyMilliseconds: 3_000)
        #expect(try Self.cancelWhileSending(night) == 0)
        #expect(try Self.state(night, "A1") == ["sent"])
        #expect(try night.ledger().accepted == 1)
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `sending again is refused while one is ongoing, and linked when it is not`() throws {
        let night = try Self.queued(["ok-1@kunde.test"])
        let number = try Self.number(night, "A1")
        for _ in 0..<2 {
            let run = try night.run("budstikke", "resend", "--invoice", number)
            #expect(run.exitCode == 1)
            #expect(run.output.contains("cancel that first"), "it says what to do")
            #expect(try Self.state(night, "A1").count == 1)
            _ = try night.run("send-dispatches")
        }
        try night.settle()
        let rehearsed = try night.run("budstikke", "resend", "--invoice", number, "--dry-run")
        #expect(rehearsed.exitCode == 0, "\(rehearsed.errors)")
        #expect(rehearsed.output.contains("would be queued"), "\(rehearsed.output)")
        #expect(try Self.state(night, "A1").count == 1, "a dry run changes nothing")
        let run = try night.run(
            "budstikke", "resend", "--invoice", number, "--user", "kari", "--reason", "ba om det")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.state(night, "A1").count == 2)
        let linked = try night.count(
            """
            SELECT count(*) AS count FROM dispatch AS d JOIN dispatch AS o
                ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.resend_of
            WHERE d.root_id = o.root_id
            """)
        #expect(linked == 1)
        #expect(try Self.audit(night, "resend") == ["kari: ba om det"])
    }

    private static func cancelWhileSending(_ night: Night) throws -> Int32 {
        let number = try Self.number(night, "A1")
        let drain = RunningProgram(
            "send-dispatches", night.arguments([]),
            environment: [
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "10", "BUDSTIKKE_SEND_LEASE_SECONDS": "30",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "31",
            ])
        try drain.start()
        #expect(try night.wait { try state(night, "A1") == ["sending"] })
        let run = try night.run("budstikke", "cancel", number)
        #expect(run.output.contains("being sent now"), "\(run.output)\(run.errors)")
        return drain.wait().exitCode
    }

    private static func queued(
        _ recipients: [String], latencyMilliseconds: Int = 0
    ) throws -> Night {
        let night = try Night(arguments: ["--latency-ms", "\(latencyMilliseconds)"])
        try night.importCompany(recipients: recipients)
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        return night
    }

    static func number(_ night: Night, _ agreement: String) throws -> String {
        try #require(
            try night.lines(
                """
                SELECT number AS line FROM invoice
                WHERE recurring_invoice_number = \(agreement) ORDER BY tenant_id
                """
            ).first)
    }

    static func state(_ night: Night, _ agreement: String) throws -> [String] {
        try night.lines(
            """
            SELECT d.state AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = \(agreement) ORDER BY d.created_at
            """)
    }

    static func audit(_ night: Night, _ action: String) throws -> [String] {
        try night.lines(
            """
            SELECT actor || ': ' || reason AS line FROM audit
            WHERE action = \(action) ORDER BY at
            """)
    }
}
