import Wire

/// Validates that an SVG is self-contained: shapes, colours, and references within the file.
///
/// Rejected are filters and external references of every kind, text, scripts, animation,
/// declarations (entities), and more or more deeply nested elements than a drawing has. The parser
/// is stricter than librsvg's, so that what it does not understand is rejected rather than missed.
struct SVGValidation {
    /// The output of drawing programs has about a dozen levels.
    static let depthMax = 64
    static let elementsMax = 20_000

    private var rest: ArraySlice<UInt8>
    private var open: [String] = []
    private var elements = 0
    /// The contents of the style element that is being read.
    private var style: [UInt8] = []

    static func validate(_ bytes: [UInt8]) throws(PictureFault) {
        var validation = SVGValidation(rest: bytes[...])
        try validation.run()
    }

    private init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    private mutating func run() throws(PictureFault) {
        guard !rest.contains(0) else { throw .damaged }
        while let mark = rest.firstIndex(of: UInt8(ascii: "<")) {
            collect(rest[..<mark])
            rest = rest[mark...]
            if consume("<!--") {
                _ = try until("-->")
            } else if consume("<![CDATA[") {
                collect(try until("]]>"))
            } else if consume("<?") {
                try SVGRules.check(instruction: until("?>"))
            } else if consume("<!") {
                // With an internal subset there are entities, a few of which can expand to a
                // thousand million.
                guard try !until(">").contains(UInt8(ascii: "[")) else { throw .activeContent }
            } else if consume("</") {
                try close(SVGRules.name(until(">")))
            } else {
                rest = rest.dropFirst()
                try element()
            }
        }
        guard open.isEmpty, elements > 0 else { throw .damaged }
    }

    // MARK: Elements

    private mutating func element() throws(PictureFault) {
        let name = SVGRules.name(word())
        guard !name.isEmpty else { throw .damaged }
        elements += 1
        guard elements <= Self.elementsMax, open.count < Self.depthMax else {
            throw .tooComplex
        }
        try SVGRules.check(element: name)
        while true {
            skipSpace()
            if consume("/>") { return }
            if consume(">") { break }
            try attribute()
        }
        open.append(name)
    }

    private mutating func attribute() throws(PictureFault) {
        let name = word()
        skipSpace()
        guard !name.isEmpty, consume("=") else { throw .damaged }
        skipSpace()
        guard let quote = rest.first, [0x22, 0x27].contains(quote) else { throw .damaged }
        rest = rest.dropFirst()
        let value = try until(quote == 0x22 ? "\"" : "'")
        try SVGRules.check(attribute: String(decoding: name, as: UTF8.self), value: value)
    }

    private mutating func close(_ name: String) throws(PictureFault) {
        guard open.popLast() == name else { throw .damaged }
        guard name == "style" else { return }
        try SVGRules.check(style: style[...])
        style = []
    }

    /// Text matters only in a style; a comment in the middle does not split it.
    private mutating func collect(_ text: ArraySlice<UInt8>) {
        if open.last == "style" { style += text }
    }

    // MARK: Bytes

    private mutating func consume(_ mark: String) -> Bool {
        guard rest.starts(with: mark.utf8) else { return false }
        rest = rest.dropFirst(mark.utf8.count)
        return true
    }

    private mutating func until(_ mark: String) throws(PictureFault) -> ArraySlice<UInt8> {
        guard let place = rest.place(of: mark) else { throw .damaged }
        defer { rest = rest[place.upperBound...] }
        return rest[..<place.lowerBound]
    }

    private mutating func skipSpace() {
        rest = rest.drop(while: SVGRules.isSpace)
    }

    private mutating func word() -> ArraySlice<UInt8> {
        let word = rest.prefix { !SVGRules.isSpace($0) && !"/>=".utf8.contains($0) }
        rest = rest[word.endIndex...]
        return word
    }
}

/// What an SVG may contain, part by part; `SVGValidation` splits it into parts.
enum SVGRules {
    private static let elements: [String: PictureFault] = [
        "filter": .filters,
        "text": .letters, "tspan": .letters, "tref": .letters, "textPath": .letters,
        "altGlyph": .letters,
        "image": .outsideReferences, "include": .outsideReferences,
        "script": .activeContent, "foreignObject": .activeContent, "set": .activeContent,
        "handler": .activeContent, "listener": .activeContent, "iframe": .activeContent,
        "video": .activeContent, "audio": .activeContent,
    ]

