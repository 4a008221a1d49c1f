import Postgres

/// A column of a table that set-up is written in, as the database's own catalog describes it.
///
/// The types and defaults stand in the schema and nowhere else. A number is as wide here as it is
/// written, so that one that is too wide is judged as the others are.
struct SetupStageColumn {
    /// The file's column, and the table's, quoted.
    let file: String
    let name: String
    /// Whether its value is no text of the file.
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

    /// What the file says: its value, or the column's default.
    var value: String {
        let cast = "\(cell)::\(type)"
        return fallback.map { "coalesce(\(cast), \($0))" } ?? cast
    }

    /// What the file says, or what stands in `t` where it says nothing.
    var kept: String {
        "CASE WHEN n.\(Self.quoted(file)) IS NULL THEN t.\(name) ELSE \(value) END"
    }

    /// The same as text, where there may be no `t` yet; days as ISO 8601 has them.
    var mergedText: String {
        let merged =
            "CASE WHEN n.\(Self.quoted(file)) IS NULL AND t.tenant_id IS NOT NULL"
            + " THEN t.\(name) ELSE \(value) END"
        return type == "date" ? "to_char(\(merged), 'YYYY-MM-DD')" : "(\(merged))::text"
    }
}
