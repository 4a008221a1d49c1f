package import Invoicing
package import Postgres

/// A row that holds what no program can carry, and so can't be dealt with: the fault of what it
/// concerns, and of nothing else.
package struct UnreadableRow {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The fault that an error of reading or writing a row comes to; nil for every other error.
    ///
    /// The detail is the table, the column and what it holds: `vat_rate.valid_from: -infinity`.
    package func fault(_ error: any Error) throws -> Fault? {
        switch error {
        case StoreError.invalidRow(let table, let column, let key):
            return Fault(.rowUnreadable, "\(table).\(column): \(key)")
        case let error as PostgresError where error.kind == .decoding:
            let table = try error.tableOID.flatMap(name).map { "\($0)." } ?? ""
            return Fault(
                .rowUnreadable, "\(table)\(error.column ?? "?"): \(error.detail ?? error.message)")
        case let error as PostgresError where error.sqlState?.isData == true:
            let isSoundness = error.constraint?.hasSuffix("_sound") ?? false
            return Fault(
                isSoundness ? .rowUnreadable : .internalError,
                [error.table, error.constraint ?? error.message].compactMap(\.self)
                    .joined(separator: ": "))
        default: return nil
        }
    }

    private func name(of table: UInt32) throws -> String? {
        try connection.first(
            "SELECT relname::text AS name FROM pg_class WHERE oid = \(Int64(table))::oid"
        ) { try $0["name"] }
    }
}
