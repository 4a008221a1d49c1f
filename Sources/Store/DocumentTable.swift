package import FoundationEssentials
package import Postgres

/// The table document: what an invoice was drawn as.
package struct DocumentTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package enum Kind: String, Sendable {
        case pdf
        case ehf
    }

    /// A document to be recorded; its bytes stand in file_content.
    package struct New: Sendable {
        package var tenantID: Int64
        package var invoiceID: UUID
        package var kind: Kind
        package var sha256: [UInt8]
        package var formKey: String
        package var formVersion: Int

        package init(
            tenantID: Int64, invoiceID: UUID, kind: Kind, sha256: [UInt8], formKey: String,
            formVersion: Int
        ) {
            self.tenantID = tenantID
            self.invoiceID = invoiceID
            self.kind = kind
            self.sha256 = sha256
            self.formKey = formKey
            self.formVersion = formVersion
        }
    }

    package func insert(_ documents: [New], now: Date) throws {
        guard !documents.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO document
                (tenant_id, invoice_id, kind, sha256, form_key, form_version, created_at)
            SELECT d.tenant_id, d.invoice_id, d.kind, d.sha256, d.form_key, d.form_version,
                \(now)
            FROM unnest(
                \(documents.map(\.tenantID)), \(documents.map(\.invoiceID)),
                \(documents.map(\.kind.rawValue)), \(documents.map(\.sha256)),
                \(documents.map(\.formKey)), \(documents.map(\.formVersion)))
                AS d (tenant_id, invoice_id, kind, sha256, form_key, form_version)
            ON CONFLICT ON CONSTRAINT document_pk DO NOTHING
            """)
    }
}
