extension XMLReader {
    /// Character data up to the next markup.
    mutating func readText(into node: XMLNode, isLong: Bool) throws(TextFault) {
        let startLine = line
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
        let raw = bytes[index..<end]
        moveOn(to: end)
        guard !Self.holdsSectionEnd(raw) else {
            throw TextFault(
                line: startLine, message: "holds ]]> outside CDATA", advice: XMLReader.makeAnew)
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
    /// Asked several times for each piece of markup, and mostly answered by the first byte.
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

    /// Moves over bytes that hold no line end.
    mutating func advance(_ count: Int) {
        index += count
    }

    mutating func moveOn(to end: Int) {
        line += bytes[index..<end].count { $0 == 0x0A }
        index = end
    }

    /// Moves over white space, and says whether there was any.
    @discardableResult
    mutating func skipSpace() -> Bool {
        let end = bytes[index...].firstIndex { !TextBytes.isSpace($0) } ?? bytes.endIndex
        defer { moveOn(to: end) }
        return end > index
    }

    /// Moves past the mark, and gives what stood before it.
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
