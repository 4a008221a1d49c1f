/// A `Content-Type`, with its comments left out and its quotes taken off (RFC 2045 § 5.1).
enum ContentType {
    static func read(_ value: String) -> (type: String, parameters: [String: String]) {
        var pieces = split(Array(value.utf8))
        let type = pieces.isEmpty ? [] : MailLines.lowercased(pieces.removeFirst())
        var parameters: [String: String] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = MailLines.text(MailLines.lowercased(MailLines.trimmed(piece[..<equals])))
            if parameters[name] == nil {
                parameters[name] = MailLines.text(
                    unquoted(MailLines.trimmed(piece[(equals + 1)...])))
            }
        }
        let isType = type.filter { $0 == UInt8(ascii: "/") }.count == 1
        return (isType ? MailLines.text(type) : "text/plain", parameters)
    }

    /// The pieces between semicolons, but not between those in quotes.
    private static func split(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        var comments = 0
        for byte in value {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\"") where comments == 0: isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: comments += 1
            case UInt8(ascii: ")") where comments > 0 && !isQuoted:
                comments -= 1
                continue
            case UInt8(ascii: ";") where !isQuoted && comments == 0:
                pieces.append([])
                continue
            default: break
            }
            if comments == 0 { pieces[pieces.count - 1].append(byte) }
        }
        return pieces.map { MailLines.trimmed($0[...]) }
    }

    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return Array(text) }
        var output: [UInt8] = []
        var isEscaped = false
        for byte in text.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            output.append(byte)
        }
        return output
    }
}
