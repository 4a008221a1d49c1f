import Foundation
import Postgres
import TestSupport
import Testing

/// reconcile-bounces against a provider that answers badly: what became of the mail comes out the
/// same, and any window may be read again.
struct ReconcileTests {
    private static let recipients = [
        "ok-1@kunde.test", "unknown-2@kunde.test", "spam-3@kunde.test", "blocked-4@kunde.test",
        "invalid-5@kunde.test", "deferred-6@kunde.test",
    ]
    private static let deliveries = [
        "A1 delivered", "A2 hard_bounced", "A3 blocked", "A4 blocked", "A5 hard_bounced",
        "A6 delivered",
    ]

    @Test(arguments: ["truncated_json", "html_200"], ["lists", "logs"])
    func `an answer that can't be read changes nothing, and the next run mends it`(
        _ kind: String, _ endpoint: String
    ) throws {
        let installation = try Self.sent()
        try installation.order(fault: kind, at: endpoint, count: 4)
        let run = try installation.run("reconcile-bounces")
        #expect(run.exitCode == 69, "\(run.output)")
        #expect(run.errors.contains("nothing was lost"), "\(run.errors)")
        try installation.forgetFaults()
        try Self.expectOutcome(installation)
    }

    @Test(arguments: ["slow_bytes", "duplicate_events"], ["lists", "logs"])
    func `slow and doubled answers come to the same`(_ kind: String, _ endpoint: String) throws {
        let installation = try Self.sent()
        try installation.order(fault: kind, at: endpoint, count: 1_000, delayMilliseconds: 0)
        try Self.expectOutcome(installation)
    }

    @Test func `events that come late are taken when they come`() throws {
        let installation = try Self.queued()
        try installation.order(fault: "late_events", at: "send", count: 3, delayMilliseconds: 3_000)
        _ = try installation.run("send-dispatches")
        _ = try installation.run("reconcile-bounces")
        try Self.expectOutcome(installation)
    }

    @Test func `a stale row of an address does not mark a newer invoice`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["softonce-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        #expect(
            try installation.wait {
                _ = try installation.run("reconcile-bounces")
                return try installation.count("SELECT count(*) AS count FROM dispatch_queue") == 1
            })
        let number = try DeedTests.number(installation, "A1")
        _ = try installation.run("budstikke", "cancel", number)
        // The row of the first invoice stays on the provider's list of blocks.
        let next = try installation.run("generate-invoices", "--as-of", "2026-12-02")
        #expect(next.exitCode == 0, "\(next.errors)")
        // Two seconds: the provider dates its rows to the second, and the clocks may differ.
        let settings = ["BUDSTIKKE_RECONCILE_CLOCK_SKEW_SECONDS": "0"]
        _ = try installation.run("send-dispatches", "--as-of", "2026-12-02")
        #expect(
            try installation.wait {
                _ = try installation.run(
                    "reconcile-bounces", ["--since", "2026-01-01"], environment: settings)
                return try installation.count(
                    "SELECT count(*) AS count FROM dispatch WHERE delivery = 'delivered'") == 1
            })
        let bounced = try installation.lines(
            """
            SELECT d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY i.period_number
            """)
        #expect(bounced == ["soft_bounced", "delivered"])
    }

    @Test func `a dry run reads, says what it would do, and changes nothing`() throws {
        let installation = try Self.sent()
        let before = try installation.contents()
        #expect(
            try installation.wait {
                let run = try installation.run("reconcile-bounces", "--dry-run")
                return run.exitCode == 0 && !run.output.contains("\"changed\":0,")
            })
        #expect(try installation.contents() == before)
        try Self.expectOutcome(installation)
    }

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func sent() throws -> TestInstallation {
        let installation = try queued()
        let run = try installation.run("send-dispatches")
        try #require(run.exitCode == 0, "\(run.errors)")
        return installation
    }

    private static func expectOutcome(_ installation: TestInstallation) throws {
        let reached = try installation.wait {
            let run = try installation.run("reconcile-bounces")
            return try run.exitCode == 0 && outcome(installation) == deliveries
        }
        let found = try outcome(installation)
        #expect(reached, "\(found)")
        for window in [
            ["--since", "2026-01-01"], ["--since", "2026-11-01", "--until", "2027-01-01"],
        ] {
            // The first may still bring what had come to the one source and not to the other.
            _ = try installation.run("reconcile-bounces", window)
            let before = try installation.contents(except: ["job_run"])
            let again = try installation.run("reconcile-bounces", window)
            #expect(again.output.contains("\"changed\":0,"), "\(again.output)\(again.errors)")
            #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
            #expect(try installation.contents(except: ["job_run"]) == before)
        }
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    private static func outcome(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT i.recurring_invoice_number || ' ' || d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY 1
            """)
    }
}
