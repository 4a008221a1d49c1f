/// An e-mail address that is safe to put on the wire.
///
/// The grammar is the dot-atom form of RFC 5321 § 4.1.2 with the lengths of § 4.5.3; quoted local
/// parts and address literals are refused, as every provider refuses them. Control characters,
/// spaces and angle brackets can therefore never reach an SMTP command. The domain must be ASCII
/// (IDN as A-labels) and have a dot; UTF-8 in the local part is refused.
package struct EmailAddress: Hashable, Sendable {
    /// The address as it was written.
    package let text: String

    /// Nil where the text is not an address of that grammar.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isLocalPart(parts[0]), Self.isDomain(parts[1])
        else { return nil }
        self.text = text
    }

    /// The parts of a text that lists several addresses, separated as people do it: by commas,
    /// semicolons or spaces.
    package static func list(_ text: String) -> [String] {
        text.split { ",;".contains($0) || $0.isWhitespace }.map(String.init)
    }

    /// What all spellings of one mailbox share, for comparison: providers and mail servers ignore
    /// case.
    package var key: String {
        text.lowercased()
    }

    /// The part after the @, as it was written.
    package var domain: Substring {
        text[text.index(after: text.firstIndex(of: "@") ?? text.startIndex)...]
    }

    /// The address for logs, with the first letter and the domain: `k•••@eksempel.no`.
    package var masked: String {
        "\(text.prefix(1))•••@\(domain)"
    }

    private static let bytesMax = 254

    private static func isLocalPart(_ part: Substring.UTF8View) -> Bool {
        let specials = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
        return (1...64).contains(part.count)
            && part.allSatisfy { isAlphanumeric($0) || specials.contains($0) }
            && part.first != UInt8(ascii: ".") && part.last != UInt8(ascii: ".")
            && !zip(part, part.dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == $0 }
    }

    private static func isDomain(_ domain: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count)
                    && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
                    && label.first != hyphen && label.last != hyphen
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension EmailAddress {
    /// A text with every e-mail address in it masked, such as a server's reply before it goes into
    /// a log or a list.
    package static func masking(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var result = String.UnicodeScalarView()
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || around.contains(scalar) {
                result += masked(word)
                result.append(scalar)
                word = String.UnicodeScalarView()
            } else {
                word.append(scalar)
            }
        }
        return String(result + masked(word))
    }

    /// Characters that may surround an address in a text.
    private static let around = Set(",;:<>\"'()[]{}=".unicodeScalars)

    private static func masked(_ word: String.UnicodeScalarView) -> String.UnicodeScalarView {
        guard let at = word.lastIndex(of: "@") else { return word }
        return word.prefix(1) + "•••".unicodeScalars + word[at...]
    }
}
