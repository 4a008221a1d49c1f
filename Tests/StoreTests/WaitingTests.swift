import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// What waits in the queue while the provider is left alone.
struct WaitingTests {
    private static let now = Workbench.now
    private let bench: Workbench

    init() throws {
        bench = try Workbench(tenants: 1...2)
    }

    private func postpone(
        tenant: Int64? = nil, limit: Int = 100, at now: Date = now, on other: Connection? = nil
    ) throws -> Int {
        try DispatchLife(other ?? bench.connection).postponeWaiting(
            tenantID: tenant, reason: "429 busy", limit: limit, now: now)
    }

    private func giveUp(
        tenant: Int64? = nil, since: Date, limit: Int = 100, at now: Date
    ) throws -> [UUID] {
        try bench.connection.transaction {
            try bench.life.giveUpWaiting(
                tenantID: tenant, since: since, reason: "429 busy", limit: limit, now: now)
        }.map(\.dispatchID)
    }

    private func message(_ key: DispatchLife.Key) throws -> String? {
        try bench.value(
            "SELECT message AS value FROM dispatch WHERE dispatch_id = \(key.dispatchID)")
    }

    @Test func `what is due says that it waits, since when in its tenant's time, and why`() throws {
        let key = try bench.dispatch()
        #expect(try postpone() == 1)
        // 2026-11-18 11:06:40 UTC.
        #expect(
            try message(key) == "Waiting for the provider since 2026-11-18 12:06: 429 busy")
        #expect(try bench.line(key).contains("attempt 0, accepted 0/0, deferred 1"))
        let history = try DispatchHistory(bench.connection).steps(
            tenantID: key.tenantID, dispatchID: key.dispatchID)
        #expect(history.map(\.what) == ["created", "postpone"])
        #expect(history.last?.detail == "429 busy")
    }

    @Test func `it says so once, and when it is sent does not change`() throws {
        let key = try bench.dispatch(runAt: Self.now - 60)
        #expect(try postpone() == 1)
        let before = try bench.content()
        #expect(try postpone(at: Self.now + 3_600) == 0)
        #expect(try bench.content() == before)
        #expect(try bench.claim().map(\.dispatchID) == [key.dispatchID])
    }

    @Test func `what is not due does not wait for the provider`() throws {
        try bench.dispatch(runAt: Self.now + 1)
        #expect(try postpone() == 0)
    }

    @Test func `one tenant's trouble is not the other's, and a limit is kept`() throws {
        for tenant in [1, 1, 1, 2] as [Int64] { try bench.dispatch(tenant: tenant) }
        #expect(try postpone(tenant: 2) == 1)
        #expect(try postpone(tenant: 2) == 0)
        #expect(try postpone(limit: 2) == 2)
        #expect(try postpone() == 1)
    }

    /// Whoever cancels or settles a dispatch locks it first, and then leaves the queue.
    @Test(arguments: ["dispatch_queue", "dispatch"])
    func `what another holds is left out, and not waited for`(_ table: String) throws {
        try bench.dispatch()
        let other = DispatchLife(try bench.another())
        let lock = "SELECT FROM \(table) FOR UPDATE"
        try bench.connection.transaction {
            try bench.connection.run(script: lock)
            #expect(try postpone(on: other.connection) == 0)
        }
        #expect(try postpone(on: other.connection) == 1)
        func giveUp() throws -> Int {
            try other.connection.transaction {
                try other.giveUpWaiting(
                    tenantID: nil, since: Self.now, reason: "busy", limit: 1, now: Self.now)
            }.count
        }
        try bench.connection.transaction {
            try bench.connection.run(script: lock)
            #expect(try giveUp() == 0)
        }
        #expect(try giveUp() == 1)
    }

    @Test func `what waits since before an instant is given up, with since when and why`() throws {
        let (old, new) = (try bench.dispatch(), try bench.dispatch(runAt: Self.now + 1))
        #expect(try postpone() == 1)
        #expect(try postpone(at: Self.now + 1) == 1)
        let later = Self.now + 432_000
        #expect(try giveUp(since: Self.now - 1, at: later) == [])
        #expect(try giveUp(since: Self.now, at: later) == [old.dispatchID])
        #expect(
            try message(old)
                == "Given up. Waiting for the provider since 2026-11-18 12:06: 429 busy")
        #expect(
            try bench.line(old)
                == "failed unknown, attempt 0, accepted 0/0, deferred 1, epoch 0, ended |  | postpone give_up"
        )
        #expect(try bench.line(new).hasPrefix("queued "))
        #expect(try bench.broken() == [])
    }

    @Test func `what has never waited is not given up, however old it is`() throws {
        try bench.dispatch(runAt: Self.now - 10_000_000, at: Self.now - 10_000_000)
        #expect(try giveUp(since: Self.now, at: Self.now) == [])
    }

    @Test func `giving up keeps to the tenant and the limit`() throws {
        for tenant in [1, 1, 1, 2] as [Int64] { try bench.dispatch(tenant: tenant) }
        #expect(try postpone() == 4)
        #expect(try giveUp(tenant: 2, since: Self.now, at: Self.now).count == 1)
        #expect(try giveUp(since: Self.now, limit: 2, at: Self.now).count == 2)
        #expect(try giveUp(since: Self.now, at: Self.now).count == 1)
    }

    @Test func `a deferral is counted apart, and over when the provider has judged`() throws {
        let key = try bench.dispatch()
        for times in 1...20 {
            let claim = try #require(try bench.claim(at: Self.now + 60 * Double(times)).first)
            #expect(claim.attempt == 1)
            #expect(claim.deferrals == times - 1)
            #expect(claim.deferredSince == (times == 1 ? nil : Self.now + 60))
            try bench.record([.by(.postpone, of: claim)], at: Self.now + 60 * Double(times))
        }
        #expect(try bench.line(key).contains("attempt 0, accepted 0/0, deferred 20"))
        let claim = try #require(try bench.claim(at: Self.now + 9_999).first)
        try bench.record([.by(.accept, of: claim)])
        #expect(
            try bench.line(key).hasPrefix(
                "sent unknown, attempt 1, accepted 1/1, deferred 20, epoch 21 |"))
    }

    @Test func `what bounced softly, waits and is given up has bounced softly`() throws {
        let key = try bench.dispatch()
        try bench.record([.by(.accept, of: try #require(try bench.claim().first))])
        try bench.settle(key, .of(.queued, .softBounced, runAt: Self.now))
        try bench.record([.by(.postpone, of: try #require(try bench.claim().first))])
        #expect(try bench.line(key).hasPrefix("queued soft_bounced, attempt 1, accepted 1/1"))
        try bench.record([.by(.giveUp, of: try #require(try bench.claim().first))])
        #expect(try bench.line(key).hasPrefix("failed soft_bounced, attempt 1, accepted 1/1"))
    }
}
