extension EmailAddress {
    /// A text in which every e-mail address shows its first letter and its domain alone: a
    /// server's words, before they stand in a log or a list.
    package static func masking(_ text: String) -> String {
        guard text.contains("@") else { return text }
        var result = ""
        var word = Substring()
        for character in text {
            if character.isWhitespace || ",;:<>\"'()[]{}=".contains(character) {
                result += masked(word) + String(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return result + masked(word)
    }

    private static func masked(_ word: Substring) -> String {
        guard let at = word.lastIndex(of: "@") else { return String(word) }
        return "\(word.prefix(1))•••\(word[at...])"
    }
}
