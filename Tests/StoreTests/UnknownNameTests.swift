import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// A name in a column that this program does not know, as a newer one might have written it.
struct UnknownNameTests {
    private let fixture: StoreFixture
    private let key: DispatchKey

    init() throws {
        fixture = try StoreFixture()
        key = try fixture.dispatch()
    }

    @Test func `is not taken for another name, and is told with its column`() throws {
        try fixture.connection.run(
            script: """
                ALTER TABLE dispatch DROP CONSTRAINT dispatch_channel;
                UPDATE dispatch SET channel = 'pigeon';
                """)
        #expect {
            try DispatchList(fixture.connection).lines(.init())
        } throws: { error in
            let error = error as? PostgresError
            return error?.kind == .decoding && error?.column == "channel"
                && error?.detail == "'pigeon'"
        }
    }

    @Test func `of a fault is told as an internal error, once`() throws {
        let faults = DispatchFaults(fixture.connection)
        try faults.insert(
            [(key.tenantID, key.dispatchID, Fault(.noUsableChannel, "pigeon"))],
            now: StoreFixture.now)
        try fixture.connection.run(script: "UPDATE dispatch_fault SET code = 'no_pigeon'")
        let told = try faults.unreported(tenantID: nil, limit: 10)
        #expect(told.map(\.fault.code) == [.internalError])
        #expect(told.map(\.fault.detail) == ["pigeon"])
        try faults.markReported(told, now: StoreFixture.now)
        #expect(try faults.unreported(tenantID: nil, limit: 10).isEmpty)
    }
}
