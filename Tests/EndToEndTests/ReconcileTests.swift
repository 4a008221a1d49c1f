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
        let night = try Self.sent()
        try night.order(fault: kind, at: endpoint, count: 4)
        let run = try night.run("reconcile-bounces")
        #expect(run.exitCode == 69, "\(run.output)")
        #expect(run.errors.contains("nothing was lost"), "\(run.errors)")
        try night.forgetFaults()
        try Self.expectOutcome(night)
    }

    @Test(arguments: ["slow_bytes", "duplicate_events"], ["lists", "logs"])
    func `slow and doubled answers come to the same`(_ kind: String, _ endpoint: String) throws {
        let night = try Self.sent()
        try night.order(fault: kind, at: endpoint, count: 1_000, delayMilliseconds: 0)
        try Self.expectOutcome(night)
    }

    @Test func `events that come late are taken when they come`() throws {
        let night = try Self.queued()
        try night.order(fault: "late_events", at: "send", count: 3, delayMilliseconds: 3_000)
        _ = try night.run("send-dispatches")
        _ = try night.run("reconcile-bounces")
        try Self.expectOutcome(night)
    }

    @Test func `a stale row of an address does not mark a newer invoice`() throws {
        let night = try Night()
        try night.importCompany(recipients: ["softonce-1@kunde.test"])
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try night.run("send-dispatches")
        #expect(
            try night.wait {
                _ = try night.run("reconcile-bounces")
                return try night.count("SELECT count(*) AS count FROM dispatch_queue") == 1
            })
        let number = try DeedTests.number(night, "A1")
        _ = try night.run("budstikke", "cancel", number)
        // The row of the first invoice stays on the provider's list of blocks.
        let next = try night.run("generate-invoices", "--as-of", "2026-12-02")
        #expect(next.exitCode == 0, "\(next.errors)")
        // Two seconds: the provider dates its rows to the second, and the clocks may differ.
        let settings = ["BUDSTIKKE_RECONCILE_CLOCK_SKEW_SECONDS": "0"]
        _ = try night.run("send-dispatches", "--as-of", "2026-12-02")
        #expect(
            try night.wait {
                _ = try night.run(
                    "reconcile-bounces", ["--since", "2026-01-01"], environment: settings)
                return try night.count(
                    "SELECT count(*) AS count FROM dispatch WHERE delivery = 'delivered'") == 1
            })
        let bounced = try night.lines(
            """
            SELECT d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY i.period_number
            """)
        #expect(bounced == ["soft_bounced", "delivered"])
    }

    @Test func `a dry run reads, says what it would do, and changes nothing`() throws {
        let night = try Self.sent()
        let before = try night.contents()
        #expect(
            try night.wait {
                let run = try night.run("reconcile-bounces", "--dry-run")
                return run.exitCode == 0 && !run.output.contains("\"changed\":0,")
            })
        #expect(try night.contents() == before)
        try Self.expectOutcome(night)
    }

    private static func queued() throws -> Night {
        let night = try Night()
        try night.importCompany(recipients: recipients)
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        return night
    }

    private static func sent() throws -> Night {
        let night = try queued()
        let run = try night.run("send-dispatches")
        try #require(run.exitCode == 0, "\(run.errors)")
        return night
    }

    private static func expectOutcome(_ night: Night) throws {
        let reached = try night.wait {
            let run = try night.run("reconcile-bounces")
            return try run.exitCode == 0 && outcome(night) == deliveries
        }
        let found = try outcome(night)
        #expect(reached, "\(found)")
        for window in [
            ["--since", "2026-01-01"], ["--since", "2026-11-01", "--until", "2027-01-01"],
        ] {
            // The first may still bring what had come to the one source and not to the other.
            _ = try night.run("reconcile-bounces", window)
            let before = try night.contents(except: ["job_run"])
            let again = try night.run("reconcile-bounces", window)
            #expect(again.output.contains("\"changed\":0,"), "\(again.output)\(again.errors)")
            #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
            #expect(try night.contents(except: ["job_run"]) == before)
        }
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    private static func outcome(_ night: Night) throws -> [String] {
        try night.lines(
            """
            SELECT i.recurring_invoice_number || ' ' || d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY 1
            """)
    }
}
