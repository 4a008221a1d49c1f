import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// What waits in the queue while the provider is left alone.
struct WaitingTests {
    private static let now = StoreFixture.now
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture(tenants: 1...2)
    }

    private func postpone(
        tenant: Int64? = nil, limit: Int = 100, at now: Date = now, on other: Connection? = nil
    ) throws -> Int {
        try DispatchLife(other ?? fixture.connection).postponeWaiting(
            tenantID: tenant, reason: "429 busy", limit: limit, now: now)
    }

    private func giveUp(
        tenant: Int64? = nil, since: Date, limit: Int = 100, at now: Date
    ) throws -> [UUID] {
        try fixture.connection.transaction {
            try fixture.life.giveUpWaiting(
                tenantID: tenant, since: since, reason: "429 busy", limit: limit, now: now)
        }.map(\.dispatchID)
    }

    private func message(_ key: DispatchKey) throws -> String? {
        try fixture.value(
            "SELECT message AS value FROM dispatch WHERE dispatch_id = \(key.dispatchID)")
    }

    @Test func `what is due says that it waits, since when in its tenant's time, and why`() throws {
        let key = try fixture.dispatch()
        #expect(try postpone() == 1)
        // 2026-11-18 11:06:40 UTC.
        #expect(
            try message(key) == "Waiting for the provider since 2026-11-18 12:06: 429 busy")
        #expect(try fixture.line(key).contains("attempt 0, accepted 0/0, deferred 1"))
        let history = try DispatchHistory(fixture.connection).steps(
            tenantID: key.tenantID, dispatchID: key.dispatchID)
        #expect(history.map(\.what) == ["created", "postpone"])
        #expect(history.last?.detail == "429 busy")
    }

    @Test func `it says so once, and when it is sent does not change`() throws {
        let key = try fixture.dispatch(runAt: Self.now - 60)
        #expect(try postpone() == 1)
        let before = try fixture.content()
        #expect(try postpone(at: Self.now + 3_600) == 0)
        #expect(try fixture.content() == before)
        #expect(try fixture.claim().map(\.dispatchID) == [key.dispatchID])
    }

    @Test func `what is not due does not wait for the provider`() throws {
        try fixture.dispatch(runAt: Self.now + 1)
        #expect(try postpone() == 0)
    }

    @Test func `one tenant's trouble is not the other's, and a limit is kept`() throws {
        for tenant in [1, 1, 1, 2] as [Int64] { try fixture.dispatch(tenant: tenant) }
        #expect(try postpone(tenant: 2) == 1)
        #expect(try postpone(tenant: 2) == 0)
        #expect(try postpone(limit: 2) == 2)
        #expect(try postpone() == 1)
    }

    /// Whoever cancels or settles a dispatch locks it first, and then leaves the queue.
    @Test(arguments: ["dispatch_queue", "dispatch"])
    func `what another holds is left out, and not waited for`(_ table: String) throws {
        try fixture.dispatch()
        let other = DispatchLife(try fixture.another())
        let lock = "SELECT FROM \(table) FOR UPDATE"
        try fixture.connection.transaction {
            try fixture.connection.run(script: lock)
            #expect(try postpone(on: other.connection) == 0)
        }
        #expect(try postpone(on: other.connection) == 1)
        func giveUp() throws -> Int {
            try other.connection.transaction {
                try other.giveUpWaiting(
                    tenantID: nil, since: Self.now, reason: "busy", limit: 1, now: Self.now)
            }.count
        }
        try fixture.connection.transaction {
            try fixture.connection.run(script: lock)
            #expect(try giveUp() == 0)
        }
        #expect(try giveUp() == 1)
    }

    @Test func `what waits since before an instant is given up, with since when and why`() throws {
        let (old, new) = (try fixture.dispatch(), try fixture.dispatch(runAt: Self.now + 1))
        #expect(try postpone() == 1)
        #expect(try postpone(at: Self.now + 1) == 1)
        let later = Self.now + 432_000
        #expect(try giveUp(since: Self.now - 1, at: later) == [])
        #expect(try giveUp(since: Self.now, at: later) == [old.dispatchID])
        #expect(
            try message(old)
                == "Given up. Waiting for the provider since 2026-11-18 12:06: 429 busy")
        #expect(
            try fixture.line(old)
                == "failed unknown, attempt 0, accepted 0/0, deferred 1, epoch 0, ended |  | postpone give_up"
        )
        #expect(try fixture.line(new).hasPrefix("queued "))
        #expect(try fixture.broken() == [])
    }

    @Test func `what has never waited is not given up, however old it is`() throws {
        try fixture.dispatch(runAt: Self.now - 10_000_000, at: Self.now - 10_000_000)
        #expect(try giveUp(since: Self.now, at: Self.now) == [])
    }

    @Test func `giving up keeps to the tenant and the limit`() throws {
        for tenant in [1, 1, 1, 2] as [Int64] { try fixture.dispatch(tenant: tenant) }
        #expect(try postpone() == 4)
        #expect(try giveUp(tenant: 2, since: Self.now, at: Self.now).count == 1)
        #expect(try giveUp(since: Self.now, limit: 2, at: Self.now).count == 2)
        #expect(try giveUp(since: Self.now, at: Self.now).count == 1)
    }

    @Test func `a deferral is counted apart, and over when the provider has judged`() throws {
        let key = try fixture.dispatch()
        for times in 1...20 {
            let claim = try #require(try fixture.claim(at: Self.now + 60 * Double(times)).first)
            #expect(claim.attempt == 1)
            #expect(claim.deferrals == times - 1)
            #expect(claim.deferredSince == (times == 1 ? nil : Self.now + 60))
            try fixture.record([.by(.postpone, of: claim)], at: Self.now + 60 * Double(times))
        }
        #expect(try fixture.line(key).contains("attempt 0, accepted 0/0, deferred 20"))
        let claim = try #require(try fixture.claim(at: Self.now + 9_999).first)
        try fixture.record([.by(.accept, of: claim)])
        #expect(
            try fixture.line(key).hasPrefix(
                "sent unknown, attempt 1, accepted 1/1, deferred 20, epoch 21 |"))
    }

    @Test func `what bounced softly, waits and is given up has bounced softly`() throws {
        let key = try fixture.dispatch()
        try fixture.record([.by(.accept, of: try #require(try fixture.claim().first))])
        try fixture.settle(key, .of(.queued, .softBounced, runAt: Self.now))
        try fixture.record([.by(.postpone, of: try #require(try fixture.claim().first))])
        #expect(try fixture.line(key).hasPrefix("queued soft_bounced, attempt 1, accepted 1/1"))
        try fixture.record([.by(.giveUp, of: try #require(try fixture.claim().first))])
        #expect(try fixture.line(key).hasPrefix("failed soft_bounced, attempt 1, accepted 1/1"))
    }
}
