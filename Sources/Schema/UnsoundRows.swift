package import Postgres

/// The rows that broke a rule of the schema before it existed.
///
/// A rule added by a migration is at first not valid (`NOT VALID`): it rejects what is written from
/// then on, and no old row stops the migration half-way. Here those old rows are found, and the
/// rule is validated once there are none.
package struct UnsoundRows {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A row that breaks a rule, and the values by which it does.
    package struct Finding: Hashable, Sendable, CustomStringConvertible {
        package var table: String
        /// The columns of its primary key, as `tenant_id 1, customer_number 20`.
        package var key: String
        /// The values of the columns in the rule, as `end_date infinity`.
        package var values: String
        package var constraint: String

        package var description: String {
            "\(table) (\(key)): \(values); \(constraint) does not let it in"
        }
    }

    /// The most rows that are listed for a rule.
    package static let rowsMax = 20

    private struct Rule {
        var table: String
        var name: String
        var condition: String
        var key: [String]
        var columns: [String]
    }

    /// Validates the rules that no row breaks.
    func validate() throws {
        for rule in try rules() where try breaking(rule).isEmpty {
            try connection.run(
                script: "ALTER TABLE budstikke.\(quoted(rule.table))"
                    + " VALIDATE CONSTRAINT \(quoted(rule.name))")
        }
    }

    /// The rows that break a rule; nothing is changed.
    package func find() throws -> [Finding] {
        try rules().flatMap(breaking)
    }

    private func rules() throws -> [Rule] {
        try connection.rows(
            """
            SELECT t.relname::text AS table_name, c.conname::text AS name,
                pg_get_expr(c.conbin, c.conrelid) AS condition,
                ARRAY(
                    SELECT a.attname::text FROM pg_attribute AS a
                    WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
                    ORDER BY a.attnum) AS columns,
                ARRAY(
                    SELECT a.attname::text FROM pg_constraint AS p
                    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = ANY (p.conkey)
                    WHERE p.conrelid = t.oid AND p.contype = 'p'
                    ORDER BY array_position(p.conkey, a.attnum)) AS key
            FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
            WHERE t.relnamespace = 'budstikke'::regnamespace AND c.contype = 'c'
                AND NOT c.convalidated
            ORDER BY t.relname, c.conname
            """
        ) { row in
            Rule(
                table: try row["table_name"], name: try row["name"],
                condition: try row["condition"], key: try row["key"],
                columns: try row["columns"])
        }
    }

    private func breaking(_ rule: Rule) throws -> [Finding] {
        try connection.rows(
            Query(
                stringLiteral: """
                    SELECT \(shown(rule.key)) AS key, \(shown(rule.columns)) AS held
                    FROM budstikke.\(quoted(rule.table)) WHERE NOT (\(rule.condition))
                    ORDER BY \(rule.key.map(quoted).joined(separator: ", "))
                    LIMIT \(Self.rowsMax)
                    """)
        ) { row in
            Finding(
                table: rule.table, key: try row["key"], values: try row["held"],
                constraint: rule.name)
        }
    }

    /// SQL for columns with their values, on one line and cut to a readable length.
    private func shown(_ columns: [String]) -> String {
        let pairs = columns.map {
            "'\($0) ' || left(regexp_replace(\(quoted($0))::text, '[[:cntrl:]]', ' ', 'g'), 60)"
        }
        return "concat_ws(', ', \(pairs.joined(separator: ", ")))"
    }

    private func quoted(_ name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }
}
