/// What went wrong with the database: where, and what the server said of it.
///
/// The values of parameters are never part of it: they hold people's names and addresses.
package struct PostgresError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No connection, or it broke.
        case connection
        /// The server refused a statement.
        case server
        /// COMMIT was sent and its answer lost: the transaction may have been committed.
        case commitInDoubt
        /// A value was not what the program expected of it.
        case decoding
        /// The program asked for something that can't be.
        case usage
    }

    package var kind: Kind
    package var sqlState: SQLState?
    package var message: String
    package var detail: String?
    package var hint: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    package var sql: String?

    package init(
        _ kind: Kind, _ message: String, sqlState: SQLState? = nil, detail: String? = nil,
        hint: String? = nil, table: String? = nil, column: String? = nil,
        constraint: String? = nil, sql: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
        self.detail = detail
        self.hint = hint
        self.table = table
        self.column = column
        self.constraint = constraint
        self.sql = sql
    }

    /// Whether a new connection may help.
    package var isConnectionLost: Bool {
        kind == .connection || kind == .commitInDoubt || sqlState?.isConnectionLost == true
    }

    package static func ~= (state: SQLState, error: PostgresError) -> Bool {
        error.sqlState == state
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line; the detail of the server is left out, since it may quote the row.
    package var description: String {
        var line = "database: \(message)"
        if let sqlState { line += " (\(sqlState.rawValue))" }
        if let constraint { line += ", constraint \(constraint)" }
        if let hint { line += "; \(hint)" }
        return line.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
