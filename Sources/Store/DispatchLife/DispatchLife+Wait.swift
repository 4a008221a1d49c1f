package import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// The arrow `postpone` for queued dispatches, due and never attempted, while the provider is
    /// paused.
    ///
    /// Its user sees why it does not go out. The time at which it is to be sent does not change.
    /// - Returns: How many started waiting.
    package func postponeWaiting(
        tenantID: Int64?, reason: String, limit: Int, now: Date
    ) throws -> Int {
        try connection.execute(
            """
            WITH due AS (
                SELECT q.tenant_id, q.dispatch_id
                FROM dispatch_queue AS q
                JOIN dispatch AS d
                    ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
                WHERE q.run_at <= \(now) AND d.deferred_since IS NULL
                    AND NOT \(TenantControls.isSuspended("q"))
                    AND (\(tenantID) IS NULL OR q.tenant_id = \(tenantID))
                LIMIT \(limit)
                FOR UPDATE OF q SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED
            ), postponed AS (
                UPDATE dispatch AS d
                SET state = 'queued', deferred_since = \(now), reason = \(DispatchReason.postponed),
                    deferrals = d.deferrals + 1, message = \(waiting(now)) || \(reason)
                FROM due AS c
                WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                    AND d.state = 'queued'
                RETURNING d.tenant_id, d.dispatch_id
            )
            INSERT INTO dispatch_step (tenant_id, dispatch_id, at, step, detail)
            SELECT tenant_id, dispatch_id, \(now), 'postpone', \(reason) FROM postponed
            ON CONFLICT ON CONSTRAINT dispatch_step_pk DO NOTHING
            """
        ).affectedRows
    }

    /// The arrow `giveUp` for dispatches that have been queued since before an instant while the
    /// provider accepts nothing.
    /// - Returns: Those that were given up.
    package func giveUpWaiting(
        tenantID: Int64?, since: Date, reason: String, limit: Int, now: Date
    ) throws -> [DispatchKey] {
        let keys: [DispatchKey] = try connection.rows(
            """
            WITH overdue AS (
                SELECT q.tenant_id, q.dispatch_id
                FROM dispatch_queue AS q
                JOIN dispatch AS d
                    ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
                WHERE d.deferred_since <= \(since)
                    AND NOT \(TenantControls.isSuspended("q"))
                    AND (\(tenantID) IS NULL OR q.tenant_id = \(tenantID))
                LIMIT \(limit)
                FOR UPDATE OF q SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED
            )
            UPDATE dispatch AS d
            SET state = 'failed', reason = \(DispatchReason.givenUp), finalized_at = \(now),
                deferred_since = NULL, warned_at = NULL,
                message = 'Given up. ' || \(waiting(now)) || \(reason)
            FROM overdue AS c
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.state = ANY (\(DispatchArrow.giveUp.sourceNames))
            RETURNING d.tenant_id, d.dispatch_id
            """
        ) { DispatchKey(try $0["tenant_id"], try $0["dispatch_id"]) }
        try leaveQueue(keys)
        try leaveOngoing(keys)
        try write(keys.map { ($0, .giveUp, reason) }, now: now)
        return keys
    }

    /// The time since which it has been waiting, in the tenant's time zone, as in the column
    /// Message: a fragment in which `d` is the dispatch.
    func waiting(_ now: Date) -> Query {
        """
        'Waiting for the provider since ' || to_char(coalesce(d.deferred_since, \(now)) AT TIME ZONE
            (SELECT t.time_zone FROM tenant AS t WHERE t.tenant_id = d.tenant_id),
            'YYYY-MM-DD HH24:MI') || ': '
        """
    }

    /// Adds one row of history for each.
    func write(_ steps: [(key: DispatchKey, arrow: DispatchArrow, detail: String)], now: Date)
        throws
    {
        guard !steps.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(steps.map(\.key.tenantID)), dispatch_id \(steps.map(\.key.dispatchID)),
            step \(steps.map(\.arrow)), detail \(steps.map(\.detail))
            """
        _ = try connection.execute(
            """
            INSERT INTO dispatch_step (\(rows.columnNames), at)
            SELECT \(rows.columns(of: "c")), \(now) FROM \(rows.table("c"))
            ON CONFLICT ON CONSTRAINT dispatch_step_pk DO NOTHING
            """)
    }
}
