import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// What a claim takes, from whom, and for how long.
struct ClaimTests {
    // MARK: Two at once

    @Test func `a claim leaves out what another holds, and does not wait for it`() throws {
        let fixture = try StoreFixture()
        let held = try fixture.dispatch()
        let free = try fixture.dispatch()
        let other = try fixture.another()
        try fixture.connection.transaction {
            _ = try fixture.connection.execute(
                """
                SELECT FROM dispatch_queue WHERE dispatch_id = \(held.dispatchID) FOR UPDATE
                """)
            let claims = try fixture.claim(on: other)
            #expect(claims.map(\.dispatchID) == [free.dispatchID])
        }
        #expect(try fixture.claim(on: other).map(\.dispatchID) == [held.dispatchID])
    }

    @Test func `a claim does not wait for a dispatch that a reconciler or a person holds`() throws {
        let fixture = try StoreFixture()
        let held = try fixture.dispatch()
        let free = try fixture.dispatch()
        let other = try fixture.another()
        try fixture.connection.transaction {
            _ = try DispatchDeliveries(fixture.connection).lock([held])
            #expect(try fixture.claim(on: other).map(\.dispatchID) == [free.dispatchID])
        }
        #expect(try fixture.claim(on: other).map(\.dispatchID) == [held.dispatchID])
    }

    @Test func `claims of two connections never overlap, and together they are all`() throws {
        let fixture = try StoreFixture()
        let all = try (0..<20).map { _ in try fixture.dispatch().dispatchID }
        let other = try fixture.another()
        let (first, second) = try fixture.connection.transaction {
            (try fixture.claim(count: 7), try fixture.claim(count: 100, on: other))
        }
        #expect(first.count == 7)
        #expect(second.count == 13)
        #expect(Set((first + second).map(\.dispatchID)) == Set(all))
        #expect(try fixture.claim().isEmpty)
        #expect(try fixture.broken() == [])
    }

    @Test func `a claim that was rolled back took nothing`() throws {
        let fixture = try StoreFixture()
        try fixture.dispatch()
        let before = try fixture.content()
        try fixture.connection.rehearsing { _ = try fixture.claim() }
        #expect(try fixture.content() == before)
    }

    // MARK: What is taken

    @Test func `the oldest that are due go first`() throws {
        let fixture = try StoreFixture()
        let runs = [-30.0, -10, 0, -20, 1]
        let keys = try runs.map { try fixture.dispatch(runAt: StoreFixture.now + $0) }
        let first = try fixture.claim(count: 2)
        #expect(Set(first.map(\.dispatchID)) == Set([keys[0], keys[3]].map(\.dispatchID)))
        let rest = try fixture.claim()
        #expect(Set(rest.map(\.dispatchID)) == Set([keys[1], keys[2]].map(\.dispatchID)))
        #expect(
            try fixture.claim(at: StoreFixture.now + 1).map(\.dispatchID) == [keys[4].dispatchID])
    }

    /// Due of tenants 1, 2 and 3; how many are asked for; how many come of each.
    @Test(arguments: [
        ([10, 10, 1], 6, [2, 2, 1]),
        ([10, 10, 10], 9, [3, 3, 3]),
        ([1, 1, 1], 100, [1, 1, 1]),
        ([10, 0, 10], 3, [1, 0, 1]),
    ])
    func `each tenant gets an equal share of a claim`(
        _ due: [Int], _ count: Int, _ shares: [Int]
    ) throws {
        let fixture = try Self.fixture(due)
        let claims = try fixture.claim(tenants: [1, 2, 3], count: count)
        #expect((1...3).map { tenant in claims.count { $0.tenantID == tenant } } == shares)
    }

    @Test(arguments: [1, 2, 4, 5, 7])
    func `a limit is of all tenants together`(_ count: Int) throws {
        let fixture = try Self.fixture([10, 10, 10])
        #expect(try fixture.claim(tenants: [1, 2, 3], count: count).count == count)
        let leases: Int? = try fixture.value("SELECT count(*) AS value FROM dispatch_lease")
        #expect(leases == count)
        let queued: Int? = try fixture.value("SELECT count(*) AS value FROM dispatch_queue")
        #expect(queued == 30 - count)
    }

    private static func fixture(_ due: [Int]) throws -> StoreFixture {
        let fixture = try StoreFixture(tenants: 1...3)
        for (index, count) in due.enumerated() {
            for _ in 0..<count { try fixture.dispatch(tenant: Int64(index + 1)) }
        }
        return fixture
    }

    // MARK: How long

    @Test(arguments: [1, 60, 1_200])
    func `a lease is as long as was asked, by the database's clock, whatever the program's says`(
        _ seconds: Int
    ) throws {
        let fixture = try StoreFixture()
        try fixture.dispatch()
        let before: Date? = try fixture.value("SELECT clock_timestamp() AS value")
        let start = ContinuousClock.now
        // A machine three hours ahead.
        let claim = try #require(
            try fixture.claim(lease: seconds, at: StoreFixture.now + 10_800).first)
        let after: Date? = try fixture.value("SELECT clock_timestamp() AS value")
        let length: Double? = try fixture.value(
            """
            SELECT extract(epoch FROM lease_until - claimed_at)::float8 AS value
            FROM dispatch_lease
            """)
        #expect(length == Double(seconds))
        let claimed: Date? = try fixture.value("SELECT claimed_at AS value FROM dispatch_lease")
        #expect(claimed == claim.claimedAt)
        #expect(try #require(before) <= claim.claimedAt)
        #expect(claim.claimedAt <= (try #require(after)))
        // By our own clock it holds no longer than that, counted from before the claim.
        let end = try #require(claim.leaseEnd)
        #expect(end >= start + .seconds(seconds))
        #expect(end <= ContinuousClock.now + .seconds(seconds))
    }

    @Test func `a lease that holds is nobody else's`() throws {
        let fixture = try StoreFixture()
        let key = try fixture.dispatch()
        let claim = try #require(try fixture.claim(lease: 3_600).first)
        let other = DispatchLife(try fixture.another())
        #expect(try other.doubtLost(tenantID: nil, graceSeconds: 900) == 0)
        #expect(try !other.hasDoubts(tenantID: nil))
        #expect(try fixture.record([.by(.accept, of: claim)]) == [key.dispatchID])
    }
}
