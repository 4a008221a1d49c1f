package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres

/// The table dispatch_queue: dispatches that wait to be sent.
package struct DispatchQueue {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Tenants that have something due, after a given one in the order of their ids.
    ///
    /// Read without locks, by jumping from tenant to tenant in the index (tenant_id, run_at): the
    /// cost is a step a tenant, however long the queue of one of them is.
    package func dueTenants(after tenantID: Int64, now: Date, limit: Int) throws -> [Int64] {
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
            SELECT tenant_id FROM due WHERE tenant_id IS NOT NULL LIMIT \(limit)
            """
        ) { try $0["tenant_id"] }
    }

    /// Takes dispatches that are due, an equal share from each tenant, and leases them.
    ///
    /// One statement, committed when it returns: what it gives back is ours alone until the lease
    /// runs out, and the attempt is counted before anything reaches the network. Rows that
    /// another process holds are skipped, never waited for. Leases run by the database's clock,
    /// so machines whose clocks differ agree on when one is lost.
    package func claim(
        tenants: [Int64], limit: Int, owner: String, leaseSeconds: Int, now: Date
    ) throws -> [ClaimedDispatch] {
        guard !tenants.isEmpty else { return [] }
        let share = (limit + tenants.count - 1) / tenants.count
        return try connection.rows(
            """
            WITH picked AS (
                SELECT q.tenant_id, q.dispatch_id
                FROM unnest(\(tenants)) AS t (tenant_id)
                CROSS JOIN LATERAL (
                    SELECT tenant_id, dispatch_id FROM dispatch_queue
                    WHERE tenant_id = t.tenant_id AND run_at <= \(now)
                    ORDER BY run_at LIMIT \(share)
                    FOR UPDATE SKIP LOCKED) AS q
            ), taken AS (
                DELETE FROM dispatch_queue AS q USING picked AS p
                WHERE q.tenant_id = p.tenant_id AND q.dispatch_id = p.dispatch_id
                RETURNING q.tenant_id, q.dispatch_id
            ), claimed AS (
                UPDATE dispatch AS d
                SET state = 'sending', attempt = attempt + 1, lease_epoch = lease_epoch + 1,
                    message = '', reason = NULL
                FROM taken AS t
                WHERE d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
                    AND d.state = 'queued'
                RETURNING d.tenant_id, d.dispatch_id, d.lease_epoch, d.attempt,
                    d.accepted_count, d.retry_delays
            ), leased AS (
                INSERT INTO dispatch_lease
                    (tenant_id, dispatch_id, lease_epoch, owner, claimed_at, lease_until)
                SELECT tenant_id, dispatch_id, lease_epoch, \(owner), \(now),
                    now() + make_interval(secs => \(Double(leaseSeconds)))
                FROM claimed
            )
            SELECT * FROM claimed
            """
        ) { row in
            ClaimedDispatch(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                leaseEpoch: try row["lease_epoch"], attempt: try row["attempt"],
                acceptedCount: try row["accepted_count"], claimedAt: now,
                retryDelays: try row["retry_delays"])
        }
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
