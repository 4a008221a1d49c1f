/// The numbers of parties, each by the scheme that it is stated to be of.
extension EHFRules {
    /// A rule of all numbers that parties have of a scheme.
    static func numbers(
        _ rule: String, _ scheme: String, _ kind: String,
        isValid: @escaping @Sendable (String) -> Bool
    ) -> EHFRule {
        EHFRule(rule, advice: "Correct the number, or its scheme") { invoice in
            let traders = [invoice.seller, invoice.buyer]
            let numbered = traders + [invoice.payee].compactMap(\.self)
            let identifiers =
                traders.compactMap(\.endpoint) + numbered.flatMap(\.identifiers)
                + numbered.compactMap(\.organisationNumber)
            var seen: Set<String> = []
            return identifiers.filter { $0.scheme == scheme && !isBlank($0.value) }.map(\.value)
                .filter { !isValid($0) && seen.insert($0).inserted }
                .map { "\($0) is no \(kind)" }
        }
    }

    /// GS1's check digit has the weights 3 and 1 from the right.
    static func isGLN(_ text: String) -> Bool {
        guard CheckDigit.isDigits(text) else { return false }
        let weighted = text.utf8.reversed().enumerated().map { place, digit in
            (Int(digit) - 48) * (place.isMultiple(of: 2) ? 1 : 3)
        }
        return weighted.reduce(0, +).isMultiple(of: 10)
    }

    /// A letter pair and eight digits.
    static func isDanish(_ text: String) -> Bool {
        text.hasPrefix("DK") && isNumber(text.dropFirst(2), ofLength: 8)
    }

    /// The last two digits are 97 less what the others leave when divided by 97.
    static func isBelgian(_ text: String) -> Bool {
        guard isNumber(text[...], ofLength: 10), let body = Int(text.prefix(8)),
            let check = Int(text.suffix(2))
        else { return false }
        return check == 97 - body % 97
    }

    /// Ten digits, the last by Luhn.
    static func isSwedish(_ text: String) -> Bool {
        isNumber(text[...], ofLength: 10)
            && text.last == Character(String(CheckDigit.mod10(String(text.dropLast()))))
    }

    /// Eleven digits that weighted, the first less one, are divisible by 89.
    static func isAustralian(_ text: String) -> Bool {
        guard isNumber(text[...], ofLength: 11) else { return false }
        let weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
        let weighted = zip(text.utf8, weights).map { (Int($0) - 48) * $1 }
        return (weighted.reduce(0, +) - weights[0]).isMultiple(of: 89)
    }

    private static func isNumber(_ text: Substring, ofLength length: Int) -> Bool {
        text.utf8.count == length && CheckDigit.isDigits(text)
    }
}
