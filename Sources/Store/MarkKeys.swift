package import Postgres

/// The table mark_key: the key that signs the marks in return paths.
package struct MarkKeys {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The installation's key: 32 bytes.
    package func key() throws -> [UInt8] {
        let key = try connection.first("SELECT key FROM mark_key WHERE tenant_id = 0") {
            try $0["key"] as [UInt8]
        }
        guard let key else {
            throw StoreError.invalidRow(table: "mark_key", column: "key", key: "tenant 0")
        }
        return key
    }
}
