package import FoundationEssentials
package import Postgres

/// What waits to be sent, by tenant; read without locks.
package struct DispatchBacklog {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Tenants that have something due, after a given one in the order of their ids.
    ///
    /// Read without locks, by jumping from tenant to tenant in the index (tenant_id, run_at): the
    /// cost is a step a tenant, however long the queue of one of them is.
    package func dueTenants(
        after tenantID: Int64, except held: Set<Int64> = [], now: Date, limit: Int
    ) throws -> [Int64] {
        try connection.rows(
            """
            WITH RECURSIVE due AS (
                (SELECT tenant_id FROM dispatch_queue
                 WHERE tenant_id > \(tenantID) AND run_at <= \(now)
                 ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT q.tenant_id FROM dispatch_queue AS q
                    WHERE q.tenant_id > due.tenant_id AND q.run_at <= \(now)
                    ORDER BY q.tenant_id LIMIT 1)
                FROM due WHERE due.tenant_id IS NOT NULL
            )
            SELECT tenant_id FROM due
            WHERE tenant_id IS NOT NULL AND tenant_id <> ALL (\(held.sorted())) LIMIT \(limit)
            """
        ) { try $0["tenant_id"] }
    }

    /// How many dispatches wait, and since when the oldest that is due has waited.
    package func backlog(now: Date) throws -> (count: Int, oldest: Date?) {
        try connection.first(
            """
            SELECT count(*) AS count, min(run_at) FILTER (WHERE run_at <= \(now)) AS oldest
            FROM dispatch_queue
            """
        ) { (count: try $0["count"], oldest: try $0["oldest"]) } ?? (0, nil)
    }
}
