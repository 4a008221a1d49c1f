import Postgres

/// What of a batch was let go.
package struct PrunedBatch: Sendable {
    /// How many dispatches or invoices were emptied.
    package var count: Int
    /// How many rows were deleted, by table.
    package var rows: [String: Int]
    /// Where the next batch goes on; nil where there is none.
    package var next: PrunePlace?
}

/// The last dispatch or invoice of a batch, in the order of tenant, date and id.
package struct PrunePlace: Hashable, Sendable {
    var tenantID: Int64
    /// The date or instant as PostgreSQL writes it, so that nothing of it is lost.
    var date: String
    var id: String

    /// Before all.
    static let start = PrunePlace(
        tenantID: -1, date: "-infinity", id: "00000000-0000-0000-0000-000000000000")
}

/// A file's content that lost a row that referred to it.
struct ReleasedFile: Hashable {
    var tenantID: Int64
    var sha256: [UInt8]
}

extension PrunedBatch {
    /// Reads the one row that a batch answers with.
    static func reading(
        _ row: Row, tables: [String]
    ) throws -> (batch: PrunedBatch, files: [ReleasedFile]) {
        var batch = PrunedBatch(count: try row["gone"], rows: [:])
        for table in tables { batch.rows[table] = try row[table] }
        if let tenantID: Int64 = try row["last_tenant_id"], let date: String = try row["last_date"],
            let id: String = try row["last_id"]
        {
            batch.next = PrunePlace(tenantID: tenantID, date: date, id: id)
        }
        let tenants: [Int64] = try row["file_tenants"]
        let hashes: [[UInt8]] = try row["file_hashes"]
        return (batch, zip(tenants, hashes).map { ReleasedFile(tenantID: $0, sha256: $1) })
    }

    /// Deletes those of these contents that nothing refers to any longer, and counts them.
    ///
    /// First they are locked, then looked at anew: nobody can refer to a locked one, and what was
    /// referred to before is seen. One that somebody else holds is about to be referred to, and stays.
    mutating func deleteUnused(_ files: [ReleasedFile], _ connection: Connection) throws {
        guard !files.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(files.map(\.tenantID)), sha256 \(files.map(\.sha256))
            """
        let locked = try connection.rows(
            """
            SELECT f.tenant_id, f.sha256 FROM file_content AS f
            JOIN \(rows.table("k")) ON k.tenant_id = f.tenant_id AND k.sha256 = f.sha256
            ORDER BY f.tenant_id, f.sha256 FOR UPDATE OF f SKIP LOCKED
            """
        ) { ReleasedFile(tenantID: try $0["tenant_id"], sha256: try $0["sha256"]) }
        let held: RowSet = """
            tenant_id \(locked.map(\.tenantID)), sha256 \(locked.map(\.sha256))
            """
        self.rows["file_content"] = try connection.rows(
            """
            DELETE FROM file_content AS f USING \(held.table("k"))
            WHERE f.tenant_id = k.tenant_id AND f.sha256 = k.sha256
                AND NOT EXISTS (SELECT FROM document AS r
                    WHERE r.tenant_id = f.tenant_id AND r.sha256 = f.sha256)
                AND NOT EXISTS (SELECT FROM dispatch_attachment AS r
                    WHERE r.tenant_id = f.tenant_id AND r.sha256 = f.sha256)
                AND NOT EXISTS (SELECT FROM invoice_attachment AS r
                    WHERE r.tenant_id = f.tenant_id AND r.sha256 = f.sha256)
                AND NOT EXISTS (SELECT FROM recurring_invoice_attachment AS r
                    WHERE r.tenant_id = f.tenant_id AND r.sha256 = f.sha256)
            RETURNING f.tenant_id
            """
        ) { try $0["tenant_id"] as Int64 }.count
    }
}
