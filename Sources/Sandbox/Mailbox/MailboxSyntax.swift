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

/// The sandbox's own idea of an address, so that it does not share a client's mistakes.
enum EmailSyntax {
    /// Whether the provider would try to send to it: one `@`, something on both sides, a dot in
    /// the domain, and nothing that ends or splits an SMTP command.
    static func isValid(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count)
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && address.unicodeScalars.allSatisfy {
                $0.value > 0x20 && !"<>,;:\"()[]\\\u{7F}".unicodeScalars.contains($0)
            }
    }
}
