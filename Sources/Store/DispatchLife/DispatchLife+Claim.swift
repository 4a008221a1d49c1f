package import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// What a claim takes at most, and from whom.
    package struct ClaimLimits: Sendable {
        /// An equal share of the claim for each.
        package var tenants: [Int64]
        package var count: Int
        package var leaseSeconds: Int

        package init(tenants: [Int64], count: Int, leaseSeconds: Int) {
            self.tenants = tenants
            self.count = count
            self.leaseSeconds = leaseSeconds
        }
    }

    /// The arrow `claim`: takes dispatches that are due, and leases them.
    ///
    /// One statement, committed when it returns: what it gives back is ours alone until the lease
    /// runs out, and the attempt is counted before anything reaches the network. Rows that
    /// another process holds are skipped, never waited for: those of the queue, and the dispatches
    /// themselves, which whoever cancels or settles them locks first. Leases run by the database's clock,
    /// so machines whose clocks differ agree on when one is lost; and by ours from before the
    /// claim, so that we never think that one holds longer than it does.
    package func claim(
        _ limits: ClaimLimits, owner: String, now: Date
    ) throws -> [ClaimedDispatch] {
        guard !limits.tenants.isEmpty else { return [] }
        let leaseEnd = ContinuousClock.now + .seconds(limits.leaseSeconds)
        return try connection.rows(
            """
            WITH picked AS (
                SELECT q.tenant_id, q.dispatch_id
                FROM unnest(\(limits.tenants)) AS t (tenant_id)
                CROSS JOIN LATERAL (
                    SELECT q.tenant_id, q.dispatch_id
                    FROM dispatch_queue AS q
                    JOIN dispatch AS d
                        ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
                    WHERE q.tenant_id = t.tenant_id AND q.run_at <= \(now)
                    ORDER BY q.run_at LIMIT \(limits.share)
                    FOR UPDATE OF q SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED) AS q
                LIMIT \(limits.count)
            ), taken AS (
                DELETE FROM dispatch_queue AS q USING picked AS p
                WHERE q.tenant_id = p.tenant_id AND q.dispatch_id = p.dispatch_id
                RETURNING q.tenant_id, q.dispatch_id
            ), claimed AS (
                UPDATE dispatch AS d
                SET state = 'sending', attempt = attempt + 1, lease_epoch = lease_epoch + 1
                FROM taken AS t
                WHERE d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
                    AND d.state = ANY (\(DispatchArrow.claim.sourceNames))
                RETURNING d.tenant_id, d.dispatch_id, d.lease_epoch, d.attempt,
                    d.accepted_count, d.deferrals, d.deferred_since, d.retry_delays
            ), leased AS (
                INSERT INTO dispatch_lease
                    (tenant_id, dispatch_id, lease_epoch, owner, claimed_at, lease_until)
                SELECT tenant_id, dispatch_id, lease_epoch, \(owner), now(),
                    now() + make_interval(secs => \(Double(limits.leaseSeconds)))
                FROM claimed
            )
            SELECT *, now() AS claimed_at FROM claimed
            """
        ) { row in
            ClaimedDispatch(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                leaseEpoch: try row["lease_epoch"], attempt: try row["attempt"],
                acceptedCount: try row["accepted_count"], claimedAt: try row["claimed_at"],
                deferrals: try row["deferrals"], deferredSince: try row["deferred_since"],
                retryDelays: try row["retry_delays"], leaseEnd: leaseEnd)
        }
    }
}

extension DispatchLife.ClaimLimits {
    fileprivate var share: Int { (count + tenants.count - 1) / tenants.count }
}
