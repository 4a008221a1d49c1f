import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// Two reconcilers that read the same page at the same time.
struct EventsTests {
    private let fixture: StoreFixture
    private let key: DispatchKey

    init() throws {
        fixture = try StoreFixture()
        key = try fixture.dispatch()
    }

    private func entries(_ count: Int, isAttributed: Bool = true) -> [DeliveryEvents.Entry] {
        (0..<count).map { number in
            DeliveryEvents.Entry(
                event: ProviderEvent(
                    source: "logs", key: "e\(number)", occurredAt: StoreFixture.now,
                    kind: .delivered, recipient: "kunde@kunde.test", raw: "{}"),
                attribution: isAttributed
                    ? Attribution(
                        kind: .ownID, tenantID: key.tenantID, dispatchID: key.dispatchID,
                        attempt: 1) : nil,
                classification: nil)
        }
    }

    private func store(
        _ entries: [DeliveryEvents.Entry], on connection: Connection
    ) throws -> Set<String> {
        try DeliveryEvents(connection).store(
            entries, provider: StoreFixture.provider, now: StoreFixture.now)
    }

    private func known(
        _ entries: [DeliveryEvents.Entry], on connection: Connection
    ) throws -> Set<String> {
        try DeliveryEvents(connection).stored(
            entries.map(\.event), provider: StoreFixture.provider)
    }

    @Test(arguments: [true, false])
    func `a page that both found new is stored once, and the second is told that it is not new`(
        _ isAttributed: Bool
    ) throws {
        let page = entries(3, isAttributed: isAttributed)
        let (first, second) = (fixture.connection, try fixture.another())
        let late = try second.transaction { () throws -> Set<String> in
            // Both look before either has stored.
            #expect(try known(page, on: second).isEmpty)
            let stored = try first.transaction { () throws -> Set<String> in
                #expect(try known(page, on: first).isEmpty)
                return try store(page, on: first)
            }
            #expect(stored == ["e0", "e1", "e2"])
            return try store(entries(4, isAttributed: isAttributed), on: second)
        }
        #expect(late == ["e3"])
        let count: Int? = try fixture.value("SELECT count(*) AS value FROM delivery_event")
        #expect(count == 4)
    }

    @Test func `an orphan that both find the dispatch of moves to it once`() throws {
        _ = try store(entries(1, isAttributed: false), on: fixture.connection)
        let second = try fixture.another()
        let late = try second.transaction { () throws -> Set<String> in
            let orphans = try DeliveryEvents(second).orphans(
                provider: StoreFixture.provider, since: StoreFixture.now, limit: 10)
            #expect(orphans.count == 1)
            let moved = try fixture.connection.transaction {
                try store(entries(1), on: fixture.connection)
            }
            #expect(moved == ["e0"])
            return try store(entries(1), on: second)
        }
        #expect(late.isEmpty)
        let tenants = try fixture.connection.rows("SELECT tenant_id FROM delivery_event") {
            try $0["tenant_id"] as Int64
        }
        #expect(tenants == [1])
    }
}
