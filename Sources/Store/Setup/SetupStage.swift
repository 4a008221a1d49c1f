package import Postgres

/// The rows of one set-up file in a temporary table, where they are checked and written set by set,
/// so that an import's memory does not grow with its rows.
///
/// It lives in the transaction that created it. A NULL cell belongs to a column that the row does
/// not have: it keeps the existing value. An empty text clears it.
package struct SetupStage {
    package let connection: Connection
    let target: SetupTarget
    /// Those of the file's columns that the table has.
    let columns: [SetupStageColumn]
    /// The highest line number of a row.
    let lastLine: Int

    /// One row of the file: its line, its tenant, and its values by column.
    package typealias Row = (line: Int, tenantID: Int64, values: [String: String])

    /// Fills the table with the rows that `read` passes on.
    package static func fill(
        _ target: SetupTarget, _ connection: Connection,
        _ read: (_ body: (Row) throws -> Void) throws -> Void
    ) throws -> SetupStage {
        let cells = target.columns.map(SetupStageColumn.quoted)
        try connection.run(
            script: """
                DROP TABLE IF EXISTS pg_temp.import_row;
                CREATE TEMPORARY TABLE import_row (line bigint NOT NULL, tenant_id bigint NOT NULL,
                    \(cells.map { "\($0) text" }.joined(separator: ", "))\(target.extras))
                    ON COMMIT DROP
                """)
        var lastLine = 0
        let names = cells.joined(separator: ", ")
        try connection.copyIn(
            "COPY pg_temp.import_row (line, tenant_id, \(names)) FROM STDIN (FORMAT binary)"
        ) { writer in
            try read { row in
                lastLine = max(lastLine, row.line)
                try writer.row { cells in
                    cells.append(Int64(row.line))
                    cells.append(row.tenantID)
                    for column in target.columns { cells.append(row.values[column]) }
                }
            }
        }
        try connection.run(script: "ANALYZE pg_temp.import_row")
        return SetupStage(
            connection: connection, target: target,
            columns: try SetupStageColumn.all(of: target, connection), lastLine: lastLine)
    }

    /// The number of rows.
    package func count() throws -> Int {
        try connection.first("SELECT count(*) AS count FROM pg_temp.import_row") {
            try $0["count"]
        } ?? 0
    }

    /// Passes on the rows as they will be stored, including the values they keep, in the order of
    /// their keys and lines.
    package func merged(_ body: (Row) throws -> Void) throws {
        let cursor = "import_\(target.table)"
        let names = target.columns.filter { name in
            !target.reckoned.values.contains { $0.file == name }
        }
        try connection.run(script: "DECLARE \(cursor) NO SCROLL CURSOR FOR \(mergedSQL(names))")
        while true {
            let rows: [Row] = try connection.rows(
                Query(stringLiteral: "FETCH \(Self.fetchRows) FROM \(cursor)")
            ) { row in
                var values: [String: String] = [:]
                for (position, name) in names.enumerated() {
                    values[name] = try row[position + 2] as String?
                }
                return (Int(try row[0] as Int64), try row[1], values)
            }
            for row in rows { try body(row) }
            if rows.count < Self.fetchRows { break }
        }
        try connection.run(script: "CLOSE \(cursor)")
    }

    private static let fetchRows = 2_000

    private func mergedSQL(_ names: [String]) -> String {
        let values = names.map { name in
            columns.first { $0.file == name && !$0.isReckoned }?.mergedText
                ?? "nullif(n.\(SetupStageColumn.quoted(name)), '')"
        }
        let order = target.keys.map { "n.\(SetupStageColumn.quoted($0)) COLLATE \"C\"" }
        return """
            SELECT \((["n.line", "n.tenant_id"] + values).joined(separator: ", "))
            FROM pg_temp.import_row AS n
            LEFT JOIN \(target.table) AS t ON \(isSame)
            ORDER BY \((["n.tenant_id"] + order + ["n.line"]).joined(separator: ", "))
            """
    }

    /// The condition that a row of the table, `t`, matches a row of the file, `n`.
    var isSame: String {
        let keys = columns.filter { target.keys.contains($0.file) }
        return (["t.tenant_id = n.tenant_id"] + keys.map { "t.\($0.name) = \($0.value)" })
            .joined(separator: " AND ")
    }
}

/// A column of a table that set-up is written to, as described in the database's catalog.
///
/// Types and defaults are defined only in the schema. A number has no length limit here, so that
/// one that is too long is reported like any other invalid value.
struct SetupStageColumn {
    /// The quoted names of the file's column and the table's.
    let file: String
    let name: String
    /// Whether its value is computed instead of read from the file's text.
    let isReckoned: Bool
    private let type: String
    private let cell: String
    private let fallback: String?

    static func quoted(_ name: String) -> String {
        "\"\(name)\""
    }

    /// Those of the file's columns that the table has.
    static func all(of target: SetupTarget, _ connection: Connection) throws -> [Self] {
        let known = try connection.rows(
            """
            SELECT a.attname::text AS name, format_type(a.atttypid, NULL) AS type,
                pg_get_expr(d.adbin, d.adrelid) AS fallback
            FROM pg_attribute AS a
            LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = to_regclass(\(target.table)) AND a.attnum > 0
                AND NOT a.attisdropped
            """
        ) { row in
            (
                name: try row["name"] as String, type: try row["type"] as String,
                fallback: try row["fallback"] as String?
            )
        }
        return known.compactMap { column in
            if let reckoned = target.reckoned[column.name] {
                return SetupStageColumn(
                    file: reckoned.file, name: quoted(column.name), isReckoned: true,
                    type: column.type, cell: reckoned.value, fallback: column.fallback)
            }
            guard let file = target.columns.first(where: { target.name(of: $0) == column.name })
            else { return nil }
            return SetupStageColumn(
                file: file, name: quoted(column.name), isReckoned: false, type: column.type,
                cell: "nullif(n.\(quoted(file)), '')", fallback: column.fallback)
        }
    }

    /// The value from the file, or the column's default.
    var value: String {
        let cast = "\(cell)::\(type)"
        return fallback.map { "coalesce(\(cast), \($0))" } ?? cast
    }

    /// The value from the file, or the existing one in `t` where the file has none.
    var kept: String {
        "CASE WHEN n.\(Self.quoted(file)) IS NULL THEN t.\(name) ELSE \(value) END"
    }

    /// The same as text, where `t` may not exist yet; days in ISO 8601.
    var mergedText: String {
        let merged =
            "CASE WHEN n.\(Self.quoted(file)) IS NULL AND t.tenant_id IS NOT NULL"
            + " THEN t.\(name) ELSE \(value) END"
        return type == "date" ? "to_char(\(merged), 'YYYY-MM-DD')" : "(\(merged))::text"
    }
}
