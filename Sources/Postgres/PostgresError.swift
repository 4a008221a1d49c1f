import Wire

/// An error of the database: where it occurred, and what the server said.
///
/// Parameter values are never part of the message or the description, since they hold people's
/// names and addresses. The server's `detail` may quote a row, so it is kept separate.
package struct PostgresError: Error, Hashable, Sendable {
    /// Where the error occurred.
    package enum Kind: Hashable, Sendable {
        /// No connection, or it broke. An open transaction was rolled back; a statement sent
        /// outside a transaction may have been executed.
        case connection
        /// The connection string can't be read, or the server rejects what it names: role, password
        /// or database. It will fail again until somebody changes it.
        case conninfo
        /// The server rejected a statement.
        case server
        /// COMMIT was sent and its answer lost: the transaction may have been committed.
        case commitInDoubt
        /// A value did not have the type or form that the program expects.
        case decoding
        /// A call that makes no sense, such as a misplaced COPY: a bug in the program.
        case usage
    }

    package var kind: Kind
    /// The server's code; nil where the error is libpq's or ours.
    package var sqlState: SQLState?
    /// What went wrong, for people, without values; of a server's error in the server's language.
    package var message: String
    /// The server's further words, or the value that can't be read; it may quote the row, so it is
    /// not for logs.
    package var detail: String?
    /// The server's suggestion for how to fix it; nil where it has none.
    package var hint: String?
    /// The table that the server names; nil where it names none.
    package var table: String?
    /// The table of a value that can't be read, by the server's OID.
    package var tableOID: UInt32?
    /// The column that the server names, or whose value can't be read.
    package var column: String?
    /// The constraint that was violated; nil for other errors.
    package var constraint: String?
    /// The statement, with `$1` and so on in place of its parameters.
    package var sql: String?
    /// The row of a COPY that failed, counted from 1; nil for other statements.
    package var copyRow: Int?
    /// Whether the statement was prepared before a schema change, so that preparing it again may
    /// help.
    package var isStalePlan = false
    /// Whether a lock was waited for as long as lock_timeout allows.
    package var isLockTimeout = false
    /// Whether it was cancelled because the program was asked to stop; an open transaction was
    /// rolled back.
    package var isStopped = false

    /// The details of a COPY, a stale plan, a time-out or a stop are set after.
    package init(
        _ kind: Kind, _ message: String, sqlState: SQLState? = nil, detail: String? = nil,
        hint: String? = nil, table: String? = nil, column: String? = nil,
        constraint: String? = nil, sql: String? = nil
    ) {
        self.kind = kind
        self.message = message.onOneLine
        self.sqlState = sqlState
        self.detail = detail
        self.hint = hint
        self.table = table
        self.column = column
        self.constraint = constraint
        self.sql = sql
    }

    /// Whether the connection is unusable; a new one may help.
    package var isConnectionLost: Bool {
        kind == .connection || kind == .commitInDoubt || sqlState?.isConnectionLost == true
    }

    /// Whether the whole transaction may be retried unchanged.
    ///
    /// After a lock time-out it is not: the wait has already been as long as it may be.
    package var isRetryable: Bool {
        kind == .server && !isLockTimeout && (sqlState?.isRetryable == true || isStalePlan)
    }

    /// The error of a wait that a stop ended: the connection is unusable.
    static func stopped(_ message: String, sql: String?) -> PostgresError {
        var error = PostgresError(.connection, message, sql: sql)
        error.isStopped = true
        return error
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line: what, where, and the beginning of the statement.
    package var description: String {
        var line = "database: \(message)"
        if let sqlState { line += " (\(sqlState.rawValue))" }
        if let table { line += ", table \(table)" }
        if let column { line += ", column \(column)" }
        if let constraint { line += ", constraint \(constraint)" }
        if let copyRow { line += ", row \(copyRow) of the COPY" }
        if let hint { line += "; \(hint)" }
        if let sql { line += "; in: \(sql.onOneLine.shortened(to: Self.sqlCharactersMax))" }
        return line.onOneLine
    }

    /// Enough to identify the statement; a whole one would bury the message.
    private static let sqlCharactersMax = 120
}

extension String {
    fileprivate func shortened(to length: Int) -> String {
        count <= length ? self : prefix(length) + "…"
    }
}

/// A five-character error code of PostgreSQL (its documentation, appendix A).
///
/// The constants bear the condition names of that appendix. `catch SQLState.uniqueViolation`
/// catches just that one.
package struct SQLState: RawRepresentable, Hashable, Sendable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let stringDataRightTruncation = SQLState(rawValue: "22001")
    package static let numericValueOutOfRange = SQLState(rawValue: "22003")
    package static let datetimeFieldOverflow = SQLState(rawValue: "22008")
    package static let divisionByZero = SQLState(rawValue: "22012")
    package static let invalidParameterValue = SQLState(rawValue: "22023")
    package static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    package static let invalidBinaryRepresentation = SQLState(rawValue: "22P03")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let exclusionViolation = SQLState(rawValue: "23P01")
    package static let readOnlyTransaction = SQLState(rawValue: "25006")
    package static let inFailedTransaction = SQLState(rawValue: "25P02")
    package static let idleInTransactionTimeout = SQLState(rawValue: "25P03")
    package static let invalidStatementName = SQLState(rawValue: "26000")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let syntaxError = SQLState(rawValue: "42601")
    package static let undefinedColumn = SQLState(rawValue: "42703")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let duplicateTable = SQLState(rawValue: "42P07")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let outOfMemory = SQLState(rawValue: "53200")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let objectInUse = SQLState(rawValue: "55006")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCanceled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")
    package static let databaseDropped = SQLState(rawValue: "57P04")
    package static let idleSessionTimeout = SQLState(rawValue: "57P05")

    private static let retryable: Set<SQLState> = [
        .serializationFailure, .deadlockDetected, .lockNotAvailable,
    ]

    private static let connectionLost: Set<SQLState> = [
        .idleInTransactionTimeout, .tooManyConnections, .adminShutdown, .crashShutdown,
        .cannotConnectNow, .databaseDropped, .idleSessionTimeout,
    ]

    /// Whether the whole transaction may be retried unchanged.
    package var isRetryable: Bool {
        Self.retryable.contains(self)
    }

    /// Whether the server has closed the connection, or did not accept one.
    package var isConnectionLost: Bool {
        classCode == "08" || Self.connectionLost.contains(self)
    }

    /// The first two characters, which denote the class of error.
    package var classCode: String {
        String(rawValue.prefix(2))
    }

    /// Whether the data itself was rejected: a bad value (class 22) or a constraint (class 23).
    package var isData: Bool {
        ["22", "23"].contains(classCode)
    }

    /// Lets `catch` match a `PostgresError` by its code.
    package static func ~= (state: SQLState, error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == state
    }
}
