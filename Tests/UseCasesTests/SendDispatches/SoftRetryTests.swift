import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// A soft bounce is sent again by the send plan; only then is a person asked.
struct SoftRetryTests {
    private static let hour = 3_600.0

    @Test func `a mailbox that stays full is tried by the plan, and then a person is asked`()
        throws
    {
        let company = try Self.sent(to: "full-1@kunde.test")
        for attempt in 1...2 {
            try Self.expect(company, attempt: attempt, state: "queued")
            let listed = try company.list("ongoing")
            #expect(listed.count == 1, "while it waits it is ongoing")
            #expect(try company.openTodos() == 0, "nobody is asked yet")
            company.now += 30 * Self.hour
            company.send()
        }
        try Self.expect(company, attempt: 3, state: "sent")
        #expect(try company.openTodos() == 1)
        let message = try company.lines("SELECT message AS line FROM dispatch")
        #expect(
            message.first?.hasPrefix("Message was bounced with reason: ") == true, "\(message)")
        company.now += 300 * Self.hour
        company.send()
        #expect(company.provider.taken.count == 3, "and no more is tried")
        #expect(try company.broken() == [])
    }

    @Test func `a mailbox with room again gets it at the second try, and nobody is asked`() throws {
        let company = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(company, attempt: 1, state: "queued")
        company.send()
        #expect(company.provider.taken.count == 1, "not before its time")
        company.now += 6 * Self.hour
        company.send()
        company.reconcile()
        #expect(try company.lines("SELECT delivery AS line FROM dispatch") == ["delivered"])
        #expect(try company.openTodos() == 0)
    }

    @Test func `a retry that waits can be cancelled, and the invoice sent again`() throws {
        let company = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(company, attempt: 1, state: "queued")
        let number = try company.number("A1")
        #expect(company.resend(.invoice(number)).exit == .someFailed)
        #expect(company.cancel(number).isDone)
        #expect(company.resend(.invoice(number)).isDone)
        company.send()
        company.reconcile()
        #expect(try company.states("A1") == ["cancelled", "sent"])
        #expect(try company.broken() == [])
    }

    @Test func `a stale row of an address does not mark a newer invoice`() throws {
        let company = try Self.sent(to: "softonce-1@kunde.test")
        try Self.expect(company, attempt: 1, state: "queued")
        company.cancel(try company.number("A1"))
        // The row of the first invoice stays on the provider's list.
        #expect(company.generate(on: "2026-12-02").isDone)
        company.send()
        company.reconcile(since: "2026-01-01")
        let deliveries = try company.lines(
            """
            SELECT d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY i.period_number
            """)
        #expect(deliveries == ["soft_bounced", "delivered"])
    }

    private static func sent(to recipient: String) throws -> TestCompany {
        let company = try TestCompany(recipient)
        company.generate()
        company.send()
        return company
    }

    /// Reconciles; the bounce of that attempt then has had its consequence.
    private static func expect(_ company: TestCompany, attempt: Int, state: String) throws {
        company.reconcile()
        let found = try company.lines(
            "SELECT concat_ws(' ', attempt, state, delivery) AS line FROM dispatch")
        #expect(found == ["\(attempt) \(state) soft_bounced"])
    }
}
