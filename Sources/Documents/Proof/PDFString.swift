/// A string object of a PDF, decoded (ISO 32000-1 § 7.3.4 and § 7.9.2).
struct PDFString: Hashable {
    let text: String

    /// Reads a literal or hexadecimal string from the beginning of a text.
    init?(reading source: Substring) {
        switch source.first {
        case "(": self.init(literal: source.dropFirst())
        case "<": self.init(hexadecimal: source.dropFirst())
        default: return nil
        }
    }

    private init?(literal source: Substring) {
        var text = ""
        var characters = source.makeIterator()
        while let character = characters.next() {
            switch character {
            case ")":
                self.text = text
                return
            case "\\":
                guard let escaped = characters.next() else { return nil }
                text.append(escaped)
            default: text.append(character)
            }
        }
        return nil
    }

    private init?(hexadecimal source: Substring) {
        guard let end = source.firstIndex(of: ">") else { return nil }
        var digits = source[..<end].filter(\.isHexDigit)[...]
        guard digits.uppercased().hasPrefix("FEFF"), digits.count.isMultiple(of: 4) else {
            return nil
        }
        digits = digits.dropFirst(4)
        var units: [UInt16] = []
        while !digits.isEmpty {
            guard let unit = UInt16(digits.prefix(4), radix: 16) else { return nil }
            units.append(unit)
            digits = digits.dropFirst(4)
        }
        text = String(decoding: units, as: UTF16.self)
    }
}