    /// Encodings in which every ASCII byte is the ASCII character.
    private static let encodings: Set<String> = [
        "utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252",
    ]

    static func check(element name: String) throws(PictureFault) {
        if let fault = elements[name] { throw fault }
        // The primitives of filters are feBlend, feTurbulence and so on.
        if name.hasPrefix("fe"), name.dropFirst(2).first?.isUppercase == true { throw .filters }
        if name.hasPrefix("animate") { throw .activeContent }
    }

    /// An XML declaration may name an encoding in which markup has other bytes.
    static func check(instruction: ArraySlice<UInt8>) throws(PictureFault) {
        let text = String(decoding: instruction, as: UTF8.self).lowercased()
        if text.hasPrefix("xml-stylesheet") { throw .outsideReferences }
        guard text.hasPrefix("xml"), let start = text.firstRange(of: "encoding") else { return }
        let value = text[start.upperBound...].split { " \t\r\n='\"".contains($0) }.first ?? ""
        guard encodings.contains(String(value)) else { throw .damaged }
    }

    static func check(attribute name: String, value: ArraySlice<UInt8>) throws(PictureFault) {
        let local = name.split(separator: ":").last.map(String.init) ?? name
        let value = decoded(value)
        if ["href", "src"].contains(local) {
            guard value.drop(while: isSpace).first == UInt8(ascii: "#") else {
                throw .outsideReferences
            }
        }
        if name == "xml:base" { throw .outsideReferences }
        // The private data of drawing programs has a prefix.
        guard !name.contains(":") else { return }
        if name.lowercased().hasPrefix("on") { throw .activeContent }
        if local == "filter", !value.drop(while: isSpace).starts(with: "none".utf8) {
            throw .filters
        }
        try check(css: value[...], isStyle: local == "style")
    }

    static func check(style: ArraySlice<UInt8>) throws(PictureFault) {
        try check(css: decoded(style)[...], isStyle: true)
    }

    /// Every reference must be to something within the file.
    private static func check(css: ArraySlice<UInt8>, isStyle: Bool) throws(PictureFault) {
        // An escape could spell a word in a way that is not recognised.
        guard !css.contains(UInt8(ascii: "\\")) else { throw .activeContent }
        let css = Array(css.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })[...]
        guard css.place(of: "@import") == nil else { throw .outsideReferences }
        var rest = css
        while let place = rest.place(of: "url") {
            rest = rest[place.upperBound...]
            let after = rest.drop(while: isSpace)
            guard after.first == UInt8(ascii: "(") else { continue }
            let address = after.dropFirst().drop { isSpace($0) || [0x22, 0x27].contains($0) }
            guard address.first == UInt8(ascii: "#") else { throw .outsideReferences }
        }
        if isStyle { try check(filtersIn: css) }
    }

    private static func check(filtersIn css: ArraySlice<UInt8>) throws(PictureFault) {
        var rest = css
        while let place = rest.place(of: "filter") {
            rest = rest[place.upperBound...]
            // color-interpolation-filters applies no filter.
            if rest.first == UInt8(ascii: "s") { continue }
            let value = rest.drop { isSpace($0) || $0 == UInt8(ascii: ":") }
            guard value.starts(with: "none".utf8) else { throw .filters }
        }
    }

    /// The name without its prefix, which may stand for any namespace.
    static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let whole = String(decoding: bytes, as: UTF8.self)
        let trimmed = whole.split { " \t\r\n".contains($0) }.first ?? ""
        return trimmed.split(separator: ":").last.map(String.init) ?? ""
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }

    /// The value with character references replaced by the ASCII characters that they stand for
    /// (XML 1.0 § 4.1).
    private static func decoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var (decoded, rest) = ([UInt8](), value)
        while let mark = rest.place(of: "&") {
            decoded += rest[..<mark.lowerBound]
            let body = rest[mark.upperBound...].prefix(12).prefix { $0 != UInt8(ascii: ";") }
            let text = String(decoding: body, as: UTF8.self)
            let isHexadecimal = text.hasPrefix("#x")
            let number =
                text.hasPrefix("#")
                ? UInt32(text.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10)
                : nil
            decoded.append(number.flatMap(UInt8.init(exactly:)) ?? UInt8(ascii: "&"))
            rest = rest[mark.upperBound...]
            if number != nil { rest = rest.dropFirst(body.count + 1) }
        }
        return decoded + rest
    }
}
