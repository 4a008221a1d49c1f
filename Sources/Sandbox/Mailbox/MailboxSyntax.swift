/// The sandbox's own reading of `"Name" <address>` (RFC 5322 § 3.4), so that it does not share a
/// client's mistakes.
enum MailboxSyntax {
    /// The addresses of a list of mailboxes; nil where one of them is none.
    static func addresses(_ text: String) -> [String]? {
        var parts: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            switch character {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                parts.append("")
                continue
            default:
                // Of a name in quotes nothing is needed.
                if isQuoted { continue }
            }
            if !isQuoted, character != "\"" { parts[parts.count - 1].append(character) }
        }
        guard !isQuoted else { return nil }
        let addresses = parts.map(address)
        return addresses.allSatisfy(EmailSyntax.isValid) ? addresses : nil
    }

    private static func address(_ text: String) -> String {
        guard let start = text.lastIndex(of: "<"), let end = text.lastIndex(of: ">"), start < end
        else { return trimmed(text[...]) }
        return trimmed(text[text.index(after: start)..<end])
    }

    private static func trimmed(_ text: Substring) -> String {
        let front = text.drop { $0 == " " }
        return String(String(front.reversed().drop { $0 == " " }).reversed())
    }
}
