/// Parses one set-up file, CSV or JSON Lines, whose name without its extension is that of its
/// table.
///
/// Finds every fault of every value; what must agree between values is checked by `RowValidator`.
package enum SetupReader {
    /// The set-up of a company is small; a larger file is something else.
    package static let bytesMax = 64_000_000
    /// The most rows of one file.
    package static let rowsMax = 1_000_000

    /// The table for a file name; nil where it is not the name of one.
    package static func table(of fileName: String) -> SetupTable? {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, ["csv", "jsonl"].contains(parts[1]) else { return nil }
        return SetupTable(rawValue: String(parts[0]))
    }

    /// Calls the closure with each row in turn, so that the rows are never held in memory; no
    /// longer after the first fault.
    ///
    /// The tenant is that of the column `tenant_id`, or the given one; where there are both, they
    /// must agree.
    /// - Throws: `ImportFaults` at the end, and whatever the closure throws at once.
    package static func read(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?,
        _ body: (SetupRow) throws -> Void
    ) throws {
        var checker = RowChecker(file: file, table: table, tenantID: tenantID)
        do {
            let content = try TextBytes.checked(bytes, byteCountMax: bytesMax)
            if file.hasSuffix(".jsonl") {
                try readJSONLines(content, into: &checker, body)
            } else {
                try readCSV(content, into: &checker, body)
            }
        } catch let fault as TextFault {
            checker.add(fault)
        }
        guard checker.faults.isEmpty else { throw ImportFaults(checker.faults) }
    }

    private static func readCSV(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker,
        _ body: (SetupRow) throws -> Void
    ) throws {
        var reader = CSVReader(content)
        guard let header = try reader.next() else { return }
        let names = header.fields.map(trimmed)
        // Rows below a wrong header would only repeat what is wrong with it.
        guard checker.checkHeader(names, line: header.line, separator: reader.separatorName) else {
            return
        }
        while let row = try reader.next() {
            guard row.fields.count == names.count else {
                try checker.refuse(
                    TextFault(
                        line: row.line,
                        message: "has \(row.fields.count) fields, and the header \(names.count)",
                        advice: "Put fields that hold a \(reader.separatorName) in quotation marks"
                            + ", for that is the delimiter here"))
                continue
            }
            let values = Dictionary(uniqueKeysWithValues: zip(names, row.fields))
            if let row = try checker.row(values, line: row.line) { try body(row) }
        }
    }

    private static func readJSONLines(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker,
        _ body: (SetupRow) throws -> Void
    ) throws {
        var rest = content
        var line = 0
        while !rest.isEmpty {
            line += 1
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            let bytes = rest[..<end]
            rest = rest[end...].dropFirst()
            guard bytes.contains(where: { !TextBytes.isSpace($0) }) else { continue }
            do {
                if let row = try readJSON(bytes, line: line, into: &checker) { try body(row) }
            } catch let fault as TextFault {
                try checker.refuse(fault)
            }
        }
    }

    private static func readJSON(
        _ bytes: ArraySlice<UInt8>, line: Int, into checker: inout RowChecker
    ) throws -> SetupRow? {
        let members = try JSONLine.read(bytes, line: line)
        let values = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
        guard values.count == members.count else {
            throw TextFault(line: line, message: "has a name twice", advice: "Take one of them out")
        }
        guard checker.checkNames(members.map(\.name), line: line) else { return nil }
        return try checker.row(values, line: line)
    }
}
