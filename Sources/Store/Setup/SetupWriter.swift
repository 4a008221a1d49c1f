import Postgres

/// Writes a company's set-up from the staged rows: only what the file contains.
package struct SetupWriter {
    private let stage: SetupStage
    private var connection: Connection { stage.connection }

    /// Writes from these rows; it has to live in the same transaction.
    package init(_ stage: SetupStage) {
        self.stage = stage
    }

    /// Writes a table whose rows are independent.
    package func rows() throws {
        try stage.write()
    }

    /// Writes tenants and the start of their number series; a series that has begun is never moved.
    package func tenants() throws {
        try stage.write()
        try connection.execute(
            """
            INSERT INTO number_series (tenant_id, series, first_number, next_number)
            SELECT n.tenant_id, \(NumberSeries.invoices),
                coalesce(nullif(n.first_invoice_number, '')::bigint, 1),
                coalesce(nullif(n.first_invoice_number, '')::bigint, 1)
            FROM pg_temp.import_row AS n
            ON CONFLICT ON CONSTRAINT number_series_pk DO NOTHING
            """)
        try connection.execute(
            """
            UPDATE number_series AS s
            SET first_number = n.first_invoice_number::bigint,
                next_number = n.first_invoice_number::bigint
            FROM pg_temp.import_row AS n
            WHERE s.tenant_id = n.tenant_id AND s.series = \(NumberSeries.invoices)
                AND n.first_invoice_number <> '' AND s.next_number = s.first_number
                AND s.first_number <> n.first_invoice_number::bigint
            """)
    }

    /// Writes forms; the version increases where anything changed.
    package func forms() throws {
        try stage.write(raised: ("version", "t.version + 1"))
    }

    /// Writes the parts of an agreement; those of one that is in the file are replaced as a whole.
    package func parts(of owner: String) throws {
        try stage.replace(ownedBy: owner)
        try stage.write()
    }

    /// Writes plans with their steps, replaced as a whole; a plan whose rows name no channel is
    /// empty.
    package func sendPlans() throws {
        try connection.execute(
            """
            INSERT INTO send_plan AS p (tenant_id, plan_key, name)
            SELECT DISTINCT ON (n.tenant_id, n.key) n.tenant_id, n.key, n.name
            FROM pg_temp.import_row AS n ORDER BY n.tenant_id, n.key
            ON CONFLICT ON CONSTRAINT send_plan_pk DO UPDATE SET name = excluded.name
            WHERE p.name <> excluded.name
            """)
        try stage.replace(ownedBy: "key", unless: "n.channel IS NULL OR n.channel <> ''")
        try stage.write(inserting: "n.channel <> ''")
    }
}

extension SetupWriter {
    /// The files that rows refer to in a column, with their lines and tenants.
    package func files(in column: String) throws -> [(line: Int, tenantID: Int64, path: String)] {
        let cell = SetupStageColumn.quoted(column)
        return try connection.rows(
            Query(
                stringLiteral: """
                    SELECT line, tenant_id, \(cell) AS path FROM pg_temp.import_row
                    WHERE \(cell) <> '' ORDER BY line
                    """)
        ) { (Int(try $0["line"] as Int64), try $0["tenant_id"], try $0["path"]) }
    }

    /// Stores the content of a logo with its row.
    package func keep(logo: [UInt8], line: Int) throws {
        try connection.execute(
            """
            UPDATE pg_temp.import_row SET file_content = \(logo) WHERE line = \(Int64(line))
            """)
    }

    /// Stores the content of an attachment, and its metadata with its row.
    package func keep(
        attachment: StoredFile, content: [UInt8], tenantID: Int64, line: Int
    ) throws {
        try Files(connection).insert([
            Files.New(tenantID: tenantID, sha256: attachment.sha256, content: content)
        ])
        try connection.execute(
            """
            UPDATE pg_temp.import_row
            SET file_name = \(attachment.fileName), file_sha256 = \(attachment.sha256)
            WHERE line = \(Int64(line))
            """)
    }
}

/// The table that a kind of set-up file is written to, with the names of its columns.
package struct SetupTarget: Sendable {
    /// The table's name, also that of its primary key constraint.
    let table: String
    /// The file's columns except for `tenant_id`.
    let columns: [String]
    /// The columns that identify a row, besides the tenant.
    let keys: [String]
    private let renamed: [String: String]
    /// Columns of the table that are computed rather than cast from the file's text: by name, the
    /// file's column they follow and the SQL for the value from a row `n`.
    let reckoned: [String: (file: String, value: String)]
    /// Further columns of the temporary table, for values that are read elsewhere.
    let extras: String

    /// A table whose columns are named as in the file, except for the renamed ones.
    package init(
        _ table: String, columns: [String], keys: [String], renamed: [String: String] = [:]
    ) {
        self.init(
            table, columns: columns, keys: keys, renamed: renamed, reckoned: [:], extras: "")
    }

    private init(
        _ table: String, columns: [String], keys: [String], renamed: [String: String],
        reckoned: [String: (file: String, value: String)], extras: String
    ) {
        self.table = table
        self.columns = columns
        self.keys = keys
        self.renamed = renamed
        self.reckoned = reckoned
        self.extras = extras
    }

    /// The forms, whose logos are files.
    package static func forms(columns: [String], keys: [String]) -> SetupTarget {
        SetupTarget(
            "form_template", columns: columns, keys: keys, renamed: ["key": "form_key"],
            reckoned: ["logo": ("logo", "n.file_content")], extras: ", file_content bytea")
    }

    /// The agreements' attachments, whose files are stored by content.
    package static func attachments(columns: [String], keys: [String]) -> SetupTarget {
        SetupTarget(
            "recurring_invoice_attachment", columns: columns, keys: keys,
            renamed: ["recurring_invoice": "recurring_invoice_number"],
            reckoned: [
                "file_name": ("file", "n.file_name"), "sha256": ("file", "n.file_sha256"),
            ],
            extras: ", file_name text, file_sha256 bytea")
    }

    /// The name in the table of a column of the file.
    func name(of column: String) -> String {
        renamed[column] ?? column
    }
}
