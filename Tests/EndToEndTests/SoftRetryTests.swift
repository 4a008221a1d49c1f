import Foundation
import Postgres
import TestSupport
import Testing

/// A soft bounce is sent again by the send plan; only then is a person asked.
struct SoftRetryTests {
    @Test func `a mailbox that stays full is tried by the plan, and then a person is asked`()
        throws
    {
        let night = try Self.sent(to: "full-1@kunde.test")
        for attempt in 1...2 {
            try Self.expect(night, attempt: attempt, state: "queued")
            let listed = try night.run("budstikke", "list", "ongoing")
            #expect(listed.output.contains("full-1"), "while it waits it is ongoing")
            #expect(try Self.open(night) == 0, "nobody is asked yet")
            _ = try night.run("send-dispatches", "--as-of", Self.later(hours: 30))
        }
        try Self.expect(night, attempt: 3, state: "sent")
        #expect(try Self.open(night) == 1)
        let message = try night.lines("SELECT message AS line FROM dispatch")
        #expect(
            message.first?.hasPrefix("Message was bounced with reason: ") == true, "\(message)")
        _ = try night.run("send-dispatches", "--as-of", Self.later(hours: 300))
        #expect(try night.ledger().accepted == 3, "and no more is tried")
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a mailbox with room again gets it at the second try, and nobody is asked`() throws {
        let night = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(night, attempt: 1, state: "queued")
        _ = try night.run("send-dispatches")
        #expect(try night.ledger().accepted == 1, "not before its time")
        _ = try night.run("send-dispatches", "--as-of", Self.later(hours: 6))
        try night.settle()
        #expect(try night.lines("SELECT delivery AS line FROM dispatch") == ["delivered"])
        #expect(try Self.open(night) == 0)
    }

    @Test func `a retry that waits can be cancelled, and the invoice sent again`() throws {
        let night = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(night, attempt: 1, state: "queued")
        let number = try DeedTests.number(night, "A1")
        #expect(try night.run("budstikke", "resend", "--invoice", number).exitCode == 1)
        #expect(try night.run("budstikke", "cancel", number).exitCode == 0)
        #expect(try night.run("budstikke", "resend", "--invoice", number).exitCode == 0)
        try night.drain()
        try night.settle()
        #expect(try DeedTests.state(night, "A1") == ["cancelled", "sent"])
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    private static func sent(to recipient: String) throws -> Night {
        let night = try Night()
        try night.importCompany(recipients: [recipient])
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try night.run("send-dispatches")
        return night
    }

    /// Reconciles until the bounce of that attempt has had its consequence.
    private static func expect(_ night: Night, attempt: Int, state: String) throws {
        let reached = try night.wait {
            _ = try night.run("reconcile-bounces")
            return try night.count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE attempt = \(attempt) AND state = \(state) AND delivery = 'soft_bounced'
                """) == 1
        }
        #expect(reached, "attempt \(attempt) never became \(state)")
    }

    private static func open(_ night: Night) throws -> Int {
        try night.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
    }

    private static func later(hours: Int) -> String {
        Date(timeIntervalSinceNow: Double(hours) * 3_600).formatted(.iso8601)
    }
}
