/// A five-character code of PostgreSQL's (PostgreSQL documentation, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let invalidParameterValue = SQLState(rawValue: "22023")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let invalidStatementName = SQLState(rawValue: "26000")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")

    /// Whether the whole transaction may be tried again as it is.
    package var isRetryable: Bool {
        [.serializationFailure, .deadlockDetected, .lockNotAvailable].contains(self)
    }

    /// Whether the server has ended the connection, or would not take one.
    package var isConnectionLost: Bool {
        rawValue.hasPrefix("08")
            || [.adminShutdown, .crashShutdown, .cannotConnectNow, .tooManyConnections]
                .contains(self)
    }

    /// Whether the data itself was refused: a bad value, or a constraint.
    package var isData: Bool {
        rawValue.hasPrefix("22") || rawValue.hasPrefix("23")
    }
}
