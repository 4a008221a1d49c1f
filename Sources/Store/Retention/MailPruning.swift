package import FoundationEssentials
package import Postgres

/// Empties dispatches that have ended.
///
/// What only their sending needed goes: the address, the words, the attempts, and what was said of
/// them. What became of them stays.
package struct MailPruning {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tables whose rows go with a dispatch.
    private static let tables = [
        "dispatch_message", "dispatch_attachment", "dispatch_letter", "dispatch_step",
        "dispatch_fault", "attempt", "notification", "delivery_event", "unread_report",
    ]

    /// Empties a batch of those that ended before an instant; to be called in a transaction.
    ///
    /// Accepted and never heard of is ended too: the provider has long forgotten it. What has an
    /// open to-do stays, and so does a fault for which an agreement waits; what another
    /// transaction works on is left to the next time.
    package func batch(
        before: Date, after place: PrunePlace?, tenantID: Int64?, now: Date, limit: Int
    ) throws -> PrunedBatch {
        try letGo(ended(before, after: place ?? .start, tenantID, limit), now: now)
    }

    /// Empties these dispatches: tenant_id, dispatch_id, created_at and invoice_id of each, locked.
    func letGo(_ gone: Query, now: Date) throws -> PrunedBatch {
        let found = try connection.first(
            """
            WITH gone AS MATERIALIZED (
                \(gone)
            ), messages AS (\(deletion("dispatch_message"))),
            attachments AS (\(deletion("dispatch_attachment", returning: "x.tenant_id, x.sha256"))),
            letters AS (\(deletion("dispatch_letter"))),
            steps AS (\(deletion("dispatch_step"))),
            faults AS (\(deletion("dispatch_fault"))),
            attempts AS (\(deletion("attempt"))),
            bells AS (\(deletion("notification"))),
            events AS (\(deletion("delivery_event"))),
            reports AS (\(deletion("unread_report"))),
            rights AS (\(DispatchLife.namelessRights)), emptied AS (
                UPDATE dispatch AS d
                SET recipient = NULL, recipient_key = 'pruned:' || g.dispatch_id,
                    pruned_at = \(now)
                FROM gone AS g
                WHERE d.tenant_id = g.tenant_id AND d.dispatch_id = g.dispatch_id
            ), files AS (SELECT DISTINCT tenant_id, sha256 FROM attachments)
            SELECT (SELECT count(*) FROM gone) AS gone,
                (SELECT count(*) FROM messages) AS dispatch_message,
                (SELECT count(*) FROM attachments) AS dispatch_attachment,
                (SELECT count(*) FROM letters) AS dispatch_letter,
                (SELECT count(*) FROM steps) AS dispatch_step,
                (SELECT count(*) FROM faults) AS dispatch_fault,
                (SELECT count(*) FROM attempts) AS attempt,
                (SELECT count(*) FROM bells) AS notification,
                (SELECT count(*) FROM events) AS delivery_event,
                (SELECT count(*) FROM reports) AS unread_report,
                l.tenant_id AS last_tenant_id, l.created_at::text AS last_date,
                l.dispatch_id::text AS last_id,
                ARRAY(SELECT tenant_id FROM files ORDER BY tenant_id, sha256) AS file_tenants,
                ARRAY(SELECT sha256 FROM files ORDER BY tenant_id, sha256) AS file_hashes
            FROM (SELECT) AS one
            LEFT JOIN LATERAL (
                SELECT * FROM gone ORDER BY tenant_id DESC, created_at DESC, dispatch_id DESC LIMIT 1
            ) AS l ON true
            """
        ) { try PrunedBatch.reading($0, tables: Self.tables) }
        guard let found else { return PrunedBatch(count: 0, rows: [:]) }
        var batch = found.batch
        try batch.deleteUnused(found.files, connection)
        return batch
    }

    private func ended(
        _ before: Date, after place: PrunePlace, _ tenantID: Int64?, _ limit: Int
    ) -> Query {
        """
        SELECT d.tenant_id, d.dispatch_id, d.created_at, d.invoice_id FROM dispatch AS d
        WHERE d.pruned_at IS NULL AND d.created_at < \(before)
            AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            AND (d.tenant_id, d.created_at, d.dispatch_id)
                > (\(place.tenantID), \(place.date)::timestamptz, \(place.id)::uuid)
            AND \(Self.mayGo(before))
        ORDER BY d.tenant_id, d.created_at, d.dispatch_id
        LIMIT \(limit) FOR UPDATE OF d SKIP LOCKED
        """
    }

    /// Whether nobody needs more of the dispatch `d` than what became of it.
    static func mayGo(_ before: Date) -> Query {
        """
        coalesce(d.finalized_at, CASE WHEN d.state = 'sent' THEN d.sent_at END) < \(before)
            AND NOT EXISTS (
                SELECT FROM todo AS t
                WHERE t.tenant_id = d.tenant_id AND t.root_id = d.root_id AND t.closed_at IS NULL)
            AND NOT EXISTS (
                SELECT FROM dispatch_fault AS f
                WHERE f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id
                    AND d.invoice_id IS NULL AND f.mended_at IS NULL)
        """
    }

    /// The rows of a table that belong to the batch.
    private func deletion(_ table: String, returning columns: String = "1") -> Query {
        Query(
            stringLiteral: """
                DELETE FROM \(table) AS x USING gone AS g
                WHERE x.tenant_id = g.tenant_id AND x.dispatch_id = g.dispatch_id
                RETURNING \(columns)
                """)
    }
}
