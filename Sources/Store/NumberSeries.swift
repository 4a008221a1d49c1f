package import Postgres

/// The table number_series: gapless numbers assigned here.
package struct NumberSeries {
    /// The series of the invoices made here.
    package static let invoices = "invoice"
    /// The highest next number that the schema allows (number_series_number_sound).
    package static let numberMax: Int64 = 999_999_999_999_999

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Locks the tenants' series for this transaction, and returns the next number of each.
    ///
    /// Tenants that another process is generating for are left out rather than waited for.
    package func lock(tenants: [Int64]) throws -> [Int64: Int64] {
        guard !tenants.isEmpty else { return [:] }
        _ = try connection.execute(
            """
            INSERT INTO number_series (tenant_id, series, first_number, next_number)
            SELECT t.tenant_id, \(Self.invoices), 1, 1 FROM unnest(\(tenants)) AS t (tenant_id)
            WHERE NOT EXISTS (
                SELECT FROM number_series AS s
                WHERE s.tenant_id = t.tenant_id AND s.series = \(Self.invoices))
            ON CONFLICT ON CONSTRAINT number_series_pk DO NOTHING
            """)
        var next: [Int64: Int64] = [:]
        try connection.rows(
            """
            SELECT tenant_id, next_number FROM number_series
            WHERE series = \(Self.invoices) AND tenant_id = ANY (\(tenants))
            ORDER BY tenant_id FOR UPDATE SKIP LOCKED
            """
        ) { next[try $0["tenant_id"]] = try $0["next_number"] }
        return next
    }

    /// The highest imported number of each tenant that is itself the seller, where its series has
    /// not begun and would begin at or below that number.
    package func passed(tenants: [Int64]) throws -> [Int64: Int64] {
        guard !tenants.isEmpty else { return [:] }
        var passed: [Int64: Int64] = [:]
        try connection.rows(
            """
            SELECT s.tenant_id, p.number
            FROM number_series AS s JOIN passed_number AS p ON p.tenant_id = s.tenant_id
            WHERE s.series = \(Self.invoices) AND s.tenant_id = ANY (\(tenants))
                AND s.next_number = s.first_number AND s.next_number <= p.number
            """
        ) { passed[try $0["tenant_id"]] = try $0["number"] }
        return passed
    }

    /// Writes back the next numbers; to be called in the transaction of the lock.
    package func advance(to next: [Int64: Int64]) throws {
        guard !next.isEmpty else { return }
        let rows: RowSet = "tenant_id \(Array(next.keys)), next_number \(Array(next.values))"
        _ = try connection.execute(
            """
            UPDATE number_series AS s SET next_number = n.next_number
            FROM \(rows.table("n"))
            WHERE s.tenant_id = n.tenant_id AND s.series = \(Self.invoices)
            """)
    }
}
