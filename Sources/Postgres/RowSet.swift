/// Many rows on their way to the server, a column at a time, each behind its name:
/// `tenant_id \(tenants), name \(names)`.
///
/// Statements are written of it, so that a column's name stands once, and beside its values. A cast
/// behind a name, as `delays::int[]`, is made where the rows are read.
package struct RowSet: Sendable {
    private var columns: [(name: Substring, cast: Substring)] = []
    private var values: Query = ""

    /// The columns that they are written to: `tenant_id, name`.
    package var columnNames: Query {
        Query(stringLiteral: columns.map(\.name).joined(separator: ", "))
    }

    /// The columns as those of the table: `n.tenant_id, n.name`.
    package func columns(of table: StaticString) -> Query {
        let columns = columns.map { "\(table).\($0.name)\($0.cast)" }
        return Query(stringLiteral: columns.joined(separator: ", "))
    }

    /// The rows as a table: `unnest($1, $2) AS n (tenant_id, name)`.
    package func table(_ name: StaticString) -> Query {
        "unnest(\(values)) AS \(Query(stringLiteral: "\(name)")) (\(columnNames))"
    }
}

extension RowSet: ExpressibleByStringInterpolation {
    /// A set without columns, which no statement can be written of.
    package init(stringLiteral: String) {}

    package init(stringInterpolation: Interpolation) {
        self = stringInterpolation.rows
    }

    /// Collects the names and the values.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var rows = RowSet(stringLiteral: "")
        private var name = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            rows.columns.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            name = literal.filter { $0 != "," && !$0.isWhitespace }
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T]) {
            append("\(values)")
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T?]) {
            append("\(values)")
        }

        /// Further columns of the same rows.
        package mutating func appendInterpolation(_ more: RowSet) {
            append(more.values, more.columns)
        }

        private mutating func append(_ values: Query) {
            let end = name.firstIndex(of: ":") ?? name.endIndex
            append(values, [(name[..<end], name[end...])])
        }

        private mutating func append(_ values: Query, _ columns: [(Substring, Substring)]) {
            if !rows.columns.isEmpty { rows.values.append(", ") }
            rows.values.append(values)
            rows.columns += columns
        }
    }
}
