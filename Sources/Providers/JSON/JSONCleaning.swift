import Wire

/// JSON of a stranger's made readable, without a change to what is well formed.
///
/// One lone surrogate makes a decoder refuse the whole document, and PostgreSQL refuses U+0000
/// in text: both become U+FFFD, as do bytes that are not UTF-8. A byte order mark is left out
/// (RFC 8259 § 8.1), and bare control characters within strings become spaces.
enum JSONCleaning {
    private static let replacement = Array(#"\ufffd"#.utf8)

    static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        let repaired = String(decoding: bytes, as: UTF8.self)
        var text = Array(repaired.utf8)[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        var clean: [UInt8] = []
        clean.reserveCapacity(text.count)
        var isInString = false
        while let byte = text.first {
            switch byte {
            case UInt8(ascii: "\\") where isInString:
                let escape = takeEscape(text)
                clean += escape.clean
                text = text.dropFirst(escape.length)
                continue
            case UInt8(ascii: "\""): isInString.toggle()
            default: break
            }
            clean.append(isInString && byte < 0x20 ? UInt8(ascii: " ") : byte)
            text = text.dropFirst()
        }
        return clean
    }

    /// What the escape that the text begins with becomes, and how long it was.
    private static func takeEscape(
        _ text: ArraySlice<UInt8>
    ) -> (clean: [UInt8], length: Int) {
        guard let unit = codeUnit(text) else { return (Array(text.prefix(2)), 2) }
        switch unit {
        case 0, 0xDC00...0xDFFF: return (replacement, 6)
        case 0xD800...0xDBFF:
            guard let low = codeUnit(text.dropFirst(6)), (0xDC00...0xDFFF).contains(low)
            else { return (replacement, 6) }
            return (Array(text.prefix(12)), 12)
        default: return (Array(text.prefix(6)), 6)
        }
    }

    /// The UTF-16 code unit of a `\uXXXX` at the beginning.
    private static func codeUnit(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard text.starts(with: #"\u"#.utf8), text.count >= 6 else { return nil }
        let digits = text.dropFirst(2).prefix(4)
        guard digits.allSatisfy(isHexDigit) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isHexDigit
    }
}
