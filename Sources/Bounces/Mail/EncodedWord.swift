/// Words of a header that are no ASCII, in their encoding (RFC 2047): `=?utf-8?B?…?=`.
enum EncodedWord {
    /// The text with its encoded words decoded; what is broken stays as it is.
    ///
    /// Of character sets, UTF-8 and those that Latin-1 is the most of are known.
    static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "?")) else { return text }
        var output: [UInt8] = []
        var gap = bytes[0..<0]
        var isAfterWord = false
        var index = 0
        while index < bytes.count {
            if let (word, end) = word(bytes, at: index) {
                // What stands between two encoded words is only blanks of folding (§ 6.2).
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

    /// The bytes of an encoded word that begins here, and where it ends.
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

    /// 75 by the rule, of which servers know little; and what is looked at for each mark.
    private static let wordBytesMax = 1_000
}
