/// What is asked of a file's bytes before any of them is parsed as XML.
enum XMLEncoding {
    /// The bytes after a byte order mark, proved to be UTF-8 without characters XML forbids.
    ///
    /// A document type declaration is refused wherever it stands, in comments too: it is how
    /// entities are defined, which can grow without bound or read other files, and no UBL
    /// document has one.
    static func checked(_ bytes: [UInt8]) throws(XMLFault) -> ArraySlice<UInt8> {
        guard bytes.count <= XMLLimits.byteCountMax else {
            throw XMLFault(
                line: 1, message: "is larger than \(XMLLimits.byteCountMax / 1_000_000) MB",
                advice: "Take large attachments out of the file and send them beside it")
        }
        try refuseOtherEncodings(bytes)
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard content.contains(where: { !isSpace($0) }) else {
            throw XMLFault(
                line: 1, message: "is empty", advice: "Import the file that holds the invoice")
        }
        if let index = content.firstIndex(where: isForbidden) {
            throw XMLFault(
                line: line(of: index, in: content),
                message: "holds a control character (\(hexadecimal(content[index])))",
                advice: XMLFault.makeAnew)
        }
        if let index = UTF8Check.firstInvalidIndex(in: content) {
            throw XMLFault(
                line: line(of: index, in: content), message: "is not UTF-8 text here",
                advice: convert)
        }
        try refuseDeclarations(content)
        return content
    }

    static let convert = "Save the file as UTF-8 and import it again"

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && !isSpace(byte)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static func refuseOtherEncodings(_ bytes: [UInt8]) throws(XMLFault) {
        let marks: [[UInt8]] = [
            [0xFF, 0xFE], [0xFE, 0xFF], [0x3C, 0x00], [0x00, 0x3C], [0x00, 0x00],
        ]
        guard !marks.contains(where: bytes.starts) else {
            throw XMLFault(line: 1, message: "is UTF-16 or UTF-32, not UTF-8", advice: convert)
        }
    }

    private static func refuseDeclarations(_ content: ArraySlice<UInt8>) throws(XMLFault) {
        for word in ["doctype", "entity"] {
            let pattern = Array("<!\(word)".utf8)
            guard let index = firstIndex(of: pattern, in: content) else { continue }
            throw XMLFault(
                line: line(of: index, in: content),
                message: "holds a \(word.uppercased()) declaration, which may hide anything",
                advice: "Take the declaration out; a UBL invoice has none")
        }
    }

    /// Where a lower-case pattern that begins with `<` first stands, in capitals or not.
    private static func firstIndex(of pattern: [UInt8], in content: ArraySlice<UInt8>) -> Int? {
        var start = content.startIndex
        while let index = content[start...].firstIndex(of: UInt8(ascii: "<")) {
            let candidate = content[index...].prefix(pattern.count)
            if candidate.elementsEqual(pattern, by: { $0 | 0x20 == $1 | 0x20 }) { return index }
            start = index + 1
        }
        return nil
    }

    static func line(of index: Int, in content: ArraySlice<UInt8>) -> Int {
        content[..<index].count { $0 == 0x0A } + 1
    }
}
