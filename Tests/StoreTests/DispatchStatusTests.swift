import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// The user's status: one function of the database, and everybody who shows it reads that.
struct DispatchStatusTests {
    private static let deliveries: [Delivery] = [
        .unknown, .deferred, .delivered, .softBounced, .hardBounced, .blocked,
    ]

    /// Columns: the deliveries above.
    @Test(arguments: [
        (DispatchState.queued, 0, "pending ongoing ongoing ongoing ongoing ongoing"),
        (.queued, 1, "ongoing ongoing ongoing ongoing ongoing ongoing"),
        (.sending, 0, "ongoing ongoing ongoing ongoing ongoing ongoing"),
        (.sending, 1, "ongoing ongoing ongoing ongoing ongoing ongoing"),
        (.inDoubt, 0, "ongoing ongoing ongoing ongoing ongoing ongoing"),
        (.inDoubt, 1, "ongoing ongoing ongoing ongoing ongoing ongoing"),
        (.sent, 0, "ongoing ongoing completed failed failed failed"),
        (.sent, 1, "ongoing ongoing completed failed failed failed"),
        (.failed, 0, "failed failed failed failed failed failed"),
        (.failed, 1, "failed failed failed failed failed failed"),
        (.cancelled, 0, "cancelled cancelled cancelled cancelled cancelled cancelled"),
        (.cancelled, 1, "cancelled cancelled cancelled cancelled cancelled cancelled"),
    ])
    func `every state with every outcome is one of the five that users know`(
        _ state: DispatchState, _ accepted: Int, _ statuses: String
    ) throws {
        #expect(Self.deliveries.count == Delivery.allCases.count)
        let connection = try StoreFixture().connection
        let found = try Self.deliveries.map { delivery in
            try #require(
                try connection.first(
                    """
                    SELECT dispatch_status(\(state.rawValue), \(delivery.rawValue), \(accepted)::int)
                        AS status
                    """
                ) { try $0["status"] as String })
        }
        #expect(found.joined(separator: " ") == statuses)
    }

    @Test func `the list shows it, of a dispatch at each place of its life`() throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        for start in Start.allCases { _ = try start.make(on: fixture) }
        let shown = try fixture.connection.rows(
            """
            SELECT tenant_id, status FROM dispatch_list ORDER BY tenant_id
            """
        ) { try $0["status"] as String }
        let expected: [Start: String] = [
            .queued: "pending", .waiting: "pending", .retrying: "ongoing", .sending: "ongoing",
            .inDoubt: "ongoing", .parked: "ongoing", .sent: "ongoing", .delivered: "completed",
            .softBounced: "failed", .failed: "failed", .cancelled: "cancelled",
            .inOutbox: "pending", .taken: "ongoing", .answered: "completed",
        ]
        #expect(shown == Start.allCases.map { expected[$0] ?? "" })
    }
}
