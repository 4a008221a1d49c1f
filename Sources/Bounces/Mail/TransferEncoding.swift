import Wire

/// Decodes a transfer encoding (RFC 2045 § 6); a broken one is decoded as far as possible.
enum TransferEncoding {
    static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding {
        case "base64": Base64.leniently(decoded: bytes)
        case "quoted-printable": quotedPrintable(bytes)
        default: Array(bytes)
        }
    }

    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "=") else {
                output.append(byte)
                index += 1
                continue
            }
            let rest = bytes[(index + 1)...]
            if let softBreak = softBreakLength(rest) {
                index += 1 + softBreak
            } else if let high = rest.first.flatMap(hex),
                let low = rest.dropFirst().first.flatMap(hex)
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    private static func softBreakLength(_ rest: ArraySlice<UInt8>) -> Int? {
        if rest.starts(with: [0x0D, 0x0A]) { return 2 }
        return rest.isEmpty ? 0 : rest.first == 0x0A ? 1 : nil
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// Encoded words of a header (RFC 2047): `=?utf-8?B?…?=`.
enum EncodedWord {
    /// The text with its encoded words decoded; broken ones are left unchanged.
    ///
    /// Supports UTF-8 and the character sets that mostly coincide with Latin-1.
    static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "?")) else { return text }
        var output: [UInt8] = []
        var gap = bytes[0..<0]
        var isAfterWord = false
        var index = 0
        while index < bytes.count {
            if let (word, end) = word(bytes, at: index) {
                // Between two encoded words there is only white space from folding (§ 6.2).
                if !isAfterWord { output += gap }
                gap = bytes[0..<0]
                output += MailLines.text(word).utf8
                (index, isAfterWord) = (end, true)
                continue
            }
            let isBlank = MailLines.isBlank(bytes[index])
            if !isBlank || !isAfterWord {
                output += gap
                gap = bytes[0..<0]
                output.append(bytes[index])
                isAfterWord = false
            } else {
                gap = bytes[(gap.isEmpty ? index : gap.startIndex)...index]
            }
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of an encoded word that begins here, and where it ends; nil for none.
    private static func word(_ bytes: [UInt8], at start: Int) -> (bytes: [UInt8], end: Int)? {
        let mark = UInt8(ascii: "?")
        guard bytes[start...].starts(with: "=?".utf8) else { return nil }
        let word = bytes[(start + 2)...].prefix(wordBytesMax)
        let parts = word.split(separator: mark, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3].first == UInt8(ascii: "="), parts[1].count == 1 else {
            return nil
        }
        let end = parts[3].startIndex + 1
        switch parts[1].first.map({ $0 | 0x20 }) {
        case UInt8(ascii: "b"): return (TransferEncoding.decode(parts[2], "base64"), end)
        case UInt8(ascii: "q"):
            let spaced = parts[2].map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
            return (TransferEncoding.decode(spaced[...], "quoted-printable"), end)
        default: return nil
        }
    }

    /// The standard's limit is 75, which many servers ignore; this limits the work for each mark.
    private static let wordBytesMax = 1_000
}
