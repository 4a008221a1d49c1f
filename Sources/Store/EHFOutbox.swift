package import FoundationEssentials
package import Postgres

/// The table ehf_outbox: documents that wait for the company's access point.
package struct EHFOutbox {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A document that waits.
    package struct Waiting: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// As `0192:987654325`.
        package var receiver: String
        package var fileName: String
        package var invoiceNumber: String
        package var putAt: Date
    }

    /// What waits, the oldest first; locked until the transaction ends, and what another has
    /// locked is left out.
    package func waiting(tenantID: Int64?, limit: Int) throws -> [Waiting] {
        try connection.rows(
            """
            SELECT o.tenant_id, o.dispatch_id, d.recipient, a.file_name, i.number, o.put_at
            FROM ehf_outbox AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            JOIN dispatch_attachment AS a
                ON a.tenant_id = o.tenant_id AND a.dispatch_id = o.dispatch_id AND a.position = 1
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE \(tenantID) IS NULL OR o.tenant_id = \(tenantID)
            ORDER BY o.put_at, o.tenant_id, o.dispatch_id LIMIT \(limit)
            FOR UPDATE OF o SKIP LOCKED
            """
        ) { row in
            Waiting(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                receiver: try row["recipient"], fileName: try row["file_name"],
                invoiceNumber: try row["number"], putAt: try row["put_at"])
        }
    }

    /// The document's bytes.
    package func content(of waiting: Waiting) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT f.content FROM dispatch_attachment AS a
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            WHERE a.tenant_id = \(waiting.tenantID) AND a.dispatch_id = \(waiting.dispatchID)
                AND a.position = 1
            """
        ) { try $0["content"] }
    }

    /// Which of these dispatches are known to have been taken.
    package func taken(among dispatches: [UUID]) throws -> Set<UUID> {
        Set(
            try connection.rows(
                """
                SELECT dispatch_id FROM dispatch
                WHERE dispatch_id = ANY (\(dispatches)) AND channel = 'ehf' AND state = 'sent'
                """
            ) { try $0["dispatch_id"] as UUID })
    }
}
