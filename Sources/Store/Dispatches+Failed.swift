package import FoundationEssentials
import Postgres

extension Dispatches {
    /// The last dispatches of chains that failed for a reason, at or after a time.
    package func failed(
        reason: String, since: Date, tenantID: Int64?, limit: Int
    ) throws -> [OfInvoice] {
        try connection.rows(
            """
            SELECT \(OfInvoice.columns) FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE \(isLastAndFailed) AND d.reason = \(reason) AND d.finalized_at >= \(since)
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            ORDER BY d.tenant_id, d.created_at, i.number, d.role DESC LIMIT \(limit)
            """, OfInvoice.init)
    }

    /// The reasons for which invoices were not sent, the commonest first.
    package func failureReasons(tenantID: Int64?) throws -> [(reason: String, count: Int)] {
        try connection.rows(
            """
            SELECT d.reason, count(*) AS count
            FROM dispatch AS d
            WHERE \(isLastAndFailed) AND d.reason IS NOT NULL
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            GROUP BY d.reason ORDER BY count DESC, d.reason
            """
        ) { (try $0["reason"], try $0["count"]) }
    }

    private var isLastAndFailed: Query {
        """
        dispatch_status(d.state, d.delivery, d.accepted_count) = 'failed'
            AND d.purpose = 'invoice' AND d.invoice_id IS NOT NULL
            AND NOT EXISTS (
                SELECT FROM dispatch AS later
                WHERE later.tenant_id = d.tenant_id AND later.root_id = d.root_id
                    AND later.created_at > d.created_at)
        """
    }
}
