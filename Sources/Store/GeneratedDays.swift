package import FoundationEssentials
package import Postgres

/// The tables generated_day and awaited_approval: how large the tenants' nights are, and which are so
/// large that a person has to approve them.
package struct GeneratedDays {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A tenant whose night is large enough to be compared with others.
    package struct Large: Hashable, Sendable {
        package var tenantID: Int64
        /// What is due, but for agreements that a fault stops.
        package var due: Int
        /// What this day has come to already.
        package var made: Int
        /// The most that an earlier day of the last thirteen months came to; nil where there is
        /// none.
        package var usual: Int?

        package init(tenantID: Int64, due: Int, made: Int, usual: Int?) {
            (self.tenantID, self.due, self.made, self.usual) = (tenantID, due, made, usual)
        }
    }

    /// The tenants of which more than so many invoices would be made today.
    ///
    /// What is paused is not made, and what a fault stopped was counted when it became due.
    package func large(above count: Int, tenantID: Int64?, now: Date) throws -> [Large] {
        try connection.rows(
            """
            WITH due AS (
                SELECT r.tenant_id FROM recurring_invoice AS r
                JOIN tenant AS t ON t.tenant_id = r.tenant_id
                WHERE (\(tenantID) IS NULL OR r.tenant_id = \(tenantID))
                    AND NOT \(TenantControls.isSuspended("t"))
                    AND r.prepare_on <= (\(now) AT TIME ZONE t.time_zone)::date
                    AND (r.paused_from IS NULL OR r.paused_from > r.next_date
                        OR r.paused_until < r.next_date)
                UNION ALL
                SELECT a.tenant_id FROM automatic_dispatch AS a
                WHERE (\(tenantID) IS NULL OR a.tenant_id = \(tenantID))
                    AND NOT \(TenantControls.isSuspended("a"))
            ), day AS (
                SELECT d.tenant_id, count(*) AS due, (\(now) AT TIME ZONE t.time_zone)::date AS today
                FROM due AS d JOIN tenant AS t ON t.tenant_id = d.tenant_id
                GROUP BY d.tenant_id, t.time_zone
            ), large AS (
                SELECT d.*, coalesce(g.invoices, 0) AS made
                FROM day AS d
                LEFT JOIN generated_day AS g ON g.tenant_id = d.tenant_id AND g.day = d.today
                WHERE d.due + coalesce(g.invoices, 0) > \(count)
            )
            SELECT l.tenant_id, l.due - f.stopped AS due, l.made, u.usual
            FROM large AS l
            CROSS JOIN LATERAL (
                SELECT count(DISTINCT d.recurring_invoice_number) AS stopped
                FROM dispatch_fault AS f
                JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
                JOIN recurring_invoice AS r ON r.tenant_id = d.tenant_id
                    AND r.recurring_invoice_number = d.recurring_invoice_number
                    AND r.next_period_number = d.period_number
                WHERE f.tenant_id = l.tenant_id AND f.mended_at IS NULL AND d.invoice_id IS NULL
            ) AS f
            CROSS JOIN LATERAL (
                SELECT max(g.invoices) AS usual FROM generated_day AS g
                WHERE g.tenant_id = l.tenant_id AND g.day > l.today - 400 AND g.day < l.today
            ) AS u
            WHERE l.due > f.stopped AND l.due - f.stopped + l.made > \(count)
            ORDER BY l.tenant_id
            """
        ) { row in
            Large(
                tenantID: try row["tenant_id"], due: try row["due"], made: try row["made"],
                usual: try row["usual"])
        }
    }

    /// Adds what was made to the tenants' day.
    package func add(_ counts: [Int64: Int], now: Date) throws {
        guard !counts.isEmpty else { return }
        let counts = counts.sorted { $0.key < $1.key }
        let rows: RowSet = "tenant_id \(counts.map(\.key)), count \(counts.map(\.value))"
        try connection.execute(
            """
            INSERT INTO generated_day AS g (tenant_id, day, invoices)
            SELECT t.tenant_id, (\(now) AT TIME ZONE t.time_zone)::date, c.count
            FROM \(rows.table("c")) JOIN tenant AS t ON t.tenant_id = c.tenant_id
            ON CONFLICT ON CONSTRAINT generated_day_pk DO UPDATE
            SET invoices = g.invoices + excluded.invoices
            """)
    }

    /// Writes which tenants await approval; of the others in view none does.
    package func await(_ large: [Large], tenantID: Int64?, now: Date) throws {
        let rows: RowSet = """
            tenant_id \(large.map(\.tenantID)), due \(large.map(\.due)),
            usual \(large.map { $0.usual ?? 0 })
            """
        try connection.execute(
            """
            DELETE FROM awaited_approval
            WHERE (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                AND tenant_id <> ALL (\(large.map(\.tenantID)))
            """)
        guard !large.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO awaited_approval (asked_at, \(rows.columnNames))
            SELECT \(now), \(rows.columns(of: "c")) FROM \(rows.table("c"))
            ON CONFLICT ON CONSTRAINT awaited_approval_pk DO UPDATE
            SET due = excluded.due, usual = excluded.usual
            """)
    }
}
