import CLibPQ

extension Connection {
    /// Writes many rows by `COPY … FROM STDIN (FORMAT binary)`, the fastest way into a table.
    ///
    /// Binary COPY converts nothing: a column of type int needs Int32, not Int. Either all rows are
    /// written or none; an error thrown by the body aborts the COPY and is rethrown.
    /// - Returns: how many rows were written.
    @discardableResult
    package func copyIn(
        _ statement: String, _ write: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        try startCopy(statement)
        var writer = CopyWriter(connection: self, statement: statement)
        do {
            try write(&writer)
            try writer.finish()
        } catch {
            _ = try? endCopy(statement, reason: "the program gave up")
            throw error
        }
        return try endCopy(statement, reason: nil)
    }

    private func startCopy(_ statement: String) throws(PostgresError) {
        try refuseNUL(in: statement)
        let result = try answer(sql: statement) { PQsendQuery(handle, statement) }
        guard result.isBinaryCopyIn else {
            if result.isCopy { try refuseCopy(result, sql: statement) }
            throw PostgresError(
                .usage, "copyIn takes COPY … FROM STDIN (FORMAT binary)", sql: statement)
        }
    }

    fileprivate func sendCopyData(_ bytes: [UInt8], _ statement: String) throws(PostgresError) {
        let isSent = bytes.withUnsafeBytes { bytes in
            PQputCopyData(
                handle, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        guard isSent == 1 else { throw failureWithoutResult(sql: statement) }
        try flush(sql: statement)
    }

    /// Ends the COPY, or aborts it where a reason is given, and reads the server's answer.
    private func endCopy(_ statement: String, reason: String?) throws(PostgresError) -> Int {
        guard PQputCopyEnd(handle, reason) == 1 else {
            throw failureWithoutResult(sql: statement)
        }
        return try answer(sql: statement).affectedRows
    }
}

/// Collects the rows of a COPY and sends them in chunks (PostgreSQL documentation, COPY, "Binary
/// Format").
package struct CopyWriter {
    private let connection: Connection
    private let statement: String
    private var bytes: [UInt8]

    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    /// Large enough for a call to cost little, small enough to stay in the processor's cache.
    private static let chunkBytes = 1 << 16
    /// The limit for one row: libpq counts the bytes of a chunk in an Int32.
    private static let rowBytesMax = 1 << 30

    fileprivate init(connection: Connection, statement: String) {
        self.connection = connection
        self.statement = statement
        bytes = Self.signature
        // No flags, and no extension of the header.
        bytes.appendBigEndian(Int32(0))
        bytes.appendBigEndian(Int32(0))
    }

    /// Writes one row; its values are in the order of the statement's columns.
    package mutating func row(_ fill: (inout CopyRow) throws -> Void) throws {
        let start = bytes.count
        bytes.appendBigEndian(Int16(0))
        // The buffer is moved out and back, not copied.
        var row = CopyRow(bytes: bytes)
        bytes = []
        try fill(&row)
        bytes = row.bytes
        bytes.setBigEndian(row.count, at: start)
        guard bytes.count - start < Self.rowBytesMax else {
            throw PostgresError(.usage, "a row is beyond 1 GB", sql: statement)
        }
        if bytes.count >= Self.chunkBytes { try send() }
    }

    fileprivate mutating func finish() throws(PostgresError) {
        bytes.appendBigEndian(Int16(-1))
        try send()
    }

    private mutating func send() throws(PostgresError) {
        try connection.sendCopyData(bytes, statement)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// One row of a COPY: its values, appended in order.
package struct CopyRow {
    fileprivate var bytes: [UInt8]
    fileprivate var count: Int16 = 0

    fileprivate init(bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    /// Appends the next value of the row.
    package mutating func append<T: PostgresEncodable>(_ value: T) {
        append(Optional(value))
    }

    /// Appends the next value of the row, where nil is NULL.
    package mutating func append<T: PostgresEncodable>(_ value: T?) {
        count += 1
        bytes.appendLengthAndBytes(of: value)
    }
}
