import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// Doubts: whose they are to ask about, and when.
struct DoubtTests {
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture(tenants: 1...2)
    }

    private func take(
        on other: Connection? = nil, tenant: Int64? = nil, limit: Int = 10, lease: Int = 60
    ) throws -> [UUID] {
        try DispatchLife(other ?? fixture.connection).claimDoubts(
            tenantID: tenant, limit: limit, leaseSeconds: lease
        ).map { due in
            switch due {
            case .askable(let doubt): doubt.claim.dispatchID
            case .unreadable(let claim, _): claim.dispatchID
            }
        }
    }

    private func doubt(tenant: Int64 = 1, after seconds: Int = 0) throws -> DispatchKey {
        let key = try fixture.dispatch(tenant: tenant)
        let claim = try #require(try fixture.claim(tenants: [tenant]).first)
        var change = DispatchChange.by(.doubt, of: claim)
        change.resolveAfterSeconds = seconds
        try fixture.record([change])
        return key
    }

    @Test
    func `a doubt that was taken is asked about by nobody else, until the taker's time is over`()
        throws
    {
        let key = try doubt()
        let other = try fixture.another()
        #expect(try take() == [key.dispatchID])
        #expect(try take(on: other) == [])
        _ = try fixture.connection.execute("UPDATE dispatch_lease SET resolve_at = now()")
        #expect(try take(on: other) == [key.dispatchID])
    }

    @Test func `takers at the same time take different ones, and do not wait`() throws {
        let keys = try [doubt(), doubt(), doubt()]
        let other = try fixture.another()
        let (first, second) = try fixture.connection.transaction {
            (try take(limit: 2), try take(on: other))
        }
        #expect(first.count == 2)
        #expect(Set(first + second) == Set(keys.map(\.dispatchID)))
        #expect(second.count == 1)
    }

    @Test func `the grace is counted by the database's clock`() throws {
        _ = try doubt(after: 900)
        #expect(try take() == [])
        let seconds: Double? = try fixture.value(
            """
            SELECT extract(epoch FROM resolve_at - now())::float8 AS value FROM dispatch_lease
            """)
        #expect((800...900).contains(try #require(seconds)))
    }

    @Test func `the grace of a lost lease is counted from its claim`() throws {
        try fixture.dispatch()
        try fixture.claim()
        #expect(try fixture.life.doubtLost(tenantID: nil, graceSeconds: 900) == 1)
        let seconds: Double? = try fixture.value(
            """
            SELECT extract(epoch FROM resolve_at - claimed_at)::float8 AS value
            FROM dispatch_lease
            """)
        #expect(seconds == 900)
        #expect(try fixture.life.doubtLost(tenantID: nil, graceSeconds: 900) == 0)
    }

    @Test(arguments: ["dispatch_lease", "dispatch"])
    func `a lost lease whose owner is writing its outcome now is left to it`(
        _ table: String
    ) throws {
        try fixture.dispatch()
        try fixture.claim()
        let other = DispatchLife(try fixture.another())
        try fixture.connection.transaction {
            try fixture.connection.run(script: "SELECT FROM \(table) FOR UPDATE")
            #expect(try other.doubtLost(tenantID: nil, graceSeconds: 0) == 0)
        }
        #expect(try other.doubtLost(tenantID: nil, graceSeconds: 0) == 1)
    }

    @Test func `a tenant's run leaves the doubts of others alone`() throws {
        let keys = try (1...2).map { try doubt(tenant: $0) }
        try fixture.dispatch(tenant: 1)
        try fixture.claim(tenants: [1])
        #expect(try fixture.life.doubtLost(tenantID: 2, graceSeconds: 0) == 0)
        #expect(try take(tenant: 2) == [keys[1].dispatchID])
    }

    @Test func `what is parked is asked about no more`() throws {
        let key = try doubt()
        var change = DispatchChange.by(.ask, of: try fixture.holder(of: key))
        (change.resolveAfterSeconds, change.isParked) = (nil, true)
        #expect(try fixture.record([change]).count == 1)
        #expect(try take() == [])
        #expect(try !fixture.life.hasDoubts(tenantID: nil))
        #expect(try fixture.life.doubtLost(tenantID: nil, graceSeconds: 0) == 0)
    }
}
