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
        _ = try connection.execute(
            """
            INSERT INTO file_content (tenant_id, sha256, byte_count, content)
            SELECT f.tenant_id, f.sha256, octet_length(f.content), f.content
            FROM unnest(
                \(files.map(\.tenantID)), \(files.map(\.sha256)), \(files.map(\.content)))
                AS f (tenant_id, sha256, content)
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
