import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// Who is told, and how often, that what they created waits for the provider.
struct DelayWarningsTests {
    private static let now = StoreFixture.now
    /// Late: four hours after they began to wait.
    private static let later = now + 14_400
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture(tenants: 1...2)
    }

    private func wait(
        _ count: Int = 1, by user: String = "kari", tenant: Int64 = 1, at now: Date = now
    ) throws -> [DispatchKey] {
        let keys = try (0..<count).map { _ in
            try fixture.dispatch(tenant: tenant, by: user, runAt: now)
        }
        #expect(
            try fixture.life.postponeWaiting(
                tenantID: nil, reason: "busy", limit: 1_000, now: now) == count)
        return keys
    }

    private func warn(at now: Date = later, tenant: Int64? = nil) throws -> Int {
        try fixture.connection.transaction {
            try DelayWarnings(fixture.connection).warn(
                tenantID: tenant, since: now - 14_400, now: now)
        }
    }

    private func close() throws -> Int {
        try DelayWarnings(fixture.connection).close(tenantID: nil, now: Self.later)
    }

    /// Claims all that is due, and ends it so.
    private func record(_ arrow: DispatchArrow, _ count: Int = 1_000) throws {
        let claims = try fixture.claim(tenants: [1, 2], count: count, at: Self.later)
        #expect(!claims.isEmpty)
        try fixture.record(claims.map { .by(arrow, of: $0) }, at: Self.later)
    }

    private func bells() throws -> [String] {
        try fixture.connection.rows(
            "SELECT user_key || ' ' || kind AS line FROM notification ORDER BY 1"
        ) { try $0["line"] }
    }

    private func openTodos() throws -> [String] {
        try fixture.connection.rows(
            """
            SELECT user_key || coalesce(' ' || cause, '') AS line FROM todo
            WHERE closed_at IS NULL ORDER BY 1
            """
        ) { try $0["line"] }
    }

    @Test func `one warning each user, however many wait`() throws {
        _ = try wait(40)
        _ = try wait(3, by: "ola")
        #expect(try warn() == 2)
        #expect(try bells() == ["kari delayed", "ola delayed"])
        #expect(try openTodos() == ["kari provider", "ola provider"])
    }

    @Test func `none before they have waited long enough`() throws {
        _ = try wait()
        #expect(try warn(at: Self.later - 1) == 0)
        #expect(try warn() == 1)
    }

    @Test func `none again while they wait, nor for what begins to wait meanwhile`() throws {
        _ = try wait(40)
        #expect(try warn() == 1)
        let before = try fixture.content()
        #expect(try warn(at: Self.later + 86_400) == 0)
        #expect(try fixture.content() == before)
        _ = try wait(5, at: Self.later)
        #expect(try warn(at: Self.later + 86_400) == 0)
        #expect(try bells().count == 1)
    }

    @Test func `a user is told once of each outage, not once for ever`() throws {
        _ = try wait(3)
        #expect(try warn() == 1)
        try record(.accept)
        #expect(try close() == 1)
        _ = try wait(3, at: Self.later)
        #expect(try warn(at: Self.later + 14_400) == 1)
        #expect(try openTodos() == ["kari provider"])
    }

    @Test func `it closes by itself when it was sent`() throws {
        _ = try wait(3)
        #expect(try warn() == 1)
        #expect(try close() == 0)
        try record(.accept)
        #expect(try close() == 1)
        #expect(try openTodos() == [])
        #expect(try close() == 0)
    }

    @Test func `it stays open while what it is about is asked about`() throws {
        _ = try wait()
        #expect(try warn() == 1)
        try record(.doubt)
        #expect(try close() == 0)
        #expect(try openTodos() == ["kari provider"])
    }

    @Test func `it closes where its dispatch was cancelled: nobody waits for it`() throws {
        let key = try wait()[0]
        #expect(try warn() == 1)
        _ = try fixture.connection.transaction {
            try fixture.life.cancel(key, by: "kari", now: Self.later)
        }
        #expect(try close() == 1)
    }

    @Test func `one that fails keeps its to-do open`() throws {
        let key = try wait()[0]
        #expect(try warn() == 1)
        try record(.refuse)
        _ = try Notifications(fixture.connection).openTodos([key], now: Self.later)
        #expect(try close() == 0)
        #expect(try openTodos().count == 1)
    }

    @Test func `one that fails after its to-do was closed has it opened again`() throws {
        let key = try wait()[0]
        #expect(try warn() == 1)
        try record(.accept)
        #expect(try close() == 1)
        try fixture.settle(key, .of(.sent, .hardBounced))
        #expect(try Notifications(fixture.connection).openTodos([key], now: Self.later) == 1)
        #expect(try openTodos() == ["kari"])
        #expect(try close() == 0)
    }

    @Test func `one tenant's run tells nobody else's users`() throws {
        _ = try wait(2)
        _ = try wait(2, tenant: 2)
        #expect(try warn(tenant: 2) == 1)
        #expect(try warn() == 1)
    }
}
