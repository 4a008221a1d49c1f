/// Checks a text file before any of it is parsed: that it is UTF-8, and text at all.
enum TextBytes {
    static let convert = "Save the file as UTF-8 and import it again"

    /// The bytes after a byte order mark, validated to be UTF-8 without control characters.
    static func checked(_ bytes: [UInt8], byteCountMax: Int) throws(TextFault)
        -> ArraySlice<UInt8>
    {
        guard bytes.count <= byteCountMax else {
            throw TextFault(
                line: 1, message: "is larger than \(byteCountMax / 1_000_000) MB",
                advice: "Split it, or take large attachments out and send them beside it")
        }
        try refuseOtherEncodings(bytes)
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard content.contains(where: { !isSpace($0) }) else {
            throw TextFault(line: 1, message: "is empty", advice: "See whether it was saved")
        }
        if let index = content.firstIndex(where: isForbidden) {
            throw TextFault(
                line: line(of: index, in: content),
                message: "holds a control character (\(hexadecimal(content[index])))",
                advice: "See whether it is a text file, and save it anew")
        }
        if let index = UTF8Check.firstInvalidIndex(in: content) {
            throw TextFault(
                line: line(of: index, in: content), message: "is not UTF-8 text here",
                advice: convert)
        }
        return content
    }

    /// Space, tab, carriage return and line feed: the white space of XML and JSON.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }

    /// Counted from 1.
    static func line(of index: Int, in content: ArraySlice<UInt8>) -> Int {
        content[..<index].count { $0 == 0x0A } + 1
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && !isSpace(byte)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Recognises byte order marks, and the zero bytes next to a first ASCII letter in UTF-16 and
    /// UTF-32.
    private static func refuseOtherEncodings(_ bytes: [UInt8]) throws(TextFault) {
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let hasZero = bytes.prefix(2).contains(0) && bytes.prefix(4).contains { $0 != 0 }
        guard !isMarked, !hasZero else {
            throw TextFault(line: 1, message: "is UTF-16 or UTF-32, not UTF-8", advice: convert)
        }
    }
}

/// The text without white space around it.
func trimmed(_ text: String) -> String {
    let utf8 = text.utf8
    guard let first = utf8.firstIndex(where: { !TextBytes.isSpace($0) }),
        let last = utf8.lastIndex(where: { !TextBytes.isSpace($0) })
    else { return "" }
    return String(text[first...last])
}

/// Why bytes can't be read as the text that they should be: where, what is wrong, what to do.
struct TextFault: Error, Hashable {
    /// Counted from 1.
    var line: Int
    var message: String
    var advice: String
}

extension ImportFault {
    /// The fault of a file that can't be parsed as what it should be.
    init(_ fault: TextFault, file: String) {
        self = .ofFile(file, line: fault.line, fault.message, advice: fault.advice)
    }
}

/// Finds where bytes stop being UTF-8, so that a fault can state the line.
enum UTF8Check {
    /// The index of the first byte that does not begin a well-formed character (Unicode, table
    /// 3-7); nil where there is none.
    static func firstInvalidIndex(in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard let length = length(at: index, in: bytes) else { return index }
            index += length
        }
        return nil
    }

    private static func length(at index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        let lead = bytes[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= bytes.endIndex, second.contains(bytes[index + 1]),
            bytes[(index + 2)...].prefix(length - 2).allSatisfy({ (0x80...0xBF).contains($0) })
        else { return nil }
        return length
    }
}
