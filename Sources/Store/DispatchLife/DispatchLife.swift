import Invoicing
package import Dispatching
package import FoundationEssentials
package import Postgres

/// The life of a dispatch: the only code that writes its state and moves it between tables.
///
/// There is one function per arrow of `DispatchArrow`, which defines where each may start; what no
/// arrow allows changes nothing. Each function moves everything that belongs together, and writes
/// the history:
///
/// | state | stands in |
/// |---|---|
/// | queued | `dispatch_queue`, or `dispatch_outbox` where it is fetched, by EHF and as a letter |
/// | sending, in doubt | `dispatch_lease` |
/// | all of these, and sent until something became of it | `ongoing_dispatch`, if it has a document |
package struct DispatchLife {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }
}

/// The tables of dispatches in progress, entered and left only by the arrows.
extension DispatchLife {
    func enterQueue(_ entries: [(key: DispatchKey, runAt: Date?)]) throws {
        guard !entries.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(entries.map(\.key.tenantID)), dispatch_id \(entries.map(\.key.dispatchID)),
            run_at \(entries.map(\.runAt))
            """
        _ = try connection.execute(
            "INSERT INTO dispatch_queue (\(rows.columnNames)) SELECT * FROM \(rows.table("q"))")
    }

    func leaveQueue(_ keys: [DispatchKey]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_queue AS p \(matching(keys))")
    }

    func enterOutbox(_ keys: [DispatchKey], now: Date) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dispatch_outbox (tenant_id, dispatch_id, put_at)
            SELECT c.tenant_id, c.dispatch_id, \(now) FROM \(keys.table("c"))
            """)
    }

    func leaveOutbox(_ keys: [DispatchKey]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_outbox AS p \(matching(keys))")
    }

    func leaveLease(_ keys: [DispatchKey]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_lease AS p \(matching(keys))")
    }

    /// Releases the document and recipient of these, so that other dispatches of them may be sent.
    func leaveOngoing(_ keys: [DispatchKey]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM ongoing_dispatch AS o
            USING dispatch AS d, \(keys.table("c"))
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND o.tenant_id = d.tenant_id AND o.invoice_id = d.invoice_id
                AND o.recipient_key = d.recipient_key AND o.dispatch_id = d.dispatch_id
            """)
    }

    private func matching(_ keys: [DispatchKey]) -> Query {
        """
        USING \(keys.table("c"))
        WHERE p.tenant_id = c.tenant_id AND p.dispatch_id = c.dispatch_id
        """
    }
}

extension DispatchLife {
    /// The initial arrow for new dispatches: queued, put in the outbox, or ended immediately.
    ///
    /// To be called inside a transaction. Throws `StoreError.dispatchExists` for an id that is
    /// already taken, and `.alreadyOngoing` for a second active dispatch of a document to a
    /// recipient.
    func create(_ new: [Dispatches.New], now: Date) throws {
        try translatingConflicts("dispatch_pk", .dispatchExists) { try insertRows(new, now: now) }
        let (queued, put) = (new.filter { $0.message != nil }, new.filter(\.isForOutbox))
        try translatingConflicts("ongoing_dispatch_once", .alreadyOngoing) {
            try enterOngoing(queued + put, now: now)
        }
        try enterQueue(queued.map { ($0.key, $0.runAt) })
        try enterOutbox(put.map(\.key), now: now)
    }

    private func translatingConflicts(
        _ constraint: String, _ name: StoreError, _ insert: () throws -> Void
    ) throws {
        do {
            try insert()
        } catch let error as PostgresError where error.constraint == constraint {
            throw name
        }
    }

    private func insertRows(_ new: [Dispatches.New], now: Date) throws {
        let rows: RowSet = """
            tenant_id \(new.map(\.tenantID)), dispatch_id \(new.map(\.dispatchID)),
            root_id \(new.map(\.rootID)), resend_of \(new.map(\.resendOf)),
            purpose \(new.map(\.purpose)), role \(new.map(\.role)),
            document_type \(new.map(\.document)), invoice_id \(new.map(\.invoiceID)),
            recurring_invoice_number \(new.map { $0.recurring?.number }),
            period_number \(new.map { $0.recurring?.period }), channel \(new.map(\.channel)),
            created_by \(new.map(\.createdBy)), recipient \(new.map(\.recipient)),
            message_id \(new.map(\.messageID)), state \(new.map(\.state)),
            delivery \(new.map(\.delivery)), message \(new.map(\.text)),
            reason \(new.map(\.reason)), retry_delays::int[] \(new.map(\.retryDelaysLiteral))
            """
        _ = try connection.execute(
            """
            INSERT INTO dispatch (\(rows.columnNames), recipient_key, created_at, finalized_at)
            SELECT \(rows.columns(of: "d")), lower(d.recipient), \(now),
                CASE WHEN d.state <> 'queued' THEN \(now) END
            FROM \(rows.table("d"))
            """)
    }

    private func enterOngoing(_ queued: [Dispatches.New], now: Date) throws {
        let documents = queued.filter { $0.invoiceID != nil }
        guard !documents.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(documents.map(\.tenantID)), invoice_id \(documents.map(\.invoiceID)),
            recipient \(documents.map(\.recipient)), dispatch_id \(documents.map(\.dispatchID))
            """
        _ = try connection.execute(
            """
            INSERT INTO ongoing_dispatch (tenant_id, invoice_id, recipient_key, dispatch_id, since)
            SELECT o.tenant_id, o.invoice_id, lower(o.recipient), o.dispatch_id, \(now)
            FROM \(rows.table("o"))
            """)
    }
}

extension Dispatches.New {
    var key: DispatchKey { DispatchKey(tenantID, dispatchID) }
}

extension DispatchLife {
    /// The most that a claim takes, and from whom.
    package struct ClaimLimits: Sendable {
        /// The tenants, each with an equal share of the claim.
        package var tenants: [Int64]
        /// The most dispatches.
        package var count: Int
        /// How long the claim holds.
        package var leaseSeconds: Int

        package init(tenants: [Int64], count: Int, leaseSeconds: Int) {
            self.tenants = tenants
            self.count = count
            self.leaseSeconds = leaseSeconds
        }
    }

    /// The arrow `claim`: takes dispatches that are due, and leases them.
    ///
    /// It is one statement, committed when it returns: the result is ours alone until the lease
    /// expires, and the attempt is counted before anything reaches the network. Rows locked by
    /// another process are skipped rather than waited for: those of the queue, and the dispatches
    /// themselves, which are locked first by whoever cancels or settles them. Leases expire by the
    /// database's clock, so that machines whose clocks differ agree on it; and by ours from before
    /// the claim, so that we never overestimate one.
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
            var claim = try ClaimedDispatch(row)
            claim.retryDelays = try row["retry_delays"]
            claim.leaseEnd = leaseEnd
            return claim
        }
    }
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
    fileprivate var share: Int { (count + tenants.count - 1) / tenants.count }
}
