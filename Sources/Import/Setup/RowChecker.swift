import Invoicing

/// Checks the rows of a set-up file against the columns of its table; finds every fault.
struct RowChecker {
    let file: String
    let table: SetupTable
    let tenantID: Int64?

    private static let tenantColumn = "tenant_id"

    func check(_ rows: [CSVReader.Row]) -> Result<[SetupRow], ImportFaults> {
        guard let header = rows.first else {
            return .failure(
                ImportFaults([
                    .ofFile(file, "is empty", advice: "begin with a line of column names")
                ]))
        }
        let names = header.fields.map { String($0.trimmed) }
        var faults = columnFaults(names, line: header.line)
        var values: [(line: Int, values: [String: String])] = []
        for row in rows.dropFirst() {
            guard row.fields.count == names.count else {
                faults.append(
                    .ofFile(
                        file, line: row.line,
                        "has \(row.fields.count) fields, and the header has \(names.count)",
                        advice: "quote fields that hold the separator"))
                continue
            }
            let pairs = zip(names, row.fields).filter { !$1.trimmed.isEmpty }
            values.append(
                (row.line, Dictionary(pairs.map { ($0, $1) }, uniquingKeysWith: { $1 })))
        }
        return finish(values, faults)
    }

    func check(_ rows: [JSONLinesReader.Row]) -> Result<[SetupRow], ImportFaults> {
        let faults = rows.flatMap {
            columnFaults($0.values.keys.sorted(), line: $0.line, isWhole: false)
        }
        return finish(rows.map { ($0.line, $0.values) }, faults)
    }

    private func finish(
        _ rows: [(line: Int, values: [String: String])], _ faults: [ImportFault]
    ) -> Result<[SetupRow], ImportFaults> {
        var faults = faults
        if rows.count > SetupReader.rowsMax {
            faults.append(
                .ofFile(
                    file, "has more than \(SetupReader.rowsMax) rows", advice: "split the file"))
        }
        var seen: [[String]: Int] = [:]
        var checked: [SetupRow] = []
        for row in rows {
            let (found, rowFaults) = check(row.values, line: row.line)
            faults += rowFaults
            guard let found else { continue }
            let key = ["\(found.tenantID)"] + keyColumns.map { found[$0] ?? "" }
            if let first = seen.updateValue(row.line, forKey: key) {
                faults.append(
                    ImportFault(
                        file: file, line: row.line, column: keyColumns.joined(separator: ", "),
                        message: "stands on line \(first) already", advice: "leave one of them out")
                )
            }
            checked.append(found)
        }
        return faults.isEmpty
            ? .success(checked) : .failure(ImportFaults(faults.sorted { $0.line < $1.line }))
    }

    private var keyColumns: [String] {
        table.columns.filter(\.isKey).map(\.name)
    }

    private func columnFaults(
        _ names: [String], line: Int, isWhole: Bool = true
    ) -> [ImportFault] {
        let known = table.columns.map(\.name) + [Self.tenantColumn]
        let unknown = names.filter { !known.contains($0) }.map { name in
            ImportFault(
                file: file, line: line, column: name, message: "is no column of \(table.rawValue)",
                advice: NearestName.of(name.lowercased(), among: known).map { "write \($0)" }
                    ?? "the columns are \(known.joined(separator: ", "))")
        }
        guard isWhole else { return unknown }
        return unknown
            + table.columns.filter { $0.isRequired && !names.contains($0.name) }.map { column in
                ImportFault(
                    file: file, line: line, column: column.name, message: "is missing",
                    advice: "add the column to the header")
            }
    }

    private func check(
        _ values: [String: String], line: Int
    ) -> (SetupRow?, [ImportFault]) {
        var faults: [ImportFault] = []
        var sound: [String: String] = [:]
        for column in table.columns {
            guard let text = values[column.name].map({ String($0.trimmed) }), !text.isEmpty else {
                if column.isRequired {
                    faults.append(
                        ImportFault(
                            file: file, line: line, column: column.name, message: "is empty",
                            advice: "fill it in"))
                }
                continue
            }
            switch column.value(of: text) {
            case .success(let value): sound[column.name] = value
            case .failure(let fault):
                faults.append(
                    ImportFault(
                        file: file, line: line, column: column.name, value: text,
                        message: fault.message, advice: fault.advice))
            }
        }
        let stated = values[Self.tenantColumn].map { String($0.trimmed) }
        guard let tenant = stated.map({ Int64($0) }) ?? tenantID, tenant > 0 else {
            faults.append(
                ImportFault(
                    file: file, line: line, column: Self.tenantColumn, value: stated ?? "",
                    message: "names no tenant", advice: "fill it in, or give --tenant"))
            return (nil, faults)
        }
        guard faults.isEmpty else { return (nil, faults) }
        return (SetupRow(line: line, tenantID: tenant, values: sound), [])
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    var trimmed: SubSequence {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
