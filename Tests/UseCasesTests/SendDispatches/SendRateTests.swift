import Dispatching
import Foundation
import Postgres
import Store
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// How fast is sent is kept by what the database allows, whichever machine asks.
struct SendRateTests {
    private static func queued(_ recipients: [String]) throws -> TestCompany {
        let company = try TestCompany(recipients: recipients)
        #expect(company.generate().isDone)
        return company
    }

    private static func claim(
        _ connection: Connection, _ rates: SendRates, now: Date
    ) throws -> DispatchLife.Claimed {
        try connection.transaction {
            try DispatchLife(connection).claim(
                .init(
                    tenants: [1], count: 100, leaseSeconds: 60, rates: rates, provider: "stub"),
                owner: "t", now: now)
        }
    }

    @Test func `a run goes on until all is sent, and no faster than the account's rate`() throws {
        let company = try Self.queued((1...12).map { "ok-\($0)@kunde.test" })
        company.settings.send.rates = SendRates(account: 5)
        let run = company.send()
        #expect(run.isDone && run.counts["sent"] == 12, "\(run)")
        // By the database's clock: five at once, and the rest as they come due.
        let spread = try company.count(
            """
            SELECT (extract(epoch FROM max(started_at) - min(started_at)) * 1000)::bigint AS count
            FROM attempt
            """)
        #expect(spread >= 1_200, "seven more at five a second take 1.4 s: \(spread) ms")
    }

    @Test func `another machine gets only what is left of the second`() throws {
        let company = try Self.queued((1...9).map { "ok-\($0)@kunde.test" })
        // So slow that no test is long enough for the next.
        let rates = SendRates(account: 1)
        try company.connection.run(
            script: "INSERT INTO send_rate VALUES (0, 'stub', '', 1, clock_timestamp())")
        let first = try Self.claim(company.connection, rates, now: company.now)
        #expect(first.dispatches.count == 1)
        try company.connection.run(
            script: "UPDATE send_rate SET filled_at = clock_timestamp() + interval '1 hour'")
        let second = try Self.claim(try company.database.connect(), rates, now: company.now)
        #expect(second.dispatches.isEmpty && second.isPaced, "a clock that went back adds nothing")
    }

    @Test func `a slow domain holds up no other`() throws {
        let slow = (1...8).map { "ok-\($0)@GMail.test" }
        let company = try Self.queued(slow + (9...12).map { "ok-\($0)@kunde.test" })
        try company.connection.run(
            script: """
                UPDATE dispatch_queue AS q SET run_at = q.run_at - interval '1 hour'
                FROM dispatch AS d
                WHERE d.dispatch_id = q.dispatch_id AND d.recipient_key LIKE '%gmail.test';
                INSERT INTO send_rate
                VALUES (0, 'stub', 'gmail.test', 2, clock_timestamp() + interval '1 hour')
                """)
        let rates = SendRates(domains: ["gmail.test": 2])
        let first = try Self.claim(company.connection, rates, now: company.now)
        #expect(first.dispatches.count == 6, "two of the slow domain, and all others")
        let second = try Self.claim(company.connection, rates, now: company.now)
        #expect(second.dispatches.isEmpty && second.isPaced)
        #expect(try company.count("SELECT count(*) AS count FROM dispatch_queue") == 6)
    }

    @Test func `by what was not sent nothing gathers`() throws {
        let company = try Self.queued((1...9).map { "ok-\($0)@kunde.test" })
        try company.connection.run(
            script: """
                INSERT INTO send_rate
                VALUES (0, 'stub', '', 0, clock_timestamp() - interval '10 days')
                """)
        let claimed = try Self.claim(
            company.connection, SendRates(account: 3), now: company.now)
        #expect(claimed.dispatches.count == 3)
    }
}
