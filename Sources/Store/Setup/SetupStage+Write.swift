package import Postgres

/// A row that the database rejects, and why.
package struct SetupRefusal: Error {
    /// The row's line in the file.
    package var line: Int
    package var error: PostgresError
}

extension SetupStage {
    /// Writes the rows: inserts new ones, and updates existing ones with what the file contains.
    ///
    /// New ones come first, so that no concurrent writer is missed: existing rows are then updated
    /// by an UPDATE, which sees the newest version of each. Only differences are written, and
    /// `raised` (a column, and its value from `t`) is set where anything has changed.
    func write(
        inserting filter: String = "true", raised: (name: String, value: String)? = nil
    ) throws {
        let given = try givenColumns()
        let names = (["tenant_id"] + given.map(\.name)).joined(separator: ", ")
        let values = (["n.tenant_id"] + given.map(\.value)).joined(separator: ", ")
        try perform { lines in
            """
            INSERT INTO \(target.table) (\(names))
            SELECT \(values) FROM pg_temp.import_row AS n WHERE \(filter) AND \(lines)
            ON CONFLICT ON CONSTRAINT \(target.table)_pk DO NOTHING
            """
        }
        var changed = given.filter { !target.keys.contains($0.file) }
            .map { (name: $0.name, value: $0.kept) }
        guard !changed.isEmpty else { return }
        let old = changed.map { "t.\($0.name)" }.joined(separator: ", ")
        let new = changed.map(\.value).joined(separator: ", ")
        if let raised { changed.append(raised) }
        let settings = changed.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
        try perform { lines in
            """
            UPDATE \(target.table) AS t SET \(settings) FROM pg_temp.import_row AS n
            WHERE \(isSame) AND (\(old)) IS DISTINCT FROM (\(new)) AND \(lines)
            """
        }
    }

    /// Deletes rows that the file no longer has, of those owners that it names.
    func replace(ownedBy owner: String, unless isKept: String = "true") throws {
        guard let column = columns.first(where: { $0.file == owner }) else { return }
        try connection.execute(
            Query(
                stringLiteral: """
                    DELETE FROM \(target.table) AS t
                    USING (SELECT DISTINCT tenant_id, \(column.value) AS owner
                        FROM pg_temp.import_row AS n) AS o
                    WHERE t.tenant_id = o.tenant_id AND t.\(column.name) = o.owner AND NOT EXISTS (
                        SELECT FROM pg_temp.import_row AS n WHERE \(isSame) AND (\(isKept)))
                    """))
    }

    /// The columns that any row of the file has a value for.
    private func givenColumns() throws -> [SetupStageColumn] {
        let counts = columns.map { "count(n.\(SetupStageColumn.quoted($0.file))) > 0" }
        let query = Query(
            stringLiteral:
                "SELECT \(counts.joined(separator: ", ")) FROM pg_temp.import_row AS n")
        let isGiven: [Bool] =
            try connection.first(query) { row in
                try columns.indices.map { try row[$0] as Bool }
            } ?? []
        return zip(columns, isGiven).filter(\.1).map(\.0)
    }

    /// Runs a statement over all rows; where the database rejects it, finds the first line at
    /// fault.
    func perform(_ statement: (_ lines: String) -> String) throws {
        do {
            try run(statement("true"))
        } catch let error as PostgresError where error.sqlState?.isData == true {
            var (low, high) = (1, lastLine)
            var refusal = error
            while low < high {
                let middle = low + (high - low) / 2
                if let error = try errorRunning(statement("n.line BETWEEN \(low) AND \(middle)")) {
                    (high, refusal) = (middle, error)
                } else {
                    low = middle + 1
                }
            }
            refusal = try errorRunning(statement("n.line = \(low)")) ?? refusal
            throw SetupRefusal(line: low, error: refusal)
        }
    }

    private func run(_ sql: String) throws {
        try connection.savepoint { try connection.run(script: sql) }
    }

    private struct Undone: Error {}

    /// Why a statement is rejected; nil where it is not.
    ///
    /// Its effects are undone.
    private func errorRunning(_ sql: String) throws -> PostgresError? {
        do {
            try connection.savepoint {
                try connection.run(script: sql)
                throw Undone()
            }
        } catch is Undone {
            return nil
        } catch let error as PostgresError where error.sqlState?.isData == true {
            return error
        }
        return nil
    }
}
