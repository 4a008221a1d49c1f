package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// Invoices read back in full, with what is needed to dispatch them.
///
/// The invoice itself is fixed; how it goes out is not: an agreement's send plan and e-mail
/// attachments are the current ones.
package struct InvoiceReader {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An invoice that is to be dispatched or displayed.
    package struct Whole: Sendable {
        package var tenantID: Int64
        package var invoiceID: UUID
        package var invoice: Invoice
        /// The source of its dispatches' ids.
        package var origin: DispatchIdentity.Origin
        /// Nil where the buyer is not a registered customer.
        package var customerNumber: String?
        /// The key of the user who created it.
        package var createdBy: String
        /// The send plan; nil where none was chosen.
        package var planKey: String?
        /// The address supplied with it, which the customer's own overrides; nil for none.
        package var recipient: String?
        /// The files that go with its e-mails.
        package var attachments: [StoredFile]
        /// The rendered PDF; nil where there is none yet.
        package var document: StoredFile?
        /// The document in EHF; nil where there is none yet.
        package var ehf: StoredFile?

        package init(
            tenantID: Int64, invoiceID: UUID, invoice: Invoice, origin: DispatchIdentity.Origin,
            customerNumber: String?, createdBy: String, planKey: String?, recipient: String?,
            attachments: [StoredFile], document: StoredFile? = nil, ehf: StoredFile? = nil
        ) {
            self.tenantID = tenantID
            self.invoiceID = invoiceID
            self.invoice = invoice
            self.origin = origin
            self.customerNumber = customerNumber
            self.createdBy = createdBy
            self.planKey = planKey
            self.recipient = recipient
            self.attachments = attachments
            self.document = document
            self.ehf = ehf
        }
    }

    /// The invoices with these ids, in no particular order.
    package func read(_ keys: [(tenantID: Int64, invoiceID: UUID)]) throws -> [Whole] {
        guard !keys.isEmpty else { return [] }
        let rows: RowSet = "tenant_id \(keys.map(\.tenantID)), invoice_id \(keys.map(\.invoiceID))"
        let keys = rows.table("k")
        let lines = try lines(keys)
        let files = try attachments(keys)
        return try connection.rows(
            """
            SELECT i.tenant_id, i.invoice_id, i.content, i.customer_number, i.created_by,
                CASE WHEN r.tenant_id IS NULL THEN i.plan_key ELSE r.plan_key END AS plan_key,
                i.recipient, i.series, i.recurring_invoice_number,
                i.period_number, d.sha256, f.byte_count, e.sha256 AS ehf_sha256,
                x.byte_count AS ehf_byte_count
            FROM \(keys)
            JOIN invoice AS i ON i.tenant_id = k.tenant_id AND i.invoice_id = k.invoice_id
            LEFT JOIN recurring_invoice AS r ON r.tenant_id = i.tenant_id
                AND r.recurring_invoice_number = i.recurring_invoice_number
            LEFT JOIN document AS d ON d.tenant_id = i.tenant_id
                AND d.invoice_id = i.invoice_id AND d.kind = 'pdf'
            LEFT JOIN file_content AS f ON f.tenant_id = d.tenant_id AND f.sha256 = d.sha256
            LEFT JOIN document AS e ON e.tenant_id = i.tenant_id
                AND e.invoice_id = i.invoice_id AND e.kind = 'ehf'
            LEFT JOIN file_content AS x ON x.tenant_id = e.tenant_id AND x.sha256 = e.sha256
            """
        ) { row in
            let id: UUID = try row["invoice_id"]
            let document: StoredFile? = try (row["sha256"] as [UInt8]?).map { sha256 in
                StoredFile(
                    fileName: "", contentType: "application/pdf", sha256: sha256,
                    byteCount: try row["byte_count"])
            }
            let ehf: StoredFile? = try (row["ehf_sha256"] as [UInt8]?).map { sha256 in
                StoredFile(
                    fileName: "", contentType: "application/xml", sha256: sha256,
                    byteCount: try row["ehf_byte_count"])
            }
            let invoice = try invoice(id, head: try row["content"], lines: lines[id] ?? [])
            return Whole(
                tenantID: try row["tenant_id"], invoiceID: id, invoice: invoice,
                origin: try origin(of: invoice, row), customerNumber: try row["customer_number"],
                createdBy: try row["created_by"],
                planKey: try row["plan_key"], recipient: try row["recipient"],
                attachments: files[id] ?? [], document: document, ehf: ehf)
        }
    }

    private func invoice(_ id: UUID, head: String, lines: [String]) throws -> Invoice {
        do {
            return try InvoiceJSON.invoice(head: head, lines: lines)
        } catch is DecodingError {
            throw StoreError.invalidRow(
                table: "invoice", column: "content", key: id.uuidString.lowercased())
        }
    }

    /// The part of an invoice that can be read from any row of the table.
    package func head(
        _ key: (tenantID: Int64, invoiceID: UUID)
    ) throws -> (createdBy: String, documentType: DocumentType)? {
        try connection.first(
            """
            SELECT created_by, document_type FROM invoice
            WHERE tenant_id = \(key.tenantID) AND invoice_id = \(key.invoiceID)
            """
        ) { (try $0["created_by"], try $0["document_type"]) }
    }

    private func origin(of invoice: Invoice, _ row: Row) throws -> DispatchIdentity.Origin {
        if let number: String = try row["recurring_invoice_number"],
            let period: Int = try row["period_number"]
        {
            return .period(agreement: number, period)
        }
        return .document(
            series: try row["series"], invoice.type, number: invoice.number)
    }

    private func lines(_ keys: Query) throws -> [UUID: [String]] {
        var lines: [UUID: [String]] = [:]
        try connection.rows(
            """
            SELECT l.invoice_id, l.content
            FROM \(keys)
            JOIN invoice_line AS l
                ON l.tenant_id = k.tenant_id AND l.invoice_id = k.invoice_id
            ORDER BY l.tenant_id, l.invoice_id, l.line_number
            """
        ) { lines[try $0["invoice_id"], default: []].append(try $0["content"]) }
        return lines
    }

    /// An agreement's current files, or those that came with an invoice made elsewhere.
    private func attachments(_ keys: Query) throws -> [UUID: [StoredFile]] {
        var files: [UUID: [StoredFile]] = [:]
        try connection.rows(
            """
            SELECT a.invoice_id, a.file_name, a.content_type, a.sha256, f.byte_count
            FROM \(keys)
            JOIN invoice AS i ON i.tenant_id = k.tenant_id AND i.invoice_id = k.invoice_id
            CROSS JOIN LATERAL (
                SELECT a.tenant_id, a.invoice_id, a.position, a.file_name, a.content_type, a.sha256
                FROM invoice_attachment AS a
                WHERE i.recurring_invoice_number IS NULL
                    AND a.tenant_id = i.tenant_id AND a.invoice_id = i.invoice_id
                UNION ALL
                SELECT r.tenant_id, i.invoice_id, r.position, r.file_name, r.content_type, r.sha256
                FROM recurring_invoice_attachment AS r
                WHERE r.tenant_id = i.tenant_id
                    AND r.recurring_invoice_number = i.recurring_invoice_number) AS a
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            ORDER BY a.tenant_id, a.invoice_id, a.position
            """
        ) { row in
            files[try row["invoice_id"], default: []].append(try StoredFile(row))
        }
        return files
    }

    /// Claims invoices made elsewhere that are to go out automatically and that no other process
    /// has claimed; to be called inside a transaction.
    package func claimAutomatic(
        tenantID: Int64?, among tenants: [Int64]? = nil, except: Set<Int64> = [], limit: Int
    ) throws -> [(tenantID: Int64, invoiceID: UUID)] {
        try connection.rows(
            """
            WITH picked AS (
                SELECT a.tenant_id, a.invoice_id FROM automatic_dispatch AS a
                WHERE (\(tenantID) IS NULL OR a.tenant_id = \(tenantID))
                    AND a.tenant_id <> ALL (\(except.sorted()))
                    AND (\(tenants == nil) OR a.tenant_id = ANY (\(tenants ?? [])))
                    AND NOT \(TenantControls.isSuspended("a"))
                ORDER BY a.tenant_id, a.invoice_id LIMIT \(limit) FOR UPDATE SKIP LOCKED
            )
            DELETE FROM automatic_dispatch AS a USING picked AS p
            WHERE a.tenant_id = p.tenant_id AND a.invoice_id = p.invoice_id
            RETURNING a.tenant_id, a.invoice_id
            """
        ) { (tenantID: try $0["tenant_id"], invoiceID: try $0["invoice_id"]) }
    }

    /// How many invoices wait for automatic dispatch.
    package func automaticCount(tenantID: Int64?) throws -> Int {
        try connection.total(
            """
            SELECT FROM automatic_dispatch AS a
            WHERE (\(tenantID) IS NULL OR a.tenant_id = \(tenantID))
                AND NOT \(TenantControls.isSuspended("a"))
            """)
    }

    /// The tenants with invoices waiting for automatic dispatch.
    package func automaticTenants(tenantID: Int64?) throws -> [Int64] {
        try connection.rows(
            """
            SELECT DISTINCT tenant_id FROM automatic_dispatch
            WHERE \(tenantID) IS NULL OR tenant_id = \(tenantID) ORDER BY tenant_id
            """
        ) { try $0["tenant_id"] }
    }

    /// The invoices with a number: there may be one per series and document type.
    package func find(number: String, tenantID: Int64?) throws
        -> [(tenantID: Int64, invoiceID: UUID)]
    {
        try connection.rows(
            """
            SELECT tenant_id, invoice_id FROM invoice
            WHERE number = \(number) AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            ORDER BY tenant_id, created_at
            """
        ) { (tenantID: try $0["tenant_id"], invoiceID: try $0["invoice_id"]) }
    }

    /// The newest document of a type, of several made at the same instant the one with the highest
    /// number; nil where there is none yet.
    package func newest(of type: DocumentType, tenantID: Int64) throws
        -> (tenantID: Int64, invoiceID: UUID)?
    {
        try connection.first(
            """
            SELECT tenant_id, invoice_id FROM invoice
            WHERE tenant_id = \(tenantID) AND document_type = \(type)
            ORDER BY created_at DESC, length(number) DESC, number DESC, invoice_id LIMIT 1
            """
        ) { (tenantID: try $0["tenant_id"], invoiceID: try $0["invoice_id"]) }
    }

    /// The invoice for an agreement's period, if there is one.
    package func find(agreement: String, period: Int, tenantID: Int64) throws
        -> [(tenantID: Int64, invoiceID: UUID)]
    {
        try connection.rows(
            """
            SELECT tenant_id, invoice_id FROM invoice
            WHERE tenant_id = \(tenantID) AND recurring_invoice_number = \(agreement)
                AND period_number = \(period)
            """
        ) { (tenantID: try $0["tenant_id"], invoiceID: try $0["invoice_id"]) }
    }
}

extension StoredFile {
    /// The metadata columns of the attachment tables.
    static func rows(_ files: [StoredFile]) -> RowSet {
        """
        file_name \(files.map(\.fileName)), content_type \(files.map(\.contentType)),
        sha256 \(files.map(\.sha256))
        """
    }

    init(_ row: Row) throws {
        self.init(
            fileName: try row["file_name"], contentType: try row["content_type"],
            sha256: try row["sha256"], byteCount: try row["byte_count"])
    }
}
