/// Reads CSV (RFC 4180): a header line, then rows; `;` or `,`, whichever the header has.
enum CSVReader {
    /// A row with the line that it began on.
    struct Row {
        var line: Int
        var fields: [String]
    }

    /// All rows, the header first; empty lines are passed over.
    static func rows(_ text: String, file: String) -> Result<[Row], ImportFaults> {
        var reader = Scanner(text)
        return reader.rows(file: file)
    }

    private struct Scanner {
        private let bytes: [UInt8]
        private let separator: UInt8
        private var index = 0
        private var line = 1

        private static let quote = UInt8(ascii: "\"")
        private static let newline = UInt8(ascii: "\n")
        private static let carriageReturn = UInt8(ascii: "\r")

        init(_ text: String) {
            bytes = Array(text.utf8)
            let header = bytes.prefix { $0 != Self.newline }
            let semicolons = header.count { $0 == UInt8(ascii: ";") }
            let commas = header.count { $0 == UInt8(ascii: ",") }
            separator = semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
        }

        mutating func rows(file: String) -> Result<[Row], ImportFaults> {
            var rows: [Row] = []
            while index < bytes.count {
                let start = line
                guard let fields = row() else {
                    return .failure(
                        ImportFaults([
                            .ofFile(
                                file, line: start, "a quote is opened here and never closed",
                                advice: "close it, or write it twice where it is text")
                        ]))
                }
                if fields != [""] { rows.append(Row(line: start, fields: fields)) }
            }
            return .success(rows)
        }

        private mutating func row() -> [String]? {
            var fields: [String] = []
            while true {
                guard let field = field() else { return nil }
                fields.append(field)
                guard index < bytes.count, bytes[index] == separator else { break }
                index += 1
                if index == bytes.count { fields.append("") }
            }
            if index < bytes.count, bytes[index] == Self.carriageReturn { index += 1 }
            if index < bytes.count, bytes[index] == Self.newline {
                index += 1
                line += 1
            }
            return fields
        }

        private mutating func field() -> String? {
            guard index < bytes.count, bytes[index] == Self.quote else { return plainField() }
            index += 1
            var field: [UInt8] = []
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == Self.newline { line += 1 }
                guard byte == Self.quote else {
                    field.append(byte)
                    continue
                }
                guard index < bytes.count, bytes[index] == Self.quote else {
                    // What stands between the closing quote and the separator is kept as it is.
                    return String(decoding: field, as: UTF8.self) + plainField()
                }
                field.append(byte)
                index += 1
            }
            return nil
        }

        private mutating func plainField() -> String {
            let start = index
            while index < bytes.count, bytes[index] != separator, bytes[index] != Self.newline,
                !(bytes[index] == Self.carriageReturn
                    && (index + 1 == bytes.count || bytes[index + 1] == Self.newline))
            {
                index += 1
            }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
    }
}
