package import FoundationEssentials
package import Postgres

/// A file by what it is: its name, its type, and the hash of its bytes.
package struct StoredFile: Hashable, Sendable {
    package var fileName: String
    package var contentType: String
    package var sha256: [UInt8]
    package var byteCount: Int

    package init(fileName: String, contentType: String, sha256: [UInt8], byteCount: Int) {
        self.fileName = fileName
        self.contentType = contentType
        self.sha256 = sha256
        self.byteCount = byteCount
    }
}

/// The table file_content: bytes, once per tenant, by their hash.
package struct Files {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Bytes to be kept.
    package struct New: Sendable {
        package var tenantID: Int64
        package var sha256: [UInt8]
        package var content: [UInt8]

        package init(tenantID: Int64, sha256: [UInt8], content: [UInt8]) {
            self.tenantID = tenantID
            self.sha256 = sha256
            self.content = content
        }
    }

    /// Keeps bytes that are not there yet.
    package func insert(_ files: [New]) throws {
        guard !files.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(files.map(\.tenantID)), sha256 \(files.map(\.sha256)),
            content \(files.map(\.content))
            """
        _ = try connection.execute(
            """
            INSERT INTO file_content (\(rows.columnNames), byte_count)
            SELECT \(rows.columns(of: "f")), octet_length(f.content) FROM \(rows.table("f"))
            ON CONFLICT ON CONSTRAINT file_content_pk DO NOTHING
            """)
    }

    /// The bytes of one file, or nil where there is none such.
    package func content(tenantID: Int64, sha256: [UInt8]) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT content FROM file_content
            WHERE tenant_id = \(tenantID) AND sha256 = \(sha256)
            """
        ) { try $0["content"] }
    }
}

/// The table document: what an invoice was drawn as.
package struct DocumentTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What a document is of its invoice.
    package enum Kind: String, Sendable, PostgresRawValue {
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

    /// Keeps documents; one that is there already stays as it is.
    package func insert(_ documents: [New], now: Date) throws {
        guard !documents.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(documents.map(\.tenantID)), invoice_id \(documents.map(\.invoiceID)),
            kind \(documents.map(\.kind)), sha256 \(documents.map(\.sha256)),
            form_key \(documents.map(\.formKey)), form_version \(documents.map(\.formVersion))
            """
        _ = try connection.execute(
            """
            INSERT INTO document (\(rows.columnNames), created_at)
            SELECT \(rows.columns(of: "d")), \(now) FROM \(rows.table("d"))
            ON CONFLICT ON CONSTRAINT document_pk DO NOTHING
            """)
    }
}
