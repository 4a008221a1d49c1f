/// Puts characters in the place of XML's references, and plain line ends in the place of others.
enum XMLReferences {
    /// The text with `&amp;`, `&#248;` and their like resolved.
    ///
    /// In attributes white space becomes blanks (XML 1.0 § 3.3.3); everywhere a carriage return
    /// that is not written as a reference is a line end (§ 2.11).
    static func resolved(_ raw: ArraySlice<UInt8>, line: Int, isAttribute: Bool)
        throws(TextFault) -> ArraySlice<UInt8>
    {
        var text = withPlainLineEnds(raw)
        if isAttribute { text = text.map { TextBytes.isSpace($0) ? 0x20 : $0 }[...] }
        guard text.contains(UInt8(ascii: "&")) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        while let start = text.firstIndex(of: UInt8(ascii: "&")) {
            result += text[..<start]
            guard let end = text[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(named: text[(start + 1)..<end])
            else {
                throw TextFault(
                    line: line, message: "has an & that begins no character",
                    advice: "Write &amp; for an ampersand")
            }
            result += Array(String(scalar).utf8)
            text = text[(end + 1)...]
        }
        return (result + text)[...]
    }

    static func withPlainLineEnds(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard raw.contains(0x0D) else { return raw }
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        for index in raw.indices {
            guard raw[index] == 0x0D else {
                result.append(raw[index])
                continue
            }
            let next = index + 1
            if next == raw.endIndex || raw[next] != 0x0A { result.append(0x0A) }
        }
        return result[...]
    }

    private static func scalar(named name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let name = String(decoding: name, as: UTF8.self)
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard digits.allSatisfy(\.isHexDigit),
            let code = UInt32(digits, radix: isHexadecimal ? 16 : 10), isAllowed(code)
        else { return nil }
        return Unicode.Scalar(code)
    }

    /// The characters that XML 1.0 § 2.2 allows, surrogates apart.
    private static func isAllowed(_ code: UInt32) -> Bool {
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
