package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table tenant_night: which tenants' nights have come, and which are done.
package struct TenantNights {
    /// From this hour of a tenant's day on its night's work may be done: an hour that every day has
    /// once, whatever the clocks do.
    package static let hour = 3

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tenants whose day has come so far that its night's work is due and is not done, each with
    /// that day.
    package func due(tenantID: Int64?, now: Date) throws -> [Int64: CivilDate] {
        let nights: [(tenantID: Int64, day: CivilDate)] = try connection.rows(
            """
            SELECT t.tenant_id, l.local::date AS day
            FROM tenant AS t
            CROSS JOIN LATERAL (SELECT \(now) AT TIME ZONE t.time_zone AS local) AS l
            LEFT JOIN tenant_night AS n ON n.tenant_id = t.tenant_id
            WHERE (\(tenantID) IS NULL OR t.tenant_id = \(tenantID))
                AND extract(hour FROM l.local) >= \(Self.hour)
                AND (n.finished_on IS NULL OR n.finished_on < l.local::date)
            """
        ) { (try $0["tenant_id"], try $0["day"]) }
        return Dictionary(nights.map { ($0.tenantID, $0.day) }) { first, _ in first }
    }

    /// Writes that the nights of these days are done.
    package func finish(_ nights: [Int64: CivilDate]) throws {
        guard !nights.isEmpty else { return }
        let nights = nights.sorted { $0.key < $1.key }
        let rows: RowSet = "tenant_id \(nights.map(\.key)), finished_on \(nights.map(\.value))"
        try connection.execute(
            """
            INSERT INTO tenant_night AS n (\(rows.columnNames))
            SELECT \(rows.columns(of: "c")) FROM \(rows.table("c"))
            ON CONFLICT ON CONSTRAINT tenant_night_pk DO UPDATE
            SET finished_on = greatest(n.finished_on, excluded.finished_on)
            """)
    }
}
