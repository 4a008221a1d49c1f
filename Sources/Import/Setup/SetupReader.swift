/// Reads one set-up file, CSV or JSON Lines, whose stem names its table.
///
/// Every fault of every value is found; what must agree between values, `RowValidator` finds.
package enum SetupReader {
    /// A company's set-up is small; what is larger is another file.
    package static let bytesMax = 64_000_000
    package static let rowsMax = 1_000_000

    /// The table that a file name stands for; nil where it is none.
    package static func table(of fileName: String) -> SetupTable? {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, ["csv", "jsonl"].contains(parts[1]) else { return nil }
        return SetupTable(rawValue: String(parts[0]))
    }

    /// Hands the rows on one by one, so that no file is held as rows; after the first fault none.
    ///
    /// The tenant is that of the column `tenant_id`, or the one that is given; where both name
    /// one, they must agree.
    /// - Throws: `ImportFaults` at the end, and what the taker throws at once.
    package static func read(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?,
        _ take: (SetupRow) throws -> Void
    ) throws {
        var checker = RowChecker(file: file, table: table, tenantID: tenantID)
        do {
            let content = try TextBytes.checked(bytes, byteCountMax: bytesMax)
            if file.hasSuffix(".jsonl") {
                try readJSONLines(content, into: &checker, take)
            } else {
                try readCSV(content, into: &checker, take)
            }
        } catch let fault as TextFault {
            checker.add(fault)
        }
        guard checker.faults.isEmpty else { throw ImportFaults(checker.faults) }
    }

    private static func readCSV(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker,
        _ take: (SetupRow) throws -> Void
    ) throws {
        var reader = CSVReader(content)
        guard let header = try reader.next() else { return }
        let names = header.fields.map(trimmed)
        // Rows under a header that is wrong would only repeat what is wrong with it.
        guard checker.takeHeader(names, line: header.line, separator: reader.separatorName) else {
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
            if let row = try checker.take(values, line: row.line) { try take(row) }
        }
    }

    private static func readJSONLines(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker,
        _ take: (SetupRow) throws -> Void
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
                if let row = try readJSON(bytes, line: line, into: &checker) { try take(row) }
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
        guard checker.takeNames(members.map(\.name), line: line) else { return nil }
        return try checker.take(values, line: line)
    }
}
