import Invoicing

/// Checks the rows of a set-up file against the columns of its table, and finds every fault of a
/// value.
struct RowChecker {
    private let file: String
    private let table: SetupTable
    private let columns: [SetupColumn]
    private let names: [String]
    private let tenantID: Int64?
    private var rowCount = 0
    private(set) var faults: [ImportFault] = []

    static let tenantColumn = "tenant_id"

    init(file: String, table: SetupTable, tenantID: Int64?) {
        self.file = file
        self.table = table
        self.tenantID = tenantID
        columns = table.columns
        names = [Self.tenantColumn] + columns.map(\.name)
    }

    mutating func add(_ fault: TextFault) {
        faults.append(ImportFault(fault, file: file))
    }

    /// Counts a row that could not be split into values, with what is wrong with it.
    mutating func refuse(_ fault: TextFault) throws(TextFault) {
        add(fault)
        try countRow(fault.line)
    }

    private mutating func countRow(_ line: Int) throws(TextFault) {
        rowCount += 1
        guard rowCount <= SetupReader.rowsMax else {
            throw TextFault(
                line: line, message: "has more than \(SetupReader.rowsMax) rows",
                advice: "Split the file, and import its parts one after the other")
        }
        guard faults.count < SetupLimits.faultCountMax else {
            throw TextFault(
                line: line, message: "has more faults than are listed; these are the first",
                advice: "Mend those, and import it again")
        }
    }

    private mutating func add(
        _ line: Int, _ column: String, _ message: String, _ advice: String, value: String = ""
    ) {
        faults.append(
            ImportFault(
                file: file, line: line, column: column, value: value, message: message,
                advice: advice))
    }
}

extension RowChecker {
    /// Checks that the header names known columns, each once, and all required ones; returns
    /// whether it does.
    mutating func checkHeader(_ header: [String], line: Int, separator: String) -> Bool {
        if let other = header.first(where: CSVReader.holdsSeparator) {
            add(
                line, "(file)", "has a \(separator) as its delimiter, and another one as well",
                "Use one delimiter throughout: comma, semicolon, tab or |", value: other)
            return false
        }
        var isSound = checkNames(header, line: line)
        for (index, name) in header.enumerated() where header[..<index].contains(name) {
            add(line, name, "stands twice in the header", "Take one of them out")
            isSound = false
        }
        for column in columns where column.isRequired && !header.contains(column.name) {
            let advice =
                header.count > 1
                ? "Begin the file with a line of column names, this one among them"
                : "Write the column names with a comma, semicolon, tab or | as the delimiter"
            add(line, column.name, "is missing from the header", advice)
            isSound = false
        }
        return isSound
    }

    /// Checks that all names are columns of the table; returns whether they are.
    mutating func checkNames(_ given: [String], line: Int) -> Bool {
        let unknown = given.filter { !names.contains($0) }
        for name in unknown {
            let nearest = NearestName.of(name, among: names).map { "Is \($0) meant?" }
            add(
                line, name.isEmpty ? "(nameless)" : ImportFault.excerpt(of: name),
                "is no column of \(table.rawValue)",
                nearest ?? "Use \(names.joined(separator: ", "))")
        }
        return unknown.isEmpty
    }

    /// The row with its values checked; nil once anything in the file is wrong, since it is then
    /// not imported.
    mutating func row(_ values: [String: String], line: Int) throws(TextFault) -> SetupRow? {
        try countRow(line)
        let given = values.mapValues(trimmed)
        let sound = soundValues(given, line: line)
        let tenant = tenant(given[Self.tenantColumn] ?? "", line: line)
        guard let tenant, faults.isEmpty else { return nil }
        return SetupRow(line: line, tenantID: tenant, values: sound)
    }

    private mutating func soundValues(_ given: [String: String], line: Int) -> [String: String] {
        var sound: [String: String] = [:]
        for column in columns {
            guard let text = given[column.name], !text.isEmpty else {
                guard column.isRequired else {
                    sound[column.name] = given[column.name]
                    continue
                }
                add(line, column.name, "is empty", "Fill it in: no row is complete without it")
                continue
            }
            do throws(ValueFault) {
                sound[column.name] = try column.kind.value(of: text)
            } catch {
                add(line, column.name, error.message, error.advice, value: text)
            }
        }
        return sound
    }

    private mutating func tenant(_ stated: String, line: Int) -> Int64? {
        guard !stated.isEmpty else {
            if tenantID == nil {
                add(
                    line, Self.tenantColumn, "names no tenant",
                    "Fill the column in, or give --tenant")
            }
            return tenantID
        }
        guard let number = Int64(stated), number > 0 || number == 0 && table.isShared else {
            add(
                line, Self.tenantColumn, "is no tenant's number", "Write digits only",
                value: stated)
            return nil
        }
        guard tenantID == nil || tenantID == number else {
            add(
                line, Self.tenantColumn, "is not the tenant of --tenant",
                "Leave the row out, or --tenant", value: stated)
            return nil
        }
        return number
    }
}

/// Checks the rows of a set-up file as they will be stored: together with the values that they
/// keep, and relative to each other.
///
/// They are added in the order of their keys, so that rows that must agree are adjacent and none
/// needs to be kept for long.
package struct RowValidator {
    private let file: String
    private let table: SetupTable
    private let keys: [String]
    private var faults: [ImportFault] = []
    /// Not faults, but worth knowing.
    package private(set) var remarks: [ImportFault] = []
    private var previous: SetupRow?
    /// The rows of the send plan that is being read.
    private var plan: [SetupRow] = []

    package init(file: String, table: SetupTable) {
        self.file = file
        self.table = table
        keys = table.columns.filter(\.isKey).map(\.name)
    }

    /// Adds the faults of a row, up to the limit.
    package mutating func validate(_ row: SetupRow) {
        guard faults.count < SetupLimits.faultCountMax else { return }
        if let first = previous, isSame(first, row) {
            let key = RowFault(
                keys.last ?? RowChecker.tenantColumn, "stands in line \(first.line) already",
                "Take one of the two rows out",
                value: keys.compactMap { row[$0] }.joined(separator: ", "))
            return add(key, line: row.line)
        }
        previous = row
        var reported: Set<String> = []
        for fault in table.faults(in: row) where reported.insert(fault.column).inserted {
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

    /// All faults, in the order of the lines.
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

/// A fault between values that are each valid on their own.
struct RowFault: Hashable {
    var column: String
    var value: String
    var message: String
    var advice: String

    init(_ column: String, _ message: String, _ advice: String, value: String = "") {
        self.column = column
        self.value = value
        self.message = message
        self.advice = advice
    }
}
