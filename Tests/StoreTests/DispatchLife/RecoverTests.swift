import Dispatching
import Foundation
import Postgres
import Store
import Testing

/// What is known of a dispatch after the database went back: from when to when it may have gone out.
struct RecoverTests {
    private static func lease(_ bench: Workbench, _ key: DispatchLife.Key) throws -> [String] {
        try bench.connection.rows(
            """
            SELECT concat_ws(' ', in_doubt_policy, parked,
                claimed_at = \(Workbench.lost.since), attempted_until = \(Workbench.lost.until),
                resolve_at <= now()) AS line
            FROM dispatch_lease
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
            """
        ) { try $0["line"] }
    }

    private static func recover(_ bench: Workbench) throws -> DispatchLife.Recovered {
        try bench.connection.transaction { try bench.life.recoverAll(Workbench.lost) }
    }

    @Test func `all that waits, is on its way or in doubt is counted, and nothing else`() throws {
        let bench = try Workbench(tenants: Start.tenants)
        for start in Start.allCases { _ = try start.make(on: bench) }
        #expect(try Self.recover(bench) == .init(askable: 5, parked: 2))
        #expect(try bench.broken() == [])
    }

    @Test func `what waited is asked about at once, for the whole of the lost time`() throws {
        let bench = try Workbench(tenants: Start.tenants)
        let key = try Start.queued.make(on: bench)
        _ = try Self.recover(bench)
        #expect(try Self.lease(bench, key) == ["park f t t t"])
        let doubts = try bench.life.takeDoubts(
            tenantID: key.tenantID, limit: 10, leaseSeconds: 60)
        guard case .askable(let doubt) = try #require(doubts.first) else {
            Issue.record("it can't be asked about")
            return
        }
        #expect(doubt.decided == .park)
        #expect(doubt.query.attemptedAt == Workbench.lost.since)
        #expect(doubt.query.attemptedUntil == Workbench.lost.until)
        // The window of proof counts from the last moment that it may have gone out.
        #expect(doubt.ageSeconds < doubt.query.ageSeconds)
    }

    @Test func `what was claimed before keeps the time of its claim`() throws {
        let bench = try Workbench(tenants: Start.tenants)
        let key = try Start.sending.make(on: bench)
        let early = Workbench.lost.since - 60
        try bench.connection.execute("UPDATE dispatch_lease SET claimed_at = \(early)")
        _ = try Self.recover(bench)
        let kept = try bench.connection.first(
            "SELECT claimed_at FROM dispatch_lease WHERE tenant_id = \(key.tenantID)"
        ) { try $0["claimed_at"] as Date }
        #expect(kept == early)
    }

    @Test(arguments: [(nil, "sent delivered"), ("no such receiver", "failed unknown")])
    func `an access point that had it says so afterwards`(
        _ refusal: String?, _ comesTo: String
    ) throws {
        let bench = try Workbench(tenants: Start.tenants)
        let key = try Start.inOutbox.make(on: bench)
        _ = try Self.recover(bench)
        let isAnswered = try bench.connection.transaction {
            try bench.life.answer(key, refusal: refusal, now: Workbench.now)
        }
        #expect(isAnswered)
        #expect(try bench.line(key).hasPrefix("\(comesTo), attempt 1, accepted 1/1"))
        #expect(try Self.lease(bench, key) == [])
        #expect(try bench.broken() == [])
    }
}
