/// Parses comma-separated values (RFC 4180) row by row, with the line on which each begins.
///
/// Semicolons, tabs and vertical bars are accepted as well as commas, since spreadsheets write
/// them; the first row decides, or a line `sep=;` before it, which Excel writes and reads. Quoted
/// fields may contain separators, line ends and doubled quotes. Empty lines are skipped; stray
/// quotes are faults, since they would shift every column after them.
struct CSVReader {
    struct Row: Hashable {
        var line: Int
        var fields: [String]
    }

    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var line = 1

    private static let separators: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), "comma"), (UInt8(ascii: ";"), "semicolon"), (0x09, "tab"),
        (UInt8(ascii: "|"), "|"),
    ]

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
        separator = Self.separator(of: bytes)
        skipSeparatorLine()
    }

    /// The separator of this file, in words.
    var separatorName: String {
        Self.separators.first { $0.byte == separator }?.name ?? "comma"
    }

    /// Whether a name contains another separator, which no column's name does.
    static func holdsSeparator(_ name: String) -> Bool {
        name.utf8.contains { byte in separators.contains { $0.byte == byte } }
    }

    /// The first separator in the header, or the one in the line `sep=` before it.
    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        let header = bytes.drop { $0 == 0x0A || $0 == 0x0D }.prefix { $0 != 0x0A && $0 != 0x0D }
        return header.first { byte in separators.contains { $0.byte == byte } }
            ?? UInt8(ascii: ",")
    }

    private mutating func skipSeparatorLine() {
        let end = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        let mark = bytes[index..<end].filter { $0 != UInt8(ascii: "\"") }
        guard mark.count == 5, String(decoding: mark[..<4], as: UTF8.self).lowercased() == "sep="
        else { return }
        index = end
        if index < bytes.endIndex { skipLineEnd() }
    }

    /// The next row that is not empty; nil at the end.
    mutating func next() throws(TextFault) -> Row? {
        while index < bytes.endIndex, isLineEnd { skipLineEnd() }
        guard index < bytes.endIndex else { return nil }
        var row = Row(line: line, fields: [])
        let start = index
        while true {
            let field = try readField(of: row.line)
            row.fields.append(String(decoding: field, as: UTF8.self))
            guard index - start <= SetupLimits.rowByteCountMax,
                row.fields.count <= SetupLimits.columnCountMax
            else {
                throw TextFault(
                    line: row.line, message: "is a row that is too long or has too many fields",
                    advice: "See whether a quotation mark is missing")
            }
            guard index < bytes.endIndex, bytes[index] == separator else { break }
            index += 1
        }
        if index < bytes.endIndex { skipLineEnd() }
        return row
    }

    private var isLineEnd: Bool {
        bytes[index] == 0x0A || bytes[index] == 0x0D
    }

    private mutating func skipLineEnd() {
        let isPair = bytes[index...].starts(with: [0x0D, 0x0A])
        index += isPair ? 2 : 1
        line += 1
    }

    /// Reads up to the separator, the line end or the end of the file.
    private mutating func readField(of rowLine: Int) throws(TextFault) -> [UInt8] {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") else {
            let end = bytes[index...].firstIndex(where: isFieldEnd) ?? bytes.endIndex
            defer { index = end }
            guard !bytes[index..<end].contains(UInt8(ascii: "\"")) else {
                throw TextFault(
                    line: line, message: "has a quotation mark inside a field without quotes",
                    advice: "Put the field in quotation marks, and double those inside")
            }
            return Array(bytes[index..<end])
        }
        return try readQuoted()
    }

    private mutating func readQuoted() throws(TextFault) -> [UInt8] {
        let startLine = line
        var field: [UInt8] = []
        index += 1
        while index < bytes.endIndex {
            let rest = bytes[index...]
            let quote = rest.firstIndex(of: UInt8(ascii: "\"")) ?? bytes.endIndex
            field += bytes[index..<quote]
            line += Self.lineEnds(in: bytes[index..<quote])
            index = quote
            guard quote < bytes.endIndex, field.count <= SetupLimits.rowByteCountMax else { break }
            index += 1
            if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") {
                field.append(UInt8(ascii: "\""))
                index += 1
                continue
            }
            guard index == bytes.endIndex || isFieldEnd(bytes[index]) else {
                throw TextFault(
                    line: line, message: "has text after a field's closing quotation mark",
                    advice: "Double the quotation marks that are inside the field")
            }
            return field
        }
        throw TextFault(
            line: startLine, message: "opens a quotation mark that is never closed",
            advice: "Close it, or take it out")
    }

    private func isFieldEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == 0x0A || byte == 0x0D
    }

    /// A carriage return with a line feed is one line end, as is either alone.
    private static func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D || byte == 0x0A && previous != 0x0D { count += 1 }
            previous = byte
        }
        return count
    }
}
