/// Reads one set-up file, CSV or JSON Lines, whose stem names its table.
///
/// All or nothing: every fault of every row is found, and a file with one gives no rows.
package enum SetupReader {
    /// A company's set-up is small; what is larger is another file.
    package static let bytesMax = 64_000_000
    package static let rowsMax = 1_000_000

    /// The table that a file name stands for; nil where it is none.
    package static func table(of fileName: String) -> SetupTable? {
        let parts = fileName.split(separator: ".")
        guard parts.count == 2, ["csv", "jsonl"].contains(parts[1]) else { return nil }
        return SetupTable(rawValue: String(parts[0]))
    }

    /// The rows of a file.
    ///
    /// The tenant is that of the column `tenant_id`, or the one that is given; where both name
    /// one, they must agree.
    package static func read(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?
    ) -> Result<[SetupRow], ImportFaults> {
        var checker = RowChecker(file: file, table: table, tenantID: tenantID)
        do throws(TextFault) {
            let content = try TextBytes.checked(bytes, byteCountMax: bytesMax)
            if file.hasSuffix(".jsonl") {
                try readJSONLines(content, into: &checker)
            } else {
                try readCSV(content, into: &checker)
            }
        } catch {
            checker.add(error)
        }
        return checker.finish()
    }

    private static func readCSV(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker
    ) throws(TextFault) {
        var reader = CSVReader(content)
        guard let header = try reader.next() else { return }
        let names = header.fields.map(trimmed)
        // Rows under a header that is wrong would only repeat what is wrong with it.
        guard checker.takeHeader(names, line: header.line) else { return }
        while let row = try reader.next() {
            guard row.fields.count == names.count else {
                try checker.refuse(
                    TextFault(
                        line: row.line,
                        message: "has \(row.fields.count) fields, and the header \(names.count)",
                        advice: "Put fields that hold a separator in quotation marks"))
                continue
            }
            let values = Dictionary(uniqueKeysWithValues: zip(names, row.fields))
            try checker.take(values, line: row.line)
        }
    }

    private static func readJSONLines(
        _ content: ArraySlice<UInt8>, into checker: inout RowChecker
    ) throws(TextFault) {
        var line = 0
        for bytes in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            guard bytes.contains(where: { !TextBytes.isSpace($0) }) else { continue }
            do throws(TextFault) {
                let members = try JSONLine.read(bytes, line: line)
                let values = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
                guard values.count == members.count else {
                    throw TextFault(
                        line: line, message: "has a name twice", advice: "Take one of them out")
                }
                guard checker.takeNames(members.map(\.name), line: line) else { continue }
                try checker.take(values, line: line)
            } catch {
                try checker.refuse(error)
            }
        }
    }
}
