package import Invoicing
package import Postgres

/// A row with a value that no program can represent: a fault of the item it belongs to, and of
/// nothing else.
package struct UnreadableRow {
    private let connection: Connection

    /// Looks up the table's name on this connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The fault for an error of reading or writing a row; nil for any other error.
    ///
    /// The detail is the table, the column and its value: `vat_rate.valid_from: -infinity`.
    package func fault(_ error: any Error) throws -> Fault? {
        switch error {
        case StoreError.invalidRow(let table, let column, let key):
            return Self.fault(table: table, column: column, value: key)
        case let error as PostgresError where error.kind == .decoding:
            return Self.fault(
                table: try error.tableOID.flatMap(name), column: error.column ?? "?",
                value: error.detail ?? error.message)
        case let error as PostgresError where error.sqlState?.isData == true:
            let detail = [error.table, error.constraint ?? error.message].compactMap(\.self)
                .joined(separator: ": ")
            guard error.constraint?.hasSuffix("_sound") ?? false else {
                // The server's message is for the operator.
                return Fault(.internalError, Trilingual(""), detail: detail)
            }
            return Fault(.rowUnreadable, detail)
        default: return nil
        }
    }

    private static func fault(table: String?, column: String, value: String) -> Fault {
        let place = table.map { "\($0).\(column)" } ?? column
        let words = table.map { table in
            Trilingual(
                nb: "kolonnen \(column) i tabellen \(table): \(value)",
                nn: "kolonnen \(column) i tabellen \(table): \(value)",
                en: "the column \(column) of the table \(table): \(value)")
        }
        return Fault(
            .rowUnreadable, words ?? Trilingual("\(place): \(value)"), detail: "\(place): \(value)")
    }

    private func name(of table: UInt32) throws -> String? {
        try connection.first(
            "SELECT relname::text AS name FROM pg_class WHERE oid = \(Int64(table))::oid"
        ) { try $0["name"] }
    }
}

/// Why a row can't be read, or must not be written.
package enum StoreError: Error, Hashable, CustomStringConvertible {
    /// A row that should not exist: written without the program, or by an older version.
    case invalidRow(table: String, column: String, key: String)
    /// There is an active dispatch of the same document to the same recipient.
    case alreadyOngoing
    /// There is a dispatch with the same id, created by another run in the meantime.
    case dispatchExists

    package var description: String {
        switch self {
        case .invalidRow(let table, let column, let key):
            "table \(table), row \(key): the column \(column) holds what it may not; mend the row"
        case .alreadyOngoing: "a dispatch of this document to this recipient is under way"
        case .dispatchExists: "this dispatch was made by another run; run again"
        }
    }
}
