import Invoicing

extension EHFRules {
    /// What is taken off and put on: of the document, of lines, or of both.
    static let allowances: [EHFRule] = [
        hasVAT("BR-32", isCharge: false), hasVAT("BR-37", isCharge: true),
        hasReason("BR-33", isCharge: false, of: \.allowances),
        hasReason("BR-38", isCharge: true, of: \.allowances),
        hasReason("BR-CO-21", isCharge: false, of: \.allowances),
        hasReason("BR-CO-22", isCharge: true, of: \.allowances),
        hasReason("BR-42", isCharge: false, of: \.lineAllowances),
        hasReason("BR-44", isCharge: true, of: \.lineAllowances),
        hasReason("BR-CO-23", isCharge: false, of: \.lineAllowances),
        hasReason("BR-CO-24", isCharge: true, of: \.lineAllowances),
        each(
            "PEPPOL-EN16931-R040", "is not its percentage of its base amount",
            "Correct the percentage or the base amount"
        ) { !isShare($0) },
        each(
            "PEPPOL-EN16931-R041", "has a percentage, and no base amount",
            "State the amount that the percentage is of"
        ) { $0.percent != nil && $0.baseAmount == nil },
        each(
            "PEPPOL-EN16931-R042", "has a base amount, and no percentage",
            "State the percentage, or leave the base amount out"
        ) { $0.percent == nil && $0.baseAmount != nil },
    ]

    private static func each(
        _ number: String, _ finding: String, _ advice: String,
        isBroken: @escaping @Sendable (AllowanceCharge) -> Bool
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            (invoice.allowances + invoice.lineAllowances).filter(isBroken)
                .map { EHFTexts.text("% of % %", name($0), $0.amount, EHFTexts.text(finding)) }
        }
    }

    private static func hasReason(
        _ number: String, isCharge: Bool,
        of allowances: @escaping @Sendable (Invoice) -> [AllowanceCharge]
    ) -> EHFRule {
        EHFRule(number, advice: "Say in a few words what it is for") { invoice in
            allowances(invoice)
                .filter { $0.isCharge == isCharge && isBlank($0.reason) && isBlank($0.reasonCode) }
                .map {
                    EHFTexts.text("% of % %", name($0), $0.amount, EHFTexts.text("has no reason"))
                }
        }
    }

    private static func hasVAT(_ number: String, isCharge: Bool) -> EHFRule {
        EHFRule(number, advice: "Set its VAT code") { invoice in
            invoice.allowances.filter { $0.isCharge == isCharge && isBlank($0.vat?.code) }

                .map {
                    EHFTexts.text(
                        "% of % %", name($0), $0.amount, EHFTexts.text("has no VAT category"))
                }
        }
    }

    private static func name(_ allowance: AllowanceCharge) -> Trilingual {
        EHFTexts.text(allowance.isCharge ? "A charge" : "An allowance")
    }

    /// Within two hundredths, as Peppol has it.
    private static func isShare(_ allowance: AllowanceCharge) -> Bool {
        guard let base = allowance.baseAmount, let percent = allowance.percent else { return true }
        let unit: Int128 = 100_000_000
        let share = Int128(base.hundredths) * Int128(percent.millionths)
        return (Int128(allowance.amount.hundredths) * unit - share).magnitude
            <= (2 * unit).magnitude
    }
}

extension Invoice {
    /// The allowances and charges of all lines.
    var lineAllowances: [AllowanceCharge] {
        lines.flatMap(\.allowances)
    }
}
