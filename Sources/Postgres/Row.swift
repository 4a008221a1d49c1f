/// One row of a result; its columns are read by name or, counted from 0, by position.
///
/// NULL where a value is asked for, a value of another type and an unknown column are errors that
/// name the column.
package struct Row {
    let result: QueryResult
    let index: Int32

    package subscript<T: PostgresDecodable>(_ column: String) -> T {
        get throws { try required(try result.column(column), T.init(postgres:oid:)) }
    }

    /// A column that may be NULL.
    package subscript<T: PostgresDecodable>(_ column: String) -> T? {
        get throws { try optional(try result.column(column), T.init(postgres:oid:)) }
    }

    /// An array whose elements may be NULL.
    package subscript<T: PostgresDecodable>(_ column: String) -> [T?] {
        get throws {
            try required(try result.column(column)) { bytes, _ in T.manyOptional(postgres: bytes) }
        }
    }

    package subscript<T: PostgresDecodable>(_ column: Int) -> T {
        get throws { try required(try result.column(column), T.init(postgres:oid:)) }
    }

    /// A column that may be NULL.
    package subscript<T: PostgresDecodable>(_ column: Int) -> T? {
        get throws { try optional(try result.column(column), T.init(postgres:oid:)) }
    }

    private typealias Read<T> = (UnsafeRawBufferPointer, PostgresOID) -> T?

    private func required<T>(_ column: Int32, _ read: Read<T>) throws(PostgresError) -> T {
        guard let value = try optional(column, read) else {
            throw unreadable("NULL where a value is needed", "NULL", column)
        }
        return value
    }

    private func optional<T>(_ column: Int32, _ read: Read<T>) throws(PostgresError) -> T? {
        guard let (bytes, oid) = result.value(row: index, column: column) else { return nil }
        guard let value = read(bytes, oid) else {
            throw unreadable(
                "a value of type \(oid) can't be read as \(T.self)",
                ShownValue.text(of: bytes, oid), column)
        }
        return value
    }

    private func unreadable(
        _ message: String, _ value: String, _ column: Int32
    ) -> PostgresError {
        var error = PostgresError(
            .decoding, message, detail: value, column: result.name(of: column))
        error.tableOID = result.table(of: column)
        return error
    }
}

@available(*, unavailable)
extension Row: Sendable {}
