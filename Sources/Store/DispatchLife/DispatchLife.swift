import Invoicing
import Dispatching
import FoundationEssentials
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

    /// Takes the address out of the right to be ongoing of the dispatches `gone`, of which nothing was
    /// ever heard: it is the dispatch's own from then on, as its `recipient_key` is.
    static let namelessRights: Query = """
        UPDATE ongoing_dispatch AS o SET recipient_key = 'pruned:' || g.dispatch_id
        FROM gone AS g
        WHERE o.tenant_id = g.tenant_id AND o.invoice_id = g.invoice_id
            AND o.dispatch_id = g.dispatch_id
        """

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
