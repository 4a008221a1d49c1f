import Dispatching
import Foundation
import Postgres
import Store
import Testing

/// What is known of a dispatch after the database went back: from when to when it may have gone out.
struct RecoverTests {
    private static func lease(_ fixture: StoreFixture, _ key: DispatchKey) throws -> [String] {
        try fixture.connection.rows(
            """
            SELECT concat_ws(' ', in_doubt_policy, parked,
                claimed_at = \(StoreFixture.lost.since), attempted_until = \(StoreFixture.lost.until),
                resolve_at <= now()) AS line
            FROM dispatch_lease
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
            """
        ) { try $0["line"] }
    }

    private static func recover(_ fixture: StoreFixture) throws -> DispatchLife.Recovered {
        try fixture.connection.transaction { try fixture.life.recoverAll(StoreFixture.lost) }
    }

    @Test func `all that waits, is on its way or in doubt is counted, and nothing else`() throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        for start in Start.allCases { _ = try start.make(on: fixture) }
        #expect(try Self.recover(fixture) == .init(askable: 5, parked: 2))
        #expect(try fixture.broken() == [])
    }

    @Test func `what waited is asked about at once, for the whole of the lost time`() throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        let key = try Start.queued.make(on: fixture)
        _ = try Self.recover(fixture)
        #expect(try Self.lease(fixture, key) == ["park f t t t"])
        let doubts = try fixture.life.claimDoubts(
            tenantID: key.tenantID, limit: 10, leaseSeconds: 60)
        guard case .askable(let doubt) = try #require(doubts.first) else {
            Issue.record("it can't be asked about")
            return
        }
        #expect(doubt.decided == .park)
        #expect(doubt.query.attemptedAt == StoreFixture.lost.since)
        #expect(doubt.query.attemptedUntil == StoreFixture.lost.until)
        // The window of proof counts from the last moment that it may have gone out.
        #expect(doubt.ageSeconds < doubt.query.ageSeconds)
    }

    @Test func `what was claimed before keeps the time of its claim`() throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        let key = try Start.sending.make(on: fixture)
        let early = StoreFixture.lost.since - 60
        try fixture.connection.execute("UPDATE dispatch_lease SET claimed_at = \(early)")
        _ = try Self.recover(fixture)
        let kept = try fixture.connection.first(
            "SELECT claimed_at FROM dispatch_lease WHERE tenant_id = \(key.tenantID)"
        ) { try $0["claimed_at"] as Date }
        #expect(kept == early)
    }

    @Test(arguments: [(nil, "sent delivered"), ("no such receiver", "failed unknown")])
    func `an access point that had it says so afterwards`(
        _ refusal: String?, _ comesTo: String
    ) throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        let key = try Start.inOutbox.make(on: fixture)
        _ = try Self.recover(fixture)
        let isAnswered = try fixture.connection.transaction {
            try fixture.life.answer(key, refusal: refusal, now: StoreFixture.now)
        }
        #expect(isAnswered)
        #expect(try fixture.line(key).hasPrefix("\(comesTo), attempt 1, accepted 1/1"))
        #expect(try Self.lease(fixture, key) == [])
        #expect(try fixture.broken() == [])
    }
}
