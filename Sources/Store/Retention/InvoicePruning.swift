package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres

/// Empties invoices that need no longer be kept.
///
/// The lines, the documents and whom they were to go; number, period, dates and amounts stay.
package struct InvoicePruning {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    private static let tables = ["invoice_line", "invoice_vat", "invoice_attachment", "document"]

    /// Empties a batch of those that need no longer be kept; to be called in a transaction.
    ///
    /// One with a dispatch that may not go stays, and so does what another transaction works on.
    package func batch(
        _ limits: RetentionPolicy.Limits, after place: PrunePlace?, tenantID: Int64?, now: Date,
        limit: Int
    ) throws -> PrunedBatch {
        try letGo(unneeded(limits, after: place ?? .start, tenantID, limit), now: now)
    }

    /// Empties these invoices: tenant_id, invoice_id and issue_date of each, locked.
    func letGo(_ gone: Query, now: Date) throws -> PrunedBatch {
        let found = try connection.first(
            """
            WITH gone AS MATERIALIZED (
                \(gone)
            ), lines AS (\(deletion("invoice_line"))),
            vats AS (\(deletion("invoice_vat"))),
            attachments AS (\(deletion("invoice_attachment", returning: "x.tenant_id, x.sha256"))),
            documents AS (\(deletion("document", returning: "x.tenant_id, x.sha256"))),
            emptied AS (
                UPDATE invoice AS i
                SET buyer_name = '', customer_number = NULL, recipient = NULL,
                    payment_reference = NULL, content = '{}', pruned_at = \(now)
                FROM gone AS g
                WHERE i.tenant_id = g.tenant_id AND i.invoice_id = g.invoice_id
            ), files AS (
                SELECT tenant_id, sha256 FROM attachments
                UNION SELECT tenant_id, sha256 FROM documents)
            SELECT (SELECT count(*) FROM gone) AS gone,
                (SELECT count(*) FROM lines) AS invoice_line,
                (SELECT count(*) FROM vats) AS invoice_vat,
                (SELECT count(*) FROM attachments) AS invoice_attachment,
                (SELECT count(*) FROM documents) AS document,
                l.tenant_id AS last_tenant_id, l.issue_date::text AS last_date,
                l.invoice_id::text AS last_id,
                ARRAY(SELECT tenant_id FROM files ORDER BY tenant_id, sha256) AS file_tenants,
                ARRAY(SELECT sha256 FROM files ORDER BY tenant_id, sha256) AS file_hashes
            FROM (SELECT) AS one
            LEFT JOIN LATERAL (
                SELECT * FROM gone ORDER BY tenant_id DESC, issue_date DESC, invoice_id DESC LIMIT 1
            ) AS l ON true
            """
        ) { try PrunedBatch.reading($0, tables: Self.tables) }
        guard let found else { return PrunedBatch(count: 0, rows: [:]) }
        var batch = found.batch
        try batch.deleteUnused(found.files, connection)
        return batch
    }

    private func unneeded(
        _ limits: RetentionPolicy.Limits, after place: PrunePlace, _ tenantID: Int64?,
        _ limit: Int
    ) -> Query {
        """
        SELECT i.tenant_id, i.invoice_id, i.issue_date FROM invoice AS i
        WHERE i.pruned_at IS NULL AND i.issue_date <= \(limits.invoicesThrough)
            AND (\(tenantID) IS NULL OR i.tenant_id = \(tenantID))
            AND (i.tenant_id, i.issue_date, i.invoice_id)
                > (\(place.tenantID), \(place.date)::date, \(place.id)::uuid)
            AND NOT EXISTS (
                SELECT FROM dispatch AS d
                WHERE d.tenant_id = i.tenant_id AND d.invoice_id = i.invoice_id
                    AND d.pruned_at IS NULL
                    AND (\(MailPruning.mayGo(limits.mailsBefore))) IS NOT TRUE)
            AND NOT EXISTS (
                SELECT FROM automatic_dispatch AS a
                WHERE a.tenant_id = i.tenant_id AND a.invoice_id = i.invoice_id)
        ORDER BY i.tenant_id, i.issue_date, i.invoice_id
        LIMIT \(limit) FOR UPDATE OF i SKIP LOCKED
        """
    }

    /// The rows of a table that belong to the batch.
    private func deletion(_ table: String, returning columns: String = "1") -> Query {
        Query(
            stringLiteral: """
                DELETE FROM \(table) AS x USING gone AS g
                WHERE x.tenant_id = g.tenant_id AND x.invoice_id = g.invoice_id
                RETURNING \(columns)
                """)
    }
}
