extension XMLReader {
    /// Character data up to the next markup.
    mutating func readText(into node: XMLNode, isLong: Bool) throws(TextFault) {
        let startLine = line
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
        let raw = bytes[index..<end]
        moveOn(to: end)
        guard !Self.holdsSectionEnd(raw) else {
            throw TextFault(
                line: startLine, message: "holds ]]> outside CDATA", advice: XMLReader.recreate)
        }
        let text = try XMLReferences.resolved(raw, line: startLine, isAttribute: false)
        try append(text, to: node, isLong: isLong)
    }

    mutating func readCharacterData(into node: XMLNode, isLong: Bool) throws(TextFault) {
        advance("<![CDATA[".utf8.count)
        let raw = try skip(to: "]]>", "has a CDATA section that does not end")
        try append(XMLReferences.withPlainLineEnds(raw), to: node, isLong: isLong)
    }

    private func append(_ text: ArraySlice<UInt8>, to node: XMLNode, isLong: Bool)
        throws(TextFault)
    {
        let limit = isLong ? XMLLimits.byteCountMax : XMLLimits.textByteCountMax
        guard node.text.utf8.count + text.count <= limit else {
            throw fault(
                "has a text of more than \(limit) bytes in <\(node.name)>",
                "Shorten it, or send it as an attachment")
        }
        node.text += String(decoding: text, as: UTF8.self)
    }

    private static func holdsSectionEnd(_ raw: ArraySlice<UInt8>) -> Bool {
        var start = raw.startIndex
        while let index = raw[start...].firstIndex(of: UInt8(ascii: "]")) {
            if raw[index...].starts(with: Array("]]>".utf8)) { return true }
            start = index + 1
        }
        return false
    }
}

extension XMLReader {
    /// Called several times for each piece of markup, and mostly decided by the first byte.
    func at(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.endIndex else { return false }
        var offset = 0
        while offset < count {
            guard bytes[index + offset] == text.utf8Start[offset] else { return false }
            offset += 1
        }
        return true
    }

    func fault(_ message: String, _ advice: String) -> TextFault {
        TextFault(line: line, message: message, advice: advice)
    }

    /// Skips bytes that contain no line end.
    mutating func advance(_ count: Int) {
        index += count
    }

    mutating func moveOn(to end: Int) {
        line += bytes[index..<end].count { $0 == 0x0A }
        index = end
    }

    /// Skips white space, and returns whether there was any.
    @discardableResult
    mutating func skipSpace() -> Bool {
        let end = bytes[index...].firstIndex { !TextBytes.isSpace($0) } ?? bytes.endIndex
        defer { moveOn(to: end) }
        return end > index
    }

    /// Skips past the mark, and returns what was before it.
    mutating func skip(to mark: String, _ message: String) throws(TextFault) -> ArraySlice<UInt8> {
        let pattern = Array(mark.utf8)
        var start = index
        while let found = bytes[start...].firstIndex(of: pattern[0]) {
            if bytes[found...].starts(with: pattern) {
                let text = bytes[index..<found]
                moveOn(to: found + pattern.count)
                return text
            }
            start = found + 1
        }
        throw fault(message, "Fetch the file again and import it whole")
    }
}

/// Resolves XML's references, and normalises line ends.
enum XMLReferences {
    /// The text with `&amp;`, `&#248;` and so on resolved.
    ///
    /// White space in attributes becomes spaces (XML 1.0 § 3.3.3); a carriage return that is not
    /// written as a reference is a line end (§ 2.11).
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

    /// The characters allowed by XML 1.0 § 2.2; surrogates are excluded elsewhere.
    private static func isAllowed(_ code: UInt32) -> Bool {
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
