package import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Wire

extension DispatchLife {
    /// The arrow `doubt` for dispatches whose lease has expired: the owner died, or was too slow.
    ///
    /// The epoch is increased, so that an owner that resumes can write no outcome. One that is
    /// being written at this moment is left to its owner.
    /// - Returns: How many.
    package func doubtLost(tenantID: Int64?, graceSeconds: Int) throws -> Int {
        try connection.execute(
            """
            WITH lost AS (
                SELECT l.tenant_id, l.dispatch_id, l.claimed_at
                FROM dispatch_lease AS l
                JOIN dispatch AS d
                    ON d.tenant_id = l.tenant_id AND d.dispatch_id = l.dispatch_id
                WHERE l.lease_until < now() AND l.resolve_at IS NULL AND NOT l.parked
                    AND (\(tenantID) IS NULL OR l.tenant_id = \(tenantID))
                FOR UPDATE OF l SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED
            ), doubted AS (
                UPDATE dispatch AS d
                SET state = 'in_doubt', lease_epoch = d.lease_epoch + 1,
                    message = 'In doubt: the program that sent it was stopped',
                    reason = \(DispatchReason.inDoubt)
                FROM lost AS l
                WHERE d.tenant_id = l.tenant_id AND d.dispatch_id = l.dispatch_id
                    AND d.state = ANY (\(DispatchArrow.doubt.sourceNames))
                RETURNING d.tenant_id, d.dispatch_id, d.lease_epoch, d.message
            ), told AS (
                INSERT INTO dispatch_step (tenant_id, dispatch_id, at, step, detail)
                SELECT tenant_id, dispatch_id, now(), 'doubt', message FROM doubted
            )
            UPDATE dispatch_lease AS l
            SET lease_epoch = d.lease_epoch,
                resolve_at = greatest(
                    now(), l.claimed_at + make_interval(secs => \(Double(graceSeconds))))
            FROM doubted AS d
            WHERE l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            """
        ).affectedRows
    }

    /// A submission in doubt that is due to be looked up.
    package struct Doubt {
        package var claim: ClaimedDispatch
        package var query: LookupQuery
        /// Seconds since the latest time it can have been submitted.
        package var ageSeconds: Double
        /// The tenant's policy if the look-up settles nothing.
        package var policy: InDoubtPolicy
        /// A decision for this dispatch that overrides the tenant's policy; nil for none.
        package var decided: InDoubtPolicy?
    }

    /// A doubt that is due, or one whose stored data can't be read and that can't be looked up.
    package enum DueDoubt {
        /// It can be looked up.
        case askable(Doubt)
        /// It can't be read, for the reason given.
        case unreadable(ClaimedDispatch, fault: String)
    }

    /// Claims submissions in doubt that are due, so that only one process looks up each.
    ///
    /// The claim postpones the next look-up by the lease: if the process dies, another follows. All
    /// times are the database's.
    package func claimDoubts(
        tenantID: Int64?, limit: Int, leaseSeconds: Int
    ) throws -> [DueDoubt] {
        try connection.rows(
            """
            WITH due AS (
                SELECT tenant_id, dispatch_id FROM dispatch_lease
                WHERE resolve_at <= now() AND NOT parked
                    AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                ORDER BY resolve_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE dispatch_lease AS l
                SET resolve_at = now() + make_interval(secs => \(Double(leaseSeconds)))
                FROM due AS u
                WHERE l.tenant_id = u.tenant_id AND l.dispatch_id = u.dispatch_id
                RETURNING l.tenant_id, l.dispatch_id, l.lease_epoch, l.claimed_at,
                    coalesce(l.attempted_until, l.claimed_at) AS attempted_until,
                    l.in_doubt_policy AS decided_policy
            )
            SELECT t.tenant_id, t.dispatch_id, t.lease_epoch, t.claimed_at, d.attempt,
                t.attempted_until, t.decided_policy,
                extract(epoch FROM now() - t.claimed_at)::float8 AS claimed_seconds,
                extract(epoch FROM now() - t.attempted_until)::float8 AS age_seconds,
                d.accepted_count, d.deferrals, d.deferred_since, d.recipient, d.message_id,
                m.subject, n.in_doubt_policy
            FROM taken AS t
            JOIN dispatch AS d ON d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
                AND d.lease_epoch = t.lease_epoch
                AND d.state = ANY (\(DispatchArrow.ask.sourceNames))
            JOIN dispatch_message AS m
                ON m.tenant_id = t.tenant_id AND m.dispatch_id = t.dispatch_id
            JOIN tenant AS n ON n.tenant_id = t.tenant_id
            """, doubt)
    }

    private func doubt(_ row: Row) throws -> DueDoubt {
        let claim = try ClaimedDispatch(row)
        guard let recipient = EmailAddress(try row["recipient"]) else {
            return .unreadable(claim, fault: "its recipient is no address")
        }
        return .askable(
            Doubt(
                claim: claim,
                query: LookupQuery(
                    dispatchID: claim.dispatchID, recipient: recipient,
                    messageID: try row["message_id"], subject: try row["subject"],
                    attemptedAt: claim.claimedAt, attemptedUntil: try row["attempted_until"],
                    ageSeconds: try row["claimed_seconds"]),
                ageSeconds: try row["age_seconds"],
                policy: try row["in_doubt_policy"],
                decided: try row["decided_policy"]))
    }

    /// Whether a lease has expired or a doubt is due.
    package func hasDoubts(tenantID: Int64?) throws -> Bool {
        try connection.first(
            """
            SELECT EXISTS (
                SELECT FROM dispatch_lease
                WHERE NOT parked AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                    AND (resolve_at <= now()
                    OR (resolve_at IS NULL AND lease_until < now()))) AS found
            """
        ) { try $0["found"] } ?? false
    }
}
