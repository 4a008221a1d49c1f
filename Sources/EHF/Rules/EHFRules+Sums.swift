import Invoicing

extension EHFRules {
    /// The totals, to the last hundredth.
    static let sums: [EHFRule] = [
        .sum("BR-CO-10", "The sum of the lines", "what they add up to", advice) {
            ($0.totals.lineTotal, $0.lines.map(\.netAmount).sum())
        },
        .sum("BR-CO-11", "The sum of the allowances", "what they add up to", advice) {
            ($0.totals.allowanceTotal, $0.allowances.filter { !$0.isCharge }.map(\.amount).sum())
        },
        .sum("BR-CO-12", "The sum of the charges", "what they add up to", advice) {
            ($0.totals.chargeTotal, $0.allowances.filter(\.isCharge).map(\.amount).sum())
        },
        .sum("BR-CO-13", "The amount without VAT", "lines − allowances + charges", advice) {
            let totals = $0.totals
            return (
                totals.taxExclusive,
                totals.lineTotal - totals.allowanceTotal + totals.chargeTotal
            )
        },
        .sum("BR-CO-14", "The VAT", "the sum of the VAT of each category", advice) {
            ($0.totals.vatTotal, $0.vatBreakdown.map(\.taxAmount).sum())
        },
        .sum("BR-CO-15", "The amount with VAT", "the amount without VAT + VAT", advice) {
            ($0.totals.taxInclusive, $0.totals.taxExclusive + $0.totals.vatTotal)
        },
        .sum("BR-CO-16", "What is to be paid", "the amount with VAT − paid + rounding", advice) {
            let totals = $0.totals
            return (totals.payable, totals.taxInclusive - totals.prepaid + totals.rounding)
        },
    ]

    private static let advice = "Correct the sum where the invoice is made"
}

extension EHFRules {
    /// The numbers of parties, each by the scheme stated for it, whatever the seller's country.
    static let partyNumbers: [EHFRule] = [
        numbers("PEPPOL-COMMON-R040", "0088", "GLN", isValid: isGLN),
        numbers("PEPPOL-COMMON-R041", "0192", "Norwegian organisation number") {
            OrganisationNumber($0)?.digits == $0
        },
        numbers("PEPPOL-COMMON-R042", "0184", "Danish CVR number", isValid: isDanish),
        numbers("PEPPOL-COMMON-R043", "0208", "Belgian enterprise number", isValid: isBelgian),
        numbers("PEPPOL-COMMON-R049", "0007", "Swedish organisation number", isValid: isSwedish),
        numbers("PEPPOL-COMMON-R050", "0151", "Australian business number", isValid: isAustralian),
        numbers("PEPPOL-COMMON-R052", "0096", "Danish P number") { isNumber($0, ofLength: 10) },
        numbers("PEPPOL-COMMON-R053", "0198", "Danish SE number") {
            $0.hasPrefix("DK") && isNumber($0.dropFirst(2), ofLength: 8)
        },
        numbers("PEPPOL-COMMON-R054", "0106", "Dutch KVK number") { isNumber($0, ofLength: 8) },
        numbers("PEPPOL-COMMON-R055", "0190", "Dutch OIN") { isNumber($0, ofLength: 20) },
        numbers("PEPPOL-COMMON-R056-1", "9944", "Dutch VAT number", isValid: isDutchVAT),
        EHFRule("PEPPOL-COMMON-R056-2", advice: "Correct it, as NL123456789B12") { invoice in
            [invoice.seller, invoice.taxRepresentative, invoice.buyer].compactMap { $0?.vatNumber }
                .filter { $0.hasPrefix("NL") && !isDutchVAT($0) }
                .map { EHFTexts.text("% is no %", $0, EHFTexts.text("Dutch VAT number")) }
        },
        numbers("PEPPOL-COMMON-R057", "0217", "Dutch establishment number") {
            isNumber($0, ofLength: 12)
        },
    ]

    /// A rule for all numbers of parties in one scheme.
    private static func numbers(
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
                .map { EHFTexts.text("% is no %", $0, EHFTexts.text(kind)) }
        }
    }

    /// Thirteen digits; GS1's check digit has the weights 3 and 1 from the right.
    private static func isGLN(_ text: String) -> Bool {
        guard isNumber(text, ofLength: 13) else { return false }
        let weighted = text.utf8.reversed().enumerated().map { place, digit in
            (Int(digit) - 48) * (place.isMultiple(of: 2) ? 1 : 3)
        }
        return weighted.reduce(0, +).isMultiple(of: 10)
    }

    /// The prefix `DK` may be omitted since 2025.
    private static func isDanish(_ text: String) -> Bool {
        isNumber(text.hasPrefix("DK") ? text.dropFirst(2) : text[...], ofLength: 8)
    }

    /// `NL`, nine digits, B and two more digits.
    private static func isDutchVAT(_ text: String) -> Bool {
        let parts = text.dropFirst(2).split(separator: "B", omittingEmptySubsequences: false)
        return text.hasPrefix("NL") && parts.count == 2 && isNumber(parts[0], ofLength: 9)
            && isNumber(parts[1], ofLength: 2)
    }

    /// Begins with 0 or 1; the last two digits are 97 minus the remainder of the others modulo 97.
    private static func isBelgian(_ text: String) -> Bool {
        guard isNumber(text, ofLength: 10), "01".contains(text.prefix(1)),
            let body = Int(text.prefix(8)),
            let check = Int(text.suffix(2))
        else { return false }
        return check == 97 - body % 97
    }

    /// Ten digits, the last one by Luhn.
    private static func isSwedish(_ text: String) -> Bool {
        isNumber(text, ofLength: 10)
            && text.last == Character(String(CheckDigit.mod10(String(text.dropLast()))))
    }

    /// Eleven digits whose weighted sum, with the first reduced by one, is divisible by 89.
    private static func isAustralian(_ text: String) -> Bool {
        guard isNumber(text, ofLength: 11) else { return false }
        let weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
        let weighted = zip(text.utf8, weights).map { (Int($0) - 48) * $1 }
        return (weighted.reduce(0, +) - weights[0]).isMultiple(of: 89)
    }

    private static func isNumber(_ text: some StringProtocol, ofLength length: Int) -> Bool {
        text.utf8.count == length && CheckDigit.isDigits(text)
    }
}
