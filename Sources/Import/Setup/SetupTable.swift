/// Reads one set-up file: its rows become records, all of them or none.
struct SetupTable<Record: SetupRecord> {
    private let file: String
    private let folder: SetupFolder?
    private var records: [Record] = []
    private var lines: [Int] = []
    private var firstLines: [[String]: Int] = [:]
    private var faults: [ImportFault] = []
    private var rowCount = 0

    private init(file: String, folder: SetupFolder?) {
        self.file = file
        self.folder = folder
    }

    /// A record with the line that it begins on.
    typealias Placed = (line: Int, record: Record)

    /// The records in the order of the file, or every fault in it.
    static func read(_ bytes: [UInt8], file: String, folder: SetupFolder? = nil)
        -> Result<[Placed], ImportFaults>
    {
        var table = SetupTable(file: file, folder: folder)
        do throws(TextFault) {
            let content = try TextBytes.checked(
                bytes, byteCountMax: SetupLimits.fileByteCountMax)
            if file.hasSuffix(".jsonl") {
                try table.readJSONLines(content)
            } else {
                try table.readCSV(content)
            }
        } catch {
            table.faults.append(ImportFault(error, file: file))
        }
        guard table.faults.isEmpty else {
            return .failure(ImportFaults(table.faults))
        }
        return .success(Array(zip(table.lines, table.records)))
    }

    private mutating func readCSV(_ content: ArraySlice<UInt8>) throws(TextFault) {
        var reader = CSVReader(content)
        guard let header = try reader.next() else { return }
        let columns = self.columns(of: header)
        guard faults.isEmpty else { return }
        while let row = try reader.next() {
            guard row.fields.count == columns.count else {
                faults.append(
                    ImportFault(
                        file: file, line: row.line, column: "(row)",
                        value: row.fields.first ?? "",
                        message: "has \(row.fields.count) fields, and the header "
                            + "\(columns.count)",
                        advice: "Put fields that hold a separator in quotation marks"))
                try countRow(row.line)
                continue
            }
            let values = Dictionary(uniqueKeysWithValues: zip(columns, row.fields))
            try take(values, line: row.line)
        }
    }

    /// The columns of the header, each of them known and there once.
    private mutating func columns(of header: CSVReader.Row) -> [Record.Column] {
        var columns: [Record.Column] = []
        for name in header.fields.map(trimmed) {
            guard let column = column(name, line: header.line) else { continue }
            if columns.contains(column) {
                faults.append(
                    ImportFault(
                        file: file, line: header.line, column: name,
                        message: "stands twice in the header", advice: "Take one of them out"))
            }
            columns.append(column)
        }
        for column in Record.requiredColumns where !columns.contains(column) {
            faults.append(
                ImportFault(
                    file: file, line: header.line, column: column.rawValue,
                    message: "is missing from the header",
                    advice: "Begin the file with a line of column names, this one among them"))
        }
        return columns
    }

    private mutating func column(_ name: String, line: Int) -> Record.Column? {
        if let column = Record.Column(rawValue: name) { return column }
        let known = Record.Column.allCases.map(\.rawValue)
        let nearest = NearestName.of(name, among: known)
        faults.append(
            ImportFault(
                file: file, line: line,
                column: name.isEmpty ? "(nameless)" : ImportFault.excerpt(of: name),
                message: "is no column of \(Record.kind.rawValue)",
                advice: nearest.map { "Is \($0) meant?" }
                    ?? "Use \(known.joined(separator: ", "))"))
        return nil
    }

    private mutating func readJSONLines(_ content: ArraySlice<UInt8>) throws(TextFault) {
        var line = 0
        for bytes in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            guard bytes.contains(where: { !TextBytes.isSpace($0) }) else { continue }
            do throws(TextFault) {
                guard bytes.count <= SetupLimits.rowByteCountMax else {
                    throw TextFault(
                        line: line, message: "is a line that is too long",
                        advice: "Write one record a line")
                }
                try takeObject(try JSONLine.read(bytes, line: line), line: line)
            } catch {
                faults.append(ImportFault(error, file: file))
                try countRow(line)
            }
        }
    }

    private mutating func takeObject(_ members: [JSONLine.Member], line: Int) throws(TextFault) {
        var values: [Record.Column: String] = [:]
        let faultCount = faults.count
        for (name, value) in members {
            guard let column = column(name, line: line) else { continue }
            guard values.updateValue(value, forKey: column) == nil else {
                throw TextFault(
                    line: line, message: "has \(name) twice", advice: "Take one of them out")
            }
        }
        guard faults.count == faultCount else { return try countRow(line) }
        try take(values, line: line)
    }

    private mutating func take(_ values: [Record.Column: String], line: Int) throws(TextFault) {
        try countRow(line)
        var row = SetupRow<Record.Column>(
            file: file, lineNumber: line, values: values, folder: folder)
        guard let record = Record(&row), row.faults.isEmpty else { return faults += row.faults }
        guard let first = firstLines[record.identity] else {
            firstLines[record.identity] = line
            records.append(record)
            return lines.append(line)
        }
        row.fault(
            Record.keyColumn, value: record.identity.joined(separator: ", "),
            "stands in line \(first) already", advice: "Take one of the two rows out")
        faults += row.faults
    }

    private mutating func countRow(_ line: Int) throws(TextFault) {
        rowCount += 1
        guard rowCount <= SetupLimits.rowCountMax else {
            throw TextFault(
                line: line, message: "has more than \(SetupLimits.rowCountMax) rows",
                advice: "Split the file and import its parts one after the other")
        }
        guard faults.count < SetupLimits.faultCountMax else {
            throw TextFault(
                line: line, message: "has too many faults to list; those after this line are not",
                advice: "Mend those that are listed, and import it again")
        }
    }
}
