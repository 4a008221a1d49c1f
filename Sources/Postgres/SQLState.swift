/// A five-character code by which PostgreSQL says what went wrong (its documentation, appendix A).
///
/// `catch SQLState.uniqueViolation` catches just that.
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

    /// Whether the whole transaction may be tried again as it is.
    package var isRetryable: Bool {
        Self.retryable.contains(self)
    }

    /// Whether the server has ended the connection, or would not take one.
    package var isConnectionLost: Bool {
        classCode == "08" || Self.connectionLost.contains(self)
    }

    /// The first two characters, which stand for the kind of trouble.
    package var classCode: String {
        String(rawValue.prefix(2))
    }

    /// Whether the data itself was refused: a bad value (class 22), or a constraint (class 23).
    package var isData: Bool {
        ["22", "23"].contains(classCode)
    }

    package static func ~= (state: SQLState, error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == state
    }
}
