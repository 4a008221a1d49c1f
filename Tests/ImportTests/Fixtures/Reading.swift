@testable import Import

/// The value of a reading that must succeed.
func value<Value>(_ result: Result<Value, ImportFaults>) throws -> Value {
    try result.get()
}

/// The faults of a reading that must fail; none where it did not.
func faults<Value>(_ result: Result<Value, ImportFaults>) -> [ImportFault] {
    guard case .failure(let failure) = result else { return [] }
    return failure.faults
}

extension SetupReader {
    /// As an import into an empty database does it: read, and then judged in the order of the keys.
    static func read(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?
    ) -> Result<[SetupRow], ImportFaults> {
        var rows: [SetupRow] = []
        do {
            try read(bytes, file: file, table: table, tenantID: tenantID) { rows.append($0) }
        } catch {
            return .failure(
                error as? ImportFaults ?? ImportFaults([.ofFile(file, "\(error)", advice: "")]))
        }
        let keys = table.columns.filter(\.isKey).map(\.name)
        let identity = { (row: SetupRow) in ["\(row.tenantID)"] + keys.map { row[$0] ?? "" } }
        var validator = RowValidator(file: file, table: table)
        for row in rows.sorted(by: {
            (identity($0).joined(separator: "\u{1}"), $0.line)
                < (identity($1).joined(separator: "\u{1}"), $1.line)
        }) { validator.validate(row) }
        let faults = validator.finish()
        return faults.isEmpty ? .success(rows) : .failure(ImportFaults(faults))
    }
}
