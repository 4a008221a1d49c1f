package import FoundationEssentials
package import Postgres

/// The life of a dispatch: the only code that writes its state and moves it between the tables
/// that it stands in.
///
/// A function an arrow of `DispatchArrow`, which says where each may start; what no arrow allows
/// changes nothing. Each moves all that belongs together, and writes the history:
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

    package typealias Key = (tenantID: Int64, dispatchID: UUID)
}

/// The places that a dispatch stands in: entered and left by the arrows alone.
extension DispatchLife {
    func enterQueue(_ entries: [(key: Key, runAt: Date?)]) throws {
        guard !entries.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dispatch_queue (tenant_id, dispatch_id, run_at)
            SELECT * FROM unnest(
                \(entries.map(\.key.tenantID)), \(entries.map(\.key.dispatchID)),
                \(entries.map(\.runAt)))
            """)
    }

    func leaveQueue(_ keys: [Key]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_queue AS p \(matching(keys))")
    }

    func enterOutbox(_ keys: [Key], now: Date) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dispatch_outbox (tenant_id, dispatch_id, put_at)
            SELECT c.tenant_id, c.dispatch_id, \(now)
            FROM unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            """)
    }

    func leaveOutbox(_ keys: [Key]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_outbox AS p \(matching(keys))")
    }

    func leaveLease(_ keys: [Key]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute("DELETE FROM dispatch_lease AS p \(matching(keys))")
    }

    /// Nobody holds the document and recipient of these any more; others may be sent.
    func leaveOngoing(_ keys: [Key]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM ongoing_dispatch AS o
            USING dispatch AS d, unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND o.tenant_id = d.tenant_id AND o.invoice_id = d.invoice_id
                AND o.recipient_key = d.recipient_key AND o.dispatch_id = d.dispatch_id
            """)
    }

    private func matching(_ keys: [Key]) -> Query {
        """
        USING unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
            AS c (tenant_id, dispatch_id)
        WHERE p.tenant_id = c.tenant_id AND p.dispatch_id = c.dispatch_id
        """
    }
}
