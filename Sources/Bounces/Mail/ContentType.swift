/// A `Content-Type`, with its comments left out and its quotes taken off (RFC 2045 § 5.1).
enum ContentType {
    static func read(_ value: String) -> (type: String, parameters: [String: String]) {
        var pieces = split(value)
        let type = pieces.isEmpty ? "" : pieces.removeFirst().lowercased()
        var parameters: [String: String] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = trimmed(piece[..<equals]).lowercased()
            if parameters[name] == nil {
                parameters[name] = unquoted(trimmed(piece[piece.index(after: equals)...]))
            }
        }
        let isType = type.split(separator: "/", omittingEmptySubsequences: false).count == 2
        return (isType ? type : "text/plain", parameters)
    }

    /// The pieces between semicolons, but not between those in quotes.
    private static func split(_ value: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        var comments = 0
        for character in value {
            switch character {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"" where comments == 0: isQuoted.toggle()
            case "(" where !isQuoted: comments += 1
            case ")" where comments > 0 && !isQuoted:
                comments -= 1
                continue
            case ";" where !isQuoted && comments == 0:
                pieces.append("")
                continue
            default: break
            }
            if comments == 0 { pieces[pieces.count - 1].append(character) }
        }
        return pieces.map { trimmed($0[...]) }
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var output = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            output.append(character)
        }
        return output
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
