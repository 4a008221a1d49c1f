import Postgres

/// Writes a company's set-up from where it was laid out: what the file names, and no more.
package struct SetupWriter {
    private let stage: SetupStage
    private var connection: Connection { stage.connection }

    package init(_ stage: SetupStage) {
        self.stage = stage
    }

    /// A table whose rows stand each for itself.
    package func rows() throws {
        try stage.write()
    }

    /// Tenants, and where their series of numbers begin; one that has begun is never moved.
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

    /// Forms; the version is raised where anything changed.
    package func forms() throws {
        try stage.write(raised: ("version", "t.version + 1"))
    }

    /// What an agreement has several of; those of one that is in the file are replaced as a whole.
    package func parts(of owner: String) throws {
        try stage.replace(ownedBy: owner)
        try stage.write()
    }

    /// Plans with their steps, replaced as a whole; a plan whose rows name no channel is empty.
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
    /// The files that rows name in a column, with their lines and tenants.
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

    /// Lays the bytes of a logo beside its row.
    package func keep(logo: [UInt8], line: Int) throws {
        try connection.execute(
            """
            UPDATE pg_temp.import_row SET file_content = \(logo) WHERE line = \(Int64(line))
            """)
    }

    /// Keeps the bytes of an attachment, and lays its name beside its row.
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
