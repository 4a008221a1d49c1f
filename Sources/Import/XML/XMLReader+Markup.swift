extension XMLReader {
    /// Reads the XML declaration, which may be missing; another encoding than UTF-8 is rejected.
    mutating func readDeclaration() throws(TextFault) {
        guard at("<?xml"), index + 5 < bytes.endIndex, TextBytes.isSpace(bytes[index + 5]) else {
            return
        }
        let text = try skip(to: "?>", "has an XML declaration that does not end")
        let declaration = String(decoding: text, as: UTF8.self).lowercased()
        guard let encoding = Self.encoding(in: declaration) else { return }
        guard ["utf-8", "utf8", "us-ascii"].contains(encoding) else {
            throw TextFault(
                line: 1, message: "says that it is \(encoding), not UTF-8",
                advice: TextBytes.convert)
        }
    }

    private static func encoding(in declaration: String) -> Substring? {
        guard let equals = declaration.split(separator: "encoding", maxSplits: 1).dropFirst().first
        else { return nil }
        let value = equals.drop { " \t\r\n=".contains($0) }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return value.dropFirst().prefix { $0 != quote }
    }

    mutating func skipComment() throws(TextFault) {
        advance(4)
        _ = try skip(to: "--", "has a comment that does not end")
        guard at(">") else {
            throw fault("has a comment with -- inside", XMLReader.recreate)
        }
        advance(1)
    }

    mutating func skipInstruction() throws(TextFault) {
        advance(2)
        let target = try readName()
        guard target.lowercased() != "xml" else {
            throw fault(
                "has an XML declaration that is not at its beginning",
                "Take out what stands before <?xml")
        }
        _ = try skip(to: "?>", "has a processing instruction that does not end")
    }

    mutating func readName() throws(TextFault) -> String {
        let start = index
        while index < bytes.endIndex, Self.isName(bytes[index], isFirst: index == start) {
            index += 1
        }
        guard index > start, index - start <= XMLLimits.nameByteCountMax else {
            throw fault("has a < or a tag without a proper name", XMLReader.recreate)
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// The rest of a start tag after its name, and whether the tag closes the element.
    mutating func readAttributes(of tag: String) throws(TextFault) -> ([XMLAttribute], Bool) {
        var attributes: [XMLAttribute] = []
        while true {
            let isSpaced = skipSpace()
            if at("/>") {
                advance(2)
                return (attributes, true)
            }
            if at(">") {
                advance(1)
                return (attributes, false)
            }
            guard isSpaced, index < bytes.endIndex else {
                throw fault("has a tag <\(tag)> that is not closed", XMLReader.recreate)
            }
            let attribute = try readAttribute()
            guard attributes.count < XMLLimits.attributeCountMax,
                !attributes.contains(where: { $0.name == attribute.name })
            else {
                throw fault(
                    "has an attribute twice in <\(tag)>, or too many of them",
                    XMLReader.recreate)
            }
            attributes.append(attribute)
        }
    }

    private mutating func readAttribute() throws(TextFault) -> XMLAttribute {
        let name = try readName()
        skipSpace()
        guard at("=") else {
            throw fault("has an attribute \(name) without a value", XMLReader.recreate)
        }
        advance(1)
        skipSpace()
        guard at("\"") || at("'") else {
            throw fault("has an attribute \(name) without quotes", XMLReader.recreate)
        }
        let quote = bytes[index] == UInt8(ascii: "'") ? "'" : "\""
        advance(1)
        let startLine = line
        let raw = try skip(to: quote, "has an attribute \(name) that does not end")
        guard raw.count <= XMLLimits.attributeByteCountMax, !raw.contains(UInt8(ascii: "<")) else {
            throw TextFault(
                line: startLine, message: "has an attribute \(name) that is too long or holds a <",
                advice: XMLReader.recreate)
        }
        let value = try XMLReferences.resolved(raw, line: startLine, isAttribute: true)
        return XMLAttribute(name: name, value: String(decoding: value, as: UTF8.self))
    }

    private static func isName(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            !isFirst
        default: false
        }
    }
}
