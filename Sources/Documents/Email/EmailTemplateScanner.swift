/// Reads the tags of a template and notes every problem, rather than stopping at the first.
struct EmailTemplateScanner {
    /// Deeper than a letter needs, and shallow enough for any parser's stack.
    static let depthMax = 8

    private(set) var problems: [EmailTemplateProblem] = []
    private var open: [(name: Substring, line: Int)] = []
    private var line = 1

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            countLines(in: rest[..<start.lowerBound])
            rest = rest[start.upperBound...]
            let isTriple = rest.hasPrefix("{")
            guard let end = rest.firstRange(of: isTriple ? "}}}" : "}}") else {
                problems.append(.tagNotClosed(line: line))
                return
            }
            let tag = rest[..<end.lowerBound]
            read(isTriple ? tag.dropFirst() : tag, isTriple: isTriple)
            countLines(in: tag)
            rest = rest[end.upperBound...]
        }
        problems += open.map { .sectionNotClosed(String($0.name), line: $0.line) }
    }

    private mutating func read(_ tag: Substring, isTriple: Bool) {
        guard !isTriple else { return check(name(in: tag), tag) }
        switch tag.first {
        case "!": break
        case "&": check(name(in: tag.dropFirst()), tag)
        case "#", "^": openSection(name(in: tag.dropFirst()), tag)
        case "/": closeSection(name(in: tag.dropFirst()))
        default: check(name(in: tag), tag)
        }
    }

    private mutating func check(_ name: Substring, _ tag: Substring) {
        guard !name.isEmpty, name.allSatisfy(Self.isNameCharacter) else {
            problems.append(.tagNotAllowed("{{\(tag.prefix(40))}}", line: line))
            return
        }
        guard EmailVariable(rawValue: String(name)) != nil else {
            problems.append(.unknownVariable(String(name.prefix(40)), line: line))
            return
        }
    }

    private mutating func openSection(_ name: Substring, _ tag: Substring) {
        check(name, tag)
        open.append((name, line))
        if open.count == Self.depthMax + 1 { problems.append(.nestedTooDeeply(line: line)) }
    }

    private mutating func closeSection(_ name: Substring) {
        guard open.last?.name == name else {
            problems.append(.sectionNotOpen(String(name.prefix(40)), line: line))
            return
        }
        open.removeLast()
    }

    private func name(in tag: Substring) -> Substring {
        guard let start = tag.firstIndex(where: { !$0.isWhitespace }),
            let end = tag.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return tag[start...end]
    }

    private mutating func countLines(in text: Substring) {
        line += text.count { $0.isNewline }
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
            || !character.isASCII && character.isLetter || "-.".contains(character)
    }
}
