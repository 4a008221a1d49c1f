package import FoundationEssentials
package import Postgres

/// A file's metadata: its name, its type, and the hash of its content.
package struct StoredFile: Hashable, Sendable {
    package var fileName: String
    /// The MIME type, as `application/pdf`.
    package var contentType: String
    /// The SHA-256 of the content: 32 bytes.
    package var sha256: [UInt8]
    package var byteCount: Int

    package init(fileName: String, contentType: String, sha256: [UInt8], byteCount: Int) {
        self.fileName = fileName
        self.contentType = contentType
        self.sha256 = sha256
        self.byteCount = byteCount
    }
}

/// The table file_content: file contents, stored once per tenant by hash.
package struct Files {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Content to be stored.
    package struct New: Sendable {
        package var tenantID: Int64
        /// The SHA-256 of `content`: 32 bytes.
        package var sha256: [UInt8]
        package var content: [UInt8]

        package init(tenantID: Int64, sha256: [UInt8], content: [UInt8]) {
            self.tenantID = tenantID
            self.sha256 = sha256
            self.content = content
        }
    }

    /// Stores contents that are not there yet, and holds those that are: what nothing refers to may
    /// be let go at any moment, but for the transaction that is about to refer to it.
    package func insert(_ files: [New]) throws {
        guard !files.isEmpty else { return }
        var missing = files
        while !missing.isEmpty {
            try add(missing)
            let held = try hold(missing)
            missing = missing.filter { !held.contains($0.sha256) }
        }
    }

    private func add(_ files: [New]) throws {
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

    /// Locks contents until the end of the transaction, and returns the hashes of those that are there.
    private func hold(_ files: [New]) throws -> Set<[UInt8]> {
        let rows: RowSet = """
            tenant_id \(files.map(\.tenantID)), sha256 \(files.map(\.sha256))
            """
        return Set(
            try connection.rows(
                """
                SELECT f.sha256 FROM file_content AS f
                JOIN \(rows.table("k")) ON k.tenant_id = f.tenant_id AND k.sha256 = f.sha256
                ORDER BY f.tenant_id, f.sha256 FOR KEY SHARE OF f
                """
            ) { try $0["sha256"] as [UInt8] })
    }

    /// The content of one file; nil where there is none.
    package func content(tenantID: Int64, sha256: [UInt8]) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT content FROM file_content
            WHERE tenant_id = \(tenantID) AND sha256 = \(sha256)
            """
        ) { try $0["content"] }
    }
}

/// The table document: the rendered documents of invoices.
package struct DocumentTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The format of a document.
    package enum Kind: String, Sendable, PostgresRawValue {
        /// The PDF for people.
        case pdf
        /// The electronic invoice in EHF (XML).
        case ehf
    }

    /// A document to be recorded; its content is in file_content.
    package struct New: Sendable {
        package var tenantID: Int64
        package var invoiceID: UUID
        package var kind: Kind
        package var sha256: [UInt8]
        /// The form it was rendered with.
        package var formKey: String
        /// The version of that form, which increases with each change.
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

    /// Records documents; existing ones stay unchanged.
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
