/// Repairs malformed JSON so that it can be decoded, leaving well-formed JSON unchanged.
///
/// A single lone surrogate makes a decoder reject the whole document, and PostgreSQL rejects U+0000
/// in text: both become U+FFFD, as do bytes that are not UTF-8. A byte order mark is dropped (RFC
/// 8259 § 8.1), and bare control characters within strings become spaces.
enum JSONCleaning {
    private static let replacement = Array(#"\ufffd"#.utf8)

    /// The beginning of an answer that should be a few lines and is decoded as a whole; of a longer
    /// one nothing decodable is left.
    static func start(_ bytes: [UInt8]) -> [UInt8] {
        let start = cleaned(
            bytes.count > objectBytesMax ? Array(bytes.prefix(objectBytesMax)) : bytes)
        return JSONOutline.isDecodable(start[...]) ? start : []
    }

    /// The largest object that is decoded as a whole.
    static let objectBytesMax = 1 << 20

    static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        return replaced(isText ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8))
    }

    /// Copies well-formed runs unchanged.
    private static func replaced(_ text: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(text.count)
        var index = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var runStart = index
        var isInString = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), isInString {
                let escape = escape(text, at: index)
                if !escape.isSound {
                    clean += text[runStart..<index] + replacement
                    runStart = min(index + escape.length, text.count)
                }
                index = min(index + escape.length, text.count)
                continue
            }
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            if byte < 0x20, isInString {
                clean += text[runStart..<index] + [UInt8(ascii: " ")]
                runStart = index + 1
            }
            index += 1
        }
        if runStart == 0 { return text }
        clean += text[runStart...]
        return clean
    }

    /// The length of the escape that begins here, and whether it stands for a character.
    private static func escape(_ text: [UInt8], at index: Int) -> (length: Int, isSound: Bool) {
        guard let unit = codeUnit(text, at: index) else {
            // A decoder skips members that it was not asked for, including bare control characters
            // in them.
            return (2, index + 1 == text.count || text[index + 1] >= 0x20)
        }
        switch unit {
        case 0, 0xDC00...0xDFFF: return (6, false)
        case 0xD800...0xDBFF:
            let low = codeUnit(text, at: index + 6) ?? 0
            return (0xDC00...0xDFFF).contains(low) ? (12, true) : (6, false)
        default: return (6, true)
        }
    }

    /// The UTF-16 code unit of a `\uXXXX` that begins here.
    private static func codeUnit(_ text: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"),
            text[index + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for byte in text[(index + 2)..<(index + 6)] {
            guard let digit = hexDigit(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}

/// Reading values that providers write in more than one form.
extension KeyedDecodingContainer {
    /// A text, or a number as its digits; nil where there is neither.
    func text(_ key: Key) -> String? {
        // A form that does not match is a normal result, not an error.
        if let text = try? decode(String.self, forKey: key) { return text }
        if let number = try? decode(Int64.self, forKey: key) { return String(number) }
        return nil
    }

    /// A vendor identifier, such as a kind or an id; nil where it is longer than any valid one.
    ///
    /// It is compared with others, which normalises combining marks, and an attacker can add many
    /// of those.
    func word(_ key: Key) -> String? {
        text(key).flatMap { $0.utf8.count <= 1_000 ? $0 : nil }
    }

    /// A time in seconds since 1970, given as an integer, a fraction or text; nil for none.
    func epochTime(_ key: Key) -> Double? {
        let seconds =
            (try? decode(Double.self, forKey: key)) ?? text(key).flatMap { Double($0) }
        guard let seconds, VendorTime.range.contains(seconds) else { return nil }
        return seconds
    }

    /// The same in whole seconds.
    func epochSeconds(_ key: Key) -> Int64? {
        epochTime(key).map { Int64($0) }
    }

    /// Texts by name; values that are not texts are left out.
    func texts(_ key: Key) -> [String: String] {
        guard let nested = try? nestedContainer(keyedBy: AnyKey.self, forKey: key) else {
            return [:]
        }
        return nested.allKeys.reduce(into: [:]) { texts, name in
            texts[name.stringValue] = nested.text(name)
        }
    }
}

/// A coding key whose name is not known in advance.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
