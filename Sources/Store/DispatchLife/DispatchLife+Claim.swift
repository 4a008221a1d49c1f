import Invoicing
package import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// The most that a claim takes, and from whom.
    package struct ClaimLimits: Sendable {
        /// The tenants, each with an equal share of the claim.
        package var tenants: [Int64]
        /// Those of them with a daily limit (`TenantControls`).
        package var limited: Set<Int64>
        /// The most dispatches.
        package var count: Int
        /// How long the claim holds.
        package var leaseSeconds: Int
        /// How fast may be sent, by whom.
        package var rates: SendRates
        package var provider: String

        package init(
            tenants: [Int64], limited: Set<Int64> = [], count: Int, leaseSeconds: Int,
            rates: SendRates = SendRates(), provider: String = ""
        ) {
            self.tenants = tenants
            self.limited = limited
            self.count = count
            self.leaseSeconds = leaseSeconds
            self.rates = rates
            self.provider = provider
        }
    }

    /// What a claim took.
    package struct Claimed: Sendable {
        package var dispatches: [ClaimedDispatch] = []
        /// Whether a rate left nothing for some of what is due; a moment later there is more.
        package var isPaced = false
    }

    /// The arrow `claim`: takes dispatches that are due, and leases them.
    ///
    /// To be called inside a transaction, which is committed before anything reaches the network:
    /// the result is ours alone until the lease expires, and the attempt is counted. Rows locked by
    /// another process are skipped rather than waited for: those of the queue, the dispatches
    /// themselves, which are locked first by whoever cancels or settles them, and the day's count of
    /// a tenant with a limit. Leases expire by the database's clock, so that machines whose clocks
    /// differ agree on it; and by ours from before the claim, so that we never overestimate one. A
    /// suspended tenant has no share, whatever the caller knew of it.
    package func claim(_ limits: ClaimLimits, owner: String, now: Date) throws -> Claimed {
        let (allowances, controls) = (SendAllowances(connection), TenantControls(connection))
        let room = try allowances.lock(limits.rates, provider: limits.provider)
        var limits = limits
        limits.count = min(limits.count, room.account ?? .max)
        guard limits.count > 0 else { return Claimed(isPaced: true) }
        let days = try controls.lockRoom(
            tenants: limits.tenants.filter(limits.limited.contains), now: now)
        let taken = try take(limits, limits.shares(days), room, owner: owner, now: now)
        let used = taken.lazy.map(\.dispatch.tenantID).filter { days[$0] != nil }
        try controls.use(Dictionary(used.map { ($0, 1) }, uniquingKeysWith: +), now: now)
        try allowances.use(
            room, recipientDomains: taken.map(\.domain), provider: limits.provider)
        return Claimed(dispatches: taken.map(\.dispatch), isPaced: !room.exhausted.isEmpty)
    }

    private func take(
        _ limits: ClaimLimits, _ shares: [(tenantID: Int64, count: Int)],
        _ room: SendAllowances.Room, owner: String, now: Date
    ) throws -> [(dispatch: ClaimedDispatch, domain: String)] {
        guard !shares.isEmpty else { return [] }
        let rows: RowSet = """
            tenant_id \(shares.map(\.tenantID)), share \(shares.map(\.count))
            """
        let domains: RowSet = """
            domain \(room.domains.map(\.key)), room \(room.domains.map(\.value))
            """
        let leaseEnd = ContinuousClock.now + .seconds(limits.leaseSeconds)
        return try connection.rows(
            """
            WITH picked AS (
                SELECT q.*,
                    row_number() OVER (PARTITION BY q.domain ORDER BY q.run_at) AS place
                FROM (SELECT q.*, row_number() OVER () AS turn
                FROM (SELECT * FROM \(rows.table("t"))
                    WHERE NOT \(TenantControls.isSuspended("t"))) AS t
                CROSS JOIN LATERAL (
                    SELECT q.tenant_id, q.dispatch_id, q.run_at, \(Self.domain) AS domain
                    FROM dispatch_queue AS q
                    JOIN dispatch AS d
                        ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
                    WHERE q.tenant_id = t.tenant_id AND q.run_at <= \(now)
                        AND \(Self.domain) <> ALL (\(room.exhausted))
                    ORDER BY q.run_at LIMIT t.share
                    FOR UPDATE OF q SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED) AS q
                LIMIT \(limits.count)) AS q
            ), allowed AS (
                SELECT p.* FROM picked AS p
                LEFT JOIN \(domains.table("r")) ON r.domain = p.domain
                WHERE r.room IS NULL OR p.place <= r.room
            ), taken AS (
                DELETE FROM dispatch_queue AS q USING allowed AS p
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
            SELECT c.*, now() AS claimed_at, a.domain
            FROM claimed AS c
            JOIN allowed AS a ON a.tenant_id = c.tenant_id AND a.dispatch_id = c.dispatch_id
            ORDER BY a.turn
            """
        ) { row in
            var claim = try ClaimedDispatch(row)
            claim.retryDelays = try row["retry_delays"]
            claim.leaseEnd = leaseEnd
            return (claim, try row["domain"])
        }
    }

    /// The domain of a dispatch's recipient: a fragment in which `d` is the dispatch.
    private static let domain: Query = "substring(d.recipient_key FROM '[^@]*$')"
}

extension ClaimedDispatch {
    /// Decodes a claim without the delays of its send plan.
    init(_ row: Row) throws {
        self.init(
            tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
            leaseEpoch: try row["lease_epoch"], attempt: try row["attempt"],
            acceptedCount: try row["accepted_count"], claimedAt: try row["claimed_at"],
            deferrals: try row["deferrals"], deferredSince: try row["deferred_since"])
    }
}

extension DispatchLife.ClaimLimits {
    /// How many each tenant may have: an equal share, and no more than its day has room for.
    fileprivate func shares(_ rooms: [Int64: Int]) -> [(tenantID: Int64, count: Int)] {
        guard !tenants.isEmpty else { return [] }
        let share = (count + tenants.count - 1) / tenants.count
        return tenants.compactMap { tenantID in
            let room = limited.contains(tenantID) ? rooms[tenantID] ?? 0 : share
            return room > 0 ? (tenantID, min(share, room)) : nil
        }
    }
}
