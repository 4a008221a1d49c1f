/// Lines and blanks in the bytes of a mail.
///
/// Strangers' text is gone through in bytes: what looks for characters in it looks back as far as
/// a character may reach, which somebody can make long.
enum MailLines {
    /// The lines of a text without their ends, at most so many.
    static func lines(_ bytes: ArraySlice<UInt8>, max: Int) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, maxSplits: max, omittingEmptySubsequences: false)
            .prefix(max).map { $0.last == 0x0D ? $0.dropLast() : $0 }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return start.prefix(0) }
        return start[...last]
    }

    /// ASCII capitals as small letters; all else as it is.
    static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    /// The name of the field that a line is, in small letters; nil where it is none (RFC 5322
    /// § 2.2).
    static func fieldName(_ line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.prefix(nameBytesMax).firstIndex(of: UInt8(ascii: ":")),
            colon > line.startIndex
        else { return nil }
        let name = line[..<colon]
        guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: lowercased(name), as: UTF8.self)
    }

    private static let nameBytesMax = 80

    /// What is not UTF-8 is taken for Latin-1, in which every byte is a letter.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
