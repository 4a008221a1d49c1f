/// Parses one line of JSON Lines: a flat object whose values are returned as text, numbers as
/// written.
///
/// Numbers are never converted to floating point, so that 0.1 stays 0.1.
struct JSONLine {
    typealias Member = (name: String, value: String)

    private let bytes: ArraySlice<UInt8>
    private var index: Int

    private let line: Int

    private init(_ bytes: ArraySlice<UInt8>, line: Int) {
        self.bytes = bytes
        self.line = line
        index = bytes.startIndex
    }

    /// Names and values in the order of the line; `null` is an empty text.
    static func read(_ bytes: ArraySlice<UInt8>, line: Int) throws(TextFault) -> [Member] {
        var object = JSONLine(bytes, line: line)
        return try object.readObject()
    }

    private mutating func readObject() throws(TextFault) -> [Member] {
        var members: [Member] = []
        try expect("{", "does not begin with {")
        guard !consume("}") else { return try finished(members) }
        repeat {
            skipSpace()
            let name = try readString()
            try expect(":", "has no : after the name \"\(ImportFault.excerpt(of: name))\"")
            skipSpace()
            members.append((name, try readValue(of: name)))
            guard members.count <= SetupLimits.columnCountMax else {
                throw fault("has too many values")
            }
        } while consume(",")
        try expect("}", "does not end with }")
        return try finished(members)
    }

    private mutating func finished(_ members: [Member])
        throws(TextFault) -> [Member]
    {
        skipSpace()
        guard index == bytes.endIndex else { throw fault("goes on after its }") }
        return members
    }

    private mutating func readValue(of name: String) throws(TextFault) -> String {
        guard index < bytes.endIndex else { throw fault("is cut off") }
        switch bytes[index] {
        case UInt8(ascii: "\""): return try readString()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            throw TextFault(
                line: line,
                message: "has an object or a list as \"\(ImportFault.excerpt(of: name))\"",
                advice: "Write one plain value; a list as text with commas")
        default: break
        }
        let end = bytes[index...].firstIndex { !Self.isWord($0) } ?? bytes.endIndex
        let word = String(decoding: bytes[index..<end], as: UTF8.self)
        index = end
        switch word {
        case "null": return ""
        case "true", "false": return word
        case _ where Self.isNumber(word): return word
        default: throw fault("has a value that is no text, number, true, false or null")
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// RFC 8259 § 6, without exponents, which no column needs.
    private static func isNumber(_ word: String) -> Bool {
        let digits = word.hasPrefix("-") ? word.dropFirst() : word[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy(TextBytes.isDigit)
            }
    }

    private mutating func skipSpace() {
        index = bytes[index...].firstIndex { !TextBytes.isSpace($0) } ?? bytes.endIndex
    }

    private mutating func consume(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: mark) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar, _ message: String) throws(TextFault) {
        guard consume(mark) else { throw fault(message) }
    }

    private func fault(_ message: String) -> TextFault {
        TextFault(
            line: line, message: message,
            advice: "Write one JSON object a line: {\"number\": \"1001\"}")
    }
}

extension JSONLine {
    /// A string with its escapes resolved (RFC 8259 § 7).
    private mutating func readString() throws(TextFault) -> String {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") else {
            throw fault("has a name that is no text in quotation marks")
        }
        index += 1
        var text: [UInt8] = []
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += Array(String(try readEscape()).utf8)
            default: text.append(byte)
            }
        }
        throw fault("has a text whose quotation mark is never closed")
    }

    private mutating func readEscape() throws(TextFault) -> Unicode.Scalar {
        guard index < bytes.endIndex else { throw fault("ends in a backslash") }
        defer { index += 1 }
        switch bytes[index] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "u"): return try readCodePoint()
        default: throw fault("has a backslash before a letter that has no meaning")
        }
    }

    /// Reads `u` and four digits, and a second such escape where the first is a high surrogate;
    /// stops at the last digit.
    private mutating func readCodePoint() throws(TextFault) -> Unicode.Scalar {
        let first = try readUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let hasSecond = bytes[(index + 1)...].starts(with: Array("\\u".utf8))
        guard first < 0xDC00, hasSecond else { throw fault("has half a \\u character") }
        index += 2
        let second = try readUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw fault("has half a \\u character") }
        return scalar
    }

    private mutating func readUnit() throws(TextFault) -> UInt32 {
        let digits = bytes[(index + 1)...].prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("has a \\u without four digits") }
        index += 4
        return unit
    }
}
