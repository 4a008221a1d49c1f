import Wire

/// Finds e-mail addresses in prose.
enum AddressScan {
    /// What may stand around an address: spaces, brackets, quotes and marks.
    ///
    /// In scalars: CR LF is one character, and neither of its two.
    private static let around = Set(" \t\r\n<>()[],;:\"'|*`".unicodeScalars)

    static func addresses(in text: some StringProtocol) -> [EmailAddress] {
        guard text.contains("@") else { return [] }
        return text.unicodeScalars.split { around.contains($0) }.compactMap { word in
            guard word.contains("@") else { return nil }
            let scalars = word.reversed().drop { $0 == "." || $0 == "=" }.reversed()
            let address = String(String.UnicodeScalarView(scalars))
            return EmailAddress(
                address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address)
        }
    }
}
