import Invoicing
import Wire

/// Proves that an SVG holds only what is drawn by itself: shapes, colours, and what it holds itself.
///
/// Refused are filters and outside references of every kind, letters, scripts, animation,
/// declarations of its own (entities), and more elements or deeper ones than a logo has. The reader
/// is stricter than librsvg's, so that what it does not follow is refused and not overlooked.
struct SVGValidation {
    private var rest: ArraySlice<UInt8>
    private var open: [String] = []
    private var elements = 0
    /// What the style element says that is being read.
    private var style: [UInt8] = []

    static func verify(_ bytes: [UInt8]) throws(LogoFault) {
        var proof = SVGValidation(rest: bytes[...])
        try proof.run()
    }

    private init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    private mutating func run() throws(LogoFault) {
        guard !rest.contains(0) else { throw .damaged }
        while let mark = rest.firstIndex(of: UInt8(ascii: "<")) {
            note(rest[..<mark])
            rest = rest[mark...]
            if take("<!--") {
                _ = try until("-->")
            } else if take("<![CDATA[") {
                note(try until("]]>"))
            } else if take("<?") {
                try SVGRules.check(instruction: until("?>"))
            } else if take("<!") {
                // With an inner subset there are entities, of which a few make a thousand million.
                guard try !until(">").contains(UInt8(ascii: "[")) else { throw .activeContent }
            } else if take("</") {
                try close(SVGRules.name(until(">")))
            } else {
                rest = rest.dropFirst()
                try element()
            }
        }
        guard open.isEmpty, elements > 0 else { throw .damaged }
    }

    // MARK: Elements

    private mutating func element() throws(LogoFault) {
        let name = SVGRules.name(word())
        guard !name.isEmpty else { throw .damaged }
        elements += 1
        guard elements <= LogoLimits.elementsMax, open.count < LogoLimits.depthMax else {
            throw .tooComplex
        }
        try SVGRules.check(element: name)
        while true {
            skipSpace()
            if take("/>") { return }
            if take(">") { break }
            try attribute()
        }
        open.append(name)
    }

    private mutating func attribute() throws(LogoFault) {
        let name = word()
        skipSpace()
        guard !name.isEmpty, take("=") else { throw .damaged }
        skipSpace()
        guard let quote = rest.first, [0x22, 0x27].contains(quote) else { throw .damaged }
        rest = rest.dropFirst()
        let value = try until(quote == 0x22 ? "\"" : "'")
        try SVGRules.check(attribute: String(decoding: name, as: UTF8.self), value: value)
    }

    private mutating func close(_ name: String) throws(LogoFault) {
        guard open.popLast() == name else { throw .damaged }
        guard name == "style" else { return }
        try SVGRules.check(style: style[...])
        style = []
    }

    /// Text matters in a style alone; a comment in its midst does not part it.
    private mutating func note(_ text: ArraySlice<UInt8>) {
        if open.last == "style" { style += text }
    }

    // MARK: Bytes

    private mutating func take(_ mark: String) -> Bool {
        guard rest.starts(with: mark.utf8) else { return false }
        rest = rest.dropFirst(mark.utf8.count)
        return true
    }

    private mutating func until(_ mark: String) throws(LogoFault) -> ArraySlice<UInt8> {
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
