extension Identifier {
    /// Reads an electronic address as set-up files and the database write it: `0192:987654325`.
    ///
    /// Nil where there is no scheme before a colon, or the address has blanks in it. A Norwegian
    /// organisation number may be spaced; it comes as its digits.
    package init?(endpoint text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2, (2...4).contains(parts[0].utf8.count),
            parts[0].allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
        else { return nil }
        let norwegian = parts[0] == "0192" ? OrganisationNumber(parts[1]) : nil
        self.init(norwegian?.digits ?? parts[1], scheme: parts[0])
        guard !value.isEmpty, !value.contains(where: \.isWhitespace) else { return nil }
    }

    /// As set-up files and the database write it.
    package var endpointText: String {
        scheme.map { "\($0):\(value)" } ?? value
    }
}
