import CLibPQ

/// What a statement gave: its rows, and how many rows it changed.
///
/// Frees libpq's result with itself.
package final class QueryResult {
    private let handle: OpaquePointer
    /// How many rows the statement changed or read, as its command tag says.
    package let affectedRows: Int
    package let count: Int
    private let columns: [String: Int32]

    /// Takes ownership of a PGresult.
    init(_ handle: OpaquePointer) {
        self.handle = handle
        affectedRows = Int(String(cString: PQcmdTuples(handle))) ?? 0
        count = Int(PQntuples(handle))
        var columns: [String: Int32] = [:]
        for index in 0..<PQnfields(handle) {
            columns[String(cString: PQfname(handle, index))] = index
        }
        self.columns = columns
    }

    deinit {
        PQclear(handle)
    }

    package subscript(_ index: Int) -> Row {
        precondition((0..<count).contains(index), "no row \(index) of \(count)")
        return Row(result: self, index: Int32(index))
    }

    fileprivate func column(_ name: String) throws(PostgresError) -> Int32 {
        guard let index = columns[name] else {
            throw PostgresError(.usage, "the result has no column \(name)", column: name)
        }
        return index
    }

    fileprivate func isNull(row: Int32, column: Int32) -> Bool {
        PQgetisnull(handle, row, column) == 1
    }

    fileprivate func decode<T: PostgresDecodable>(row: Int32, column: Int32) -> T? {
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(handle, row, column),
            count: Int(PQgetlength(handle, row, column)))
        return T(postgres: bytes, oid: PostgresOID(PQftype(handle, column)))
    }
}

/// One row of a result; lives no longer than the result does.
package struct Row {
    fileprivate let result: QueryResult
    fileprivate let index: Int32

    /// The value of a column; NULL, and a value of another type, are errors that name it.
    package subscript<T: PostgresDecodable>(_ column: String) -> T {
        get throws {
            guard let value: T = try self[column] else {
                throw PostgresError(
                    .decoding, "column \(column) is NULL where it may not be", column: column)
            }
            return value
        }
    }

    /// The value of a column that may be NULL.
    package subscript<T: PostgresDecodable>(_ column: String) -> T? {
        get throws {
            let position = try result.column(column)
            guard !result.isNull(row: index, column: position) else { return nil }
            guard let value: T = result.decode(row: index, column: position) else {
                throw PostgresError(
                    .decoding, "column \(column) can't be read as \(T.self)", column: column)
            }
            return value
        }
    }
}
