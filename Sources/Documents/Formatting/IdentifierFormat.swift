import Invoicing

/// How account and organisation numbers are written for people; what is not one stays as it is.
enum IdentifierFormat {
    /// `1234.56.78903`; an IBAN in groups of four (ISO 13616).
    static func account(_ number: String) -> String {
        let compact = number.filter { !$0.isWhitespace && $0 != "." }
        if isNorwegianAccount(number) {
            let digits = Array(compact)
            return "\(String(digits[0..<4])).\(String(digits[4..<6])).\(String(digits[6..<11]))"
        }
        guard isIBAN(number) else { return number }
        return stride(from: 0, to: compact.count, by: 4).map { start in
            String(compact.dropFirst(start).prefix(4))
        }.joined(separator: "\u{A0}")
    }

    static func isNorwegianAccount(_ number: String) -> Bool {
        let compact = number.filter { !$0.isWhitespace && $0 != "." }
        return compact.utf8.count == 11 && isDigits(compact)
    }

    static func isIBAN(_ number: String) -> Bool {
        let compact = number.filter { !$0.isWhitespace }
        return (15...34).contains(compact.utf8.count)
            && compact.prefix(2).allSatisfy { $0.isASCII && $0.isLetter }
            && isDigits(compact.dropFirst(2).prefix(2))
    }

    /// `123 456 785`.
    static func organisation(_ number: String) -> String {
        let compact = number.filter { !$0.isWhitespace }
        guard compact.utf8.count == 9, isDigits(compact) else { return number }
        let digits = Array(compact)
        return [digits[0..<3], digits[3..<6], digits[6..<9]].map { String($0) }
            .joined(separator: "\u{A0}")
    }

    /// The nine digits of `NO123456785MVA`.
    static func organisationNumber(inVATNumber number: String) -> String? {
        let compact = number.filter { !$0.isWhitespace }.uppercased()
        let digits = compact.dropFirst(2).prefix(9)
        guard compact.hasPrefix("NO"), compact.hasSuffix("MVA"), compact.utf8.count == 14,
            isDigits(digits)
        else { return nil }
        return String(digits)
    }

    /// Whether a payment reference is a KID: 2 to 25 digits, of which the last may be a hyphen
    /// (MOD11), paid to a Norwegian account.
    static func isKID(_ reference: String, account: String?) -> Bool {
        let body = reference.hasSuffix("-") ? reference.dropLast() : reference[...]
        return (2...25).contains(reference.utf8.count) && isDigits(body)
            && account.map { isNorwegianAccount($0) || $0.uppercased().hasPrefix("NO") } ?? false
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
