/// A word of the query language.
enum LogQueryToken: Hashable, Sendable {
    /// A field, `AND`, `IN` or `TIMESTAMP`.
    case word(String)
    case text(String)
    /// `=`, `<`, `<=`, `>`, `>=`, `(`, `)` or `,`.
    case sign(String)

    /// Splits a query into its words.
    static func split(_ query: String) throws(LogQueryError) -> [LogQueryToken] {
        var tokens: [LogQueryToken] = []
        var rest = query[...]
        while let character = rest.first {
            switch character {
            case " ", "\t", "\n": rest.removeFirst()
            case "\"", "'": tokens.append(.text(try takeText(from: &rest)))
            case "(", ")", ",", "=": tokens.append(.sign(String(rest.removeFirst())))
            case "<", ">": tokens.append(.sign(takeComparison(from: &rest)))
            default: tokens.append(.word(try takeWord(from: &rest)))
            }
        }
        return tokens
    }

    private static func takeText(from rest: inout Substring) throws(LogQueryError) -> String {
        let quote = rest.removeFirst()
        guard let end = rest.firstIndex(of: quote) else {
            throw LogQueryError(message: "invalid query: a quoted value does not end")
        }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }

    private static func takeComparison(from rest: inout Substring) -> String {
        let sign = rest.prefix(rest.dropFirst().first == "=" ? 2 : 1)
        rest = rest.dropFirst(sign.count)
        return String(sign)
    }

    private static func takeWord(from rest: inout Substring) throws(LogQueryError) -> String {
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard !word.isEmpty else {
            throw LogQueryError(
                message: "invalid query: unexpected \(rest.first.map(String.init) ?? "end")")
        }
        rest = rest.dropFirst(word.count)
        return String(word)
    }
}
