extension EmailAddress {
    /// A text in which every e-mail address shows its first letter and its domain alone: a
    /// server's words, before they stand in a log or a list.
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

    /// What may stand around an address.
    private static let around = Set(",;:<>\"'()[]{}=".unicodeScalars)

    private static func masked(_ word: String.UnicodeScalarView) -> String.UnicodeScalarView {
        guard let at = word.lastIndex(of: "@") else { return word }
        return word.prefix(1) + "•••".unicodeScalars + word[at...]
    }
}
