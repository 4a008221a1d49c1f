package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres
import Wire

/// The table suppression: a mirror of the provider's lists.
package struct Suppressions {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Adds addresses that new events report on the provider's lists.
    ///
    /// An entry older than the last removal is stale, and is not added again.
    /// - Returns: How many were added.
    package func list(_ events: [ProviderEvent], provider: String) throws -> Int {
        var newest: [String: ProviderEvent] = [:]
        for event in events {
            // A redacted address is on no list.
            guard let list = event.suppressionList, EmailAddress(event.recipient) != nil
            else { continue }
            let key = "\(list) \(event.recipient.lowercased())"
            if let known = newest[key], known.occurredAt >= event.occurredAt { continue }
            newest[key] = event
        }
        guard !newest.isEmpty else { return 0 }
        let entries = Array(newest.values)
        let rows: RowSet = """
            address \(entries.map(\.recipient)), list \(entries.map(\.suppressionList)),
            reason \(entries.map(\.text)), listed_at \(entries.map(\.occurredAt))
            """
        return try connection.execute(
            """
            INSERT INTO suppression AS s (\(rows.columnNames), tenant_id, provider, address_key)
            SELECT \(rows.columns(of: "e")), 0, \(provider), lower(e.address)
            FROM \(rows.table("e"))
            ON CONFLICT ON CONSTRAINT suppression_pk DO UPDATE
            SET address = excluded.address, reason = excluded.reason,
                listed_at = excluded.listed_at, lifted_at = NULL
            WHERE excluded.listed_at > coalesce(s.lifted_at, s.listed_at)
            """
        ).affectedRows
    }

    /// Those of these addresses that are on a list.
    package func active(among keys: [String], provider: String) throws -> Set<String> {
        guard !keys.isEmpty else { return [] }
        return Set(
            try connection.rows(
                """
                SELECT DISTINCT s.address_key FROM suppression AS s
                JOIN unnest(\(keys)) AS k (address_key) ON k.address_key = s.address_key
                WHERE s.tenant_id = 0 AND s.provider = \(provider) AND s.lifted_at IS NULL
                """
            ) { try $0["address_key"] as String })
    }

    /// The list entries of an address, as the provider spells it.
    package func entries(of key: String, provider: String) throws -> [ListedSuppression] {
        try listed("AND address_key = \(key) ORDER BY list", provider: provider)
    }

    /// All current list entries.
    package func allActive(provider: String) throws -> [ListedSuppression] {
        try listed("ORDER BY list, address_key", provider: provider)
    }

    private func listed(_ condition: Query, provider: String) throws -> [ListedSuppression] {
        try connection.rows(
            """
            SELECT list, address, reason, listed_at FROM suppression
            WHERE tenant_id = 0 AND provider = \(provider) AND lifted_at IS NULL \(condition)
            """
        ) { row in
            ListedSuppression(
                list: try row["list"], address: try row["address"], reason: try row["reason"],
                createdAt: try row["listed_at"])
        }
    }

    /// Records that the provider no longer blocks an address.
    package func markLifted(_ entry: ListedSuppression, provider: String, now: Date) throws {
        _ = try connection.execute(
            """
            UPDATE suppression SET lifted_at = greatest(\(now), listed_at)
            WHERE tenant_id = 0 AND provider = \(provider)
                AND address_key = lower(\(entry.address)) AND list = \(entry.list)
            """)
    }
}
