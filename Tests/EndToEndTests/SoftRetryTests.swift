import Foundation
import Postgres
import TestSupport
import Testing

/// A soft bounce is sent again by the send plan; only then is a person asked.
struct SoftRetryTests {
    @Test func `a mailbox that stays full is tried by the plan, and then a person is asked`()
        throws
    {
        let installation = try Self.sent(to: "full-1@kunde.test")
        for attempt in 1...2 {
            try Self.expect(installation, attempt: attempt, state: "queued")
            let listed = try installation.run("budstikke", "list", "ongoing")
            #expect(listed.output.contains("full-1"), "while it waits it is ongoing")
            #expect(try Self.open(installation) == 0, "nobody is asked yet")
            _ = try installation.run("send-dispatches", "--as-of", Self.later(hours: 30))
        }
        try Self.expect(installation, attempt: 3, state: "sent")
        #expect(try Self.open(installation) == 1)
        let message = try installation.lines("SELECT message AS line FROM dispatch")
        #expect(
            message.first?.hasPrefix("Message was bounced with reason: ") == true, "\(message)")
        _ = try installation.run("send-dispatches", "--as-of", Self.later(hours: 300))
        #expect(try installation.ledger().accepted == 3, "and no more is tried")
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a mailbox with room again gets it at the second try, and nobody is asked`() throws {
        let installation = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(installation, attempt: 1, state: "queued")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 1, "not before its time")
        _ = try installation.run("send-dispatches", "--as-of", Self.later(hours: 6))
        try installation.settle()
        #expect(try installation.lines("SELECT delivery AS line FROM dispatch") == ["delivered"])
        #expect(try Self.open(installation) == 0)
    }

    @Test func `a retry that waits can be cancelled, and the invoice sent again`() throws {
        let installation = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(installation, attempt: 1, state: "queued")
        let number = try DeedTests.number(installation, "A1")
        #expect(try installation.run("budstikke", "resend", "--invoice", number).exitCode == 1)
        #expect(try installation.run("budstikke", "cancel", number).exitCode == 0)
        #expect(try installation.run("budstikke", "resend", "--invoice", number).exitCode == 0)
        try installation.drain()
        try installation.settle()
        #expect(try DeedTests.state(installation, "A1") == ["cancelled", "sent"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    private static func sent(to recipient: String) throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: [recipient])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        return installation
    }

    /// Reconciles until the bounce of that attempt has had its consequence.
    private static func expect(_ installation: TestInstallation, attempt: Int, state: String) throws
    {
        let reached = try installation.wait {
            _ = try installation.run("reconcile-bounces")
            return try installation.count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE attempt = \(attempt) AND state = \(state) AND delivery = 'soft_bounced'
                """) == 1
        }
        #expect(reached, "attempt \(attempt) never became \(state)")
    }

    private static func open(_ installation: TestInstallation) throws -> Int {
        try installation.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
    }

    private static func later(hours: Int) -> String {
        Date(timeIntervalSinceNow: Double(hours) * 3_600).formatted(.iso8601)
    }
}
