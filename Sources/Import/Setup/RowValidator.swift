import Invoicing

/// Judges the rows of a set-up file as they will stand: with what they keep, and beside each other.
///
/// They come in the order of their keys, so that those that must agree follow each other and none
/// needs to be kept for long.
package struct RowValidator {
    private let file: String
    private let table: SetupTable
    private let keys: [String]
    private var faults: [ImportFault] = []
    /// What nobody needs to mend, but should know.
    package private(set) var remarks: [ImportFault] = []
    private var previous: SetupRow?
    /// The rows of one send plan.
    private var plan: [SetupRow] = []

    package init(file: String, table: SetupTable) {
        self.file = file
        self.table = table
        keys = table.columns.filter(\.isKey).map(\.name)
    }

    package mutating func take(_ row: SetupRow) {
        guard faults.count < SetupLimits.faultCountMax else { return }
        if let first = previous, isSame(first, row) {
            let key = RowFault(
                keys.last ?? RowChecker.tenantColumn, "stands in line \(first.line) already",
                "Take one of the two rows out",
                value: keys.compactMap { row[$0] }.joined(separator: ", "))
            return add(key, line: row.line)
        }
        previous = row
        var told: Set<String> = []
        for fault in table.faults(in: row) where told.insert(fault.column).inserted {
            add(fault, line: row.line)
        }
        for remark in table.remarks(on: row) where remarks.count < UBLFindings.countMax {
            remarks.append(importFault(remark, line: row.line))
        }
        guard table == .sendPlans else { return }
        if let first = plan.first, first.tenantID != row.tenantID || first["key"] != row["key"] {
            endPlan()
        }
        plan.append(row)
    }

    /// All that is wrong, in the order of the lines.
    package mutating func finish() -> [ImportFault] {
        endPlan()
        return faults.sorted { $0.line < $1.line }
    }

    private func isSame(_ first: SetupRow, _ row: SetupRow) -> Bool {
        first.tenantID == row.tenantID && keys.allSatisfy { first[$0] == row[$0] }
    }

    private mutating func endPlan() {
        let rows = plan.sorted { $0.line < $1.line }
        for row in rows {
            for fault in SetupTable.faults(in: row, of: rows) { add(fault, line: row.line) }
        }
        plan = []
    }

    private mutating func add(_ fault: RowFault, line: Int) {
        faults.append(importFault(fault, line: line))
    }

    private func importFault(_ fault: RowFault, line: Int) -> ImportFault {
        ImportFault(
            file: file, line: line, column: fault.column, value: fault.value,
            message: fault.message, advice: fault.advice)
    }
}
