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
        let bench = try Workbench()
        let held = try bench.dispatch()
        let free = try bench.dispatch()
        let other = try bench.another()
        try bench.connection.transaction {
            _ = try bench.connection.execute(
                """
                SELECT FROM dispatch_queue WHERE dispatch_id = \(held.dispatchID) FOR UPDATE
                """)
            let claims = try bench.claim(on: other)
            #expect(claims.map(\.dispatchID) == [free.dispatchID])
        }
        #expect(try bench.claim(on: other).map(\.dispatchID) == [held.dispatchID])
    }

    @Test func `a claim does not wait for a dispatch that a reconciler or a person holds`() throws {
        let bench = try Workbench()
        let held = try bench.dispatch()
        let free = try bench.dispatch()
        let other = try bench.another()
        try bench.connection.transaction {
            _ = try DispatchDeliveries(bench.connection).lock([held])
            #expect(try bench.claim(on: other).map(\.dispatchID) == [free.dispatchID])
        }
        #expect(try bench.claim(on: other).map(\.dispatchID) == [held.dispatchID])
    }

    @Test func `claims of two connections never overlap, and together they are all`() throws {
        let bench = try Workbench()
        let all = try (0..<20).map { _ in try bench.dispatch().dispatchID }
        let other = try bench.another()
        let (first, second) = try bench.connection.transaction {
            (try bench.claim(count: 7), try bench.claim(count: 100, on: other))
        }
        #expect(first.count == 7)
        #expect(second.count == 13)
        #expect(Set((first + second).map(\.dispatchID)) == Set(all))
        #expect(try bench.claim().isEmpty)
        #expect(try bench.broken() == [])
    }

    @Test func `a claim that was rolled back took nothing`() throws {
        let bench = try Workbench()
        try bench.dispatch()
        let before = try bench.content()
        try bench.connection.rehearsing { _ = try bench.claim() }
        #expect(try bench.content() == before)
    }

    // MARK: What is taken

    @Test func `the oldest that are due go first`() throws {
        let bench = try Workbench()
        let runs = [-30.0, -10, 0, -20, 1]
        let keys = try runs.map { try bench.dispatch(runAt: Workbench.now + $0) }
        let first = try bench.claim(count: 2)
        #expect(Set(first.map(\.dispatchID)) == Set([keys[0], keys[3]].map(\.dispatchID)))
        let rest = try bench.claim()
        #expect(Set(rest.map(\.dispatchID)) == Set([keys[1], keys[2]].map(\.dispatchID)))
        #expect(try bench.claim(at: Workbench.now + 1).map(\.dispatchID) == [keys[4].dispatchID])
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
        let bench = try Self.bench(due)
        let claims = try bench.claim(tenants: [1, 2, 3], count: count)
        #expect((1...3).map { tenant in claims.count { $0.tenantID == tenant } } == shares)
    }

    @Test(arguments: [1, 2, 4, 5, 7])
    func `a limit is of all tenants together`(_ count: Int) throws {
        let bench = try Self.bench([10, 10, 10])
        #expect(try bench.claim(tenants: [1, 2, 3], count: count).count == count)
        let leases: Int? = try bench.value("SELECT count(*) AS value FROM dispatch_lease")
        #expect(leases == count)
        let queued: Int? = try bench.value("SELECT count(*) AS value FROM dispatch_queue")
        #expect(queued == 30 - count)
    }

    private static func bench(_ due: [Int]) throws -> Workbench {
        let bench = try Workbench(tenants: 1...3)
        for (index, count) in due.enumerated() {
            for _ in 0..<count { try bench.dispatch(tenant: Int64(index + 1)) }
        }
        return bench
    }

    // MARK: How long

    @Test(arguments: [1, 60, 1_200])
    func `a lease is as long as was asked, by the database's clock, whatever the program's says`(
        _ seconds: Int
    ) throws {
        let bench = try Workbench()
        try bench.dispatch()
        let before: Date? = try bench.value("SELECT clock_timestamp() AS value")
        let start = ContinuousClock.now
        // A machine three hours ahead.
        let claim = try #require(
            try bench.claim(lease: seconds, at: Workbench.now + 10_800).first)
        let after: Date? = try bench.value("SELECT clock_timestamp() AS value")
        let length: Double? = try bench.value(
            """
            SELECT extract(epoch FROM lease_until - claimed_at)::float8 AS value
            FROM dispatch_lease
            """)
        #expect(length == Double(seconds))
        let claimed: Date? = try bench.value("SELECT claimed_at AS value FROM dispatch_lease")
        #expect(claimed == claim.claimedAt)
        #expect(try #require(before) <= claim.claimedAt)
        #expect(claim.claimedAt <= (try #require(after)))
        // By our own clock it holds no longer than that, counted from before the claim.
        let end = try #require(claim.leaseEnd)
        #expect(end >= start + .seconds(seconds))
        #expect(end <= ContinuousClock.now + .seconds(seconds))
    }

    @Test func `a lease that holds is nobody else's`() throws {
        let bench = try Workbench()
        let key = try bench.dispatch()
        let claim = try #require(try bench.claim(lease: 3_600).first)
        let other = DispatchLife(try bench.another())
        #expect(try other.doubtLost(tenantID: nil, graceSeconds: 900) == 0)
        #expect(try !other.hasDoubts(tenantID: nil))
        #expect(try bench.record([.by(.accept, of: claim)]) == [key.dispatchID])
    }
}
