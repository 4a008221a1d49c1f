import CLibPQ

/// The result of a statement: its rows, and how many rows it changed.
///
/// Owns libpq's result, and frees it.
package final class QueryResult {
    private let handle: OpaquePointer
    /// How many rows the statement changed or read, by its command tag; 0 where that has no count.
    package let affectedRows: Int
    private lazy var columns = Self.columns(of: handle)

    /// Marks a name that occurs twice among the columns.
    private static let ambiguous: Int32 = -1

    /// Takes ownership of a PGresult.
    init(_ handle: OpaquePointer) {
        self.handle = handle
        affectedRows = Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    deinit {
        PQclear(handle)
    }

    private static func columns(of handle: OpaquePointer) -> [String: Int32] {
        var columns: [String: Int32] = [:]
        for index in 0..<PQnfields(handle) {
            let name = String(cString: PQfname(handle, index))
            columns[name] = columns[name] == nil ? index : ambiguous
        }
        return columns
    }
}

extension QueryResult: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { Int(PQntuples(handle)) }

    /// The row at an index, counted from 0.
    package subscript(_ index: Int) -> Row {
        precondition(indices.contains(index), "no row \(index) of \(count)")
        return Row(result: self, index: Int32(index))
    }
}

extension QueryResult {
    var isCopy: Bool {
        [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(PQresultStatus(handle))
    }

    /// Whether the server waits for the rows of a COPY FROM STDIN in binary format.
    var isBinaryCopyIn: Bool {
        PQresultStatus(handle) == PGRES_COPY_IN && PQbinaryTuples(handle) == 1
    }

    func column(_ name: String) throws(PostgresError) -> Int32 {
        guard let index = columns[name] else {
            throw PostgresError(.usage, "the result has no column of that name", column: name)
        }
        guard index != Self.ambiguous else {
            throw PostgresError(
                .usage, "the result has two columns of that name: give one another by AS",
                column: name)
        }
        return index
    }

    func column(_ index: Int) throws(PostgresError) -> Int32 {
        guard (0..<Int(PQnfields(handle))).contains(index) else {
            throw PostgresError(
                .usage, "the result has \(PQnfields(handle)) columns, counted from 0",
                column: String(index))
        }
        return Int32(index)
    }

    /// The bytes of a value with their type; nil is NULL.
    ///
    /// They are valid as long as the result exists.
    func value(
        row: Int32, column: Int32
    ) -> (bytes: UnsafeRawBufferPointer, oid: PostgresOID)? {
        guard PQgetisnull(handle, row, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(handle, row, column),
            count: Int(PQgetlength(handle, row, column)))
        return (bytes, PostgresOID(PQftype(handle, column)))
    }

    /// The OID of the table that a column comes from; nil where it is computed.
    func table(of column: Int32) -> UInt32? {
        let oid = PQftable(handle, column)
        return oid == 0 ? nil : oid
    }

    func name(of column: Int32) -> String {
        String(cString: PQfname(handle, column))
    }
}

/// One row of a result; its columns are read by name or, counted from 0, by position.
///
/// A NULL where a value is expected, a value of another type and an unknown column throw errors
/// that name the column.
package struct Row {
    let result: QueryResult
    let index: Int32

    /// The value of a column; throws where it is missing, NULL or of another type.
    package subscript<T: PostgresDecodable>(_ column: String) -> T {
        get throws { try required(try result.column(column), T.init(postgres:oid:)) }
    }

    /// The value of a column; nil is NULL.
    package subscript<T: PostgresDecodable>(_ column: String) -> T? {
        get throws { try optional(try result.column(column), T.init(postgres:oid:)) }
    }

    /// An array whose elements may be NULL.
    package subscript<T: PostgresDecodable>(_ column: String) -> [T?] {
        get throws {
            try required(try result.column(column)) { bytes, _ in T.manyOptional(postgres: bytes) }
        }
    }

    /// The value of a column by its position, counted from 0; throws as the one by name.
    package subscript<T: PostgresDecodable>(_ column: Int) -> T {
        get throws { try required(try result.column(column), T.init(postgres:oid:)) }
    }

    /// The value of a column by its position, counted from 0; nil is NULL.
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
