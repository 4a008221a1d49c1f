package import Invoicing

/// The rules of EHF, by which a document is checked before it is sent.
///
/// They are those of EN 16931, Peppol BIS Billing 3.0 and Norway that an `Invoice` can violate.
/// What the type or the writer guarantees is not a rule here: two decimals in amounts (BR-DEC), no
/// empty elements (PEPPOL-EN16931-R008), profile and customisation (R004, R007), a single note
/// (R002), and the required VAT totals (R053 and R054, except BR-CO-18 and BR-53). Other countries'
/// own rules are left to their validators, as are the taxes of the Canaries and Ceuta (L, M),
/// Italy's split payment (B) and the format of Italian numbers, which only causes a warning.
/// `scripts/check-ehf` checks all of this against the official rules.
package enum EHFRules {
    /// Every rule, in the order in which violations are listed.
    package static let all: [EHFRule] =
        content + parties + partyNumbers + payment + references + lineContent + lineAmounts
        + allowances + sums
        + EHFVATFamily.all.flatMap(\.rules) + vat + codes

    /// Every rule that the invoice violates once completed as by `completedForEHF`, in the order of
    /// `all`.
    package static func violations(in invoice: Invoice) -> [EHFViolation] {
        let invoice = invoice.completedForEHF
        return all.flatMap { rule in
            rule.findings(invoice).map { finding in
                EHFViolation(
                    rule: rule.number, finding: finding, advice: rule.advice,
                    isWarning: rule.isWarning)
            }
        }
    }

    static func isBlank(_ text: String?) -> Bool {
        EHFRule.isBlank(text)
    }
}

/// A rule by which the recipient's validator checks an EHF document, with its official number.
///
/// Numbers that begin with BR are from EN 16931, with UBL-SR from its UBL binding; the others are
/// Peppol's own and Norway's.
package struct EHFRule: Sendable {
    /// The official number, as `BR-CO-10`.
    package let number: String
    /// What the user should do.
    package let advice: Trilingual
    /// Whether a violation is only a warning, with which the document is accepted all the same.
    package let isWarning: Bool
    let findings: @Sendable (Invoice) -> [Trilingual]

    init(
        _ number: String, advice: String, isWarning: Bool = false,
        findings: @escaping @Sendable (Invoice) -> [Trilingual]
    ) {
        self.number = number
        self.advice = EHFTexts.text(advice)
        self.isWarning = isWarning
        self.findings = findings
    }

    /// A rule for the invoice as a whole.
    init(
        _ number: String, _ finding: String, _ advice: String, isWarning: Bool = false,
        isBroken: @escaping @Sendable (Invoice) -> Bool
    ) {
        self.init(number, advice: advice, isWarning: isWarning) {
            isBroken($0) ? [EHFTexts.text(finding)] : []
        }
    }

    /// A rule for each line on its own.
    static func line(
        _ number: String, _ finding: String, _ advice: String,
        isBroken: @escaping @Sendable (InvoiceLine, Invoice) -> Bool
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            invoice.lines.filter { isBroken($0, invoice) }
                .map { EHFTexts.text("Line % %", $0.id, EHFTexts.text(finding)) }
        }
    }

    /// A rule for totals, each compared with its expected value.
    static func sum(
        _ number: String, _ name: String, _ meaning: String, _ advice: String,
        amounts: @escaping @Sendable (Invoice) -> (stated: Money, expected: Money)
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            let (stated, expected) = amounts(invoice)
            guard stated != expected else { return [] }
            return [
                EHFTexts.text(
                    "%, %, is not %, %", EHFTexts.text(name), stated, EHFTexts.text(meaning),
                    expected)
            ]
        }
    }

    /// A rule for values from a code list; a value that is not stated violates nothing.
    static func codes(
        _ number: String, _ kind: String, _ advice: String, of list: Set<String>,
        values: @escaping @Sendable (Invoice) -> [String?]
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            values(invoice).compactMap(\.self).filter { !isBlank($0) && !list.contains($0) }
                .map { EHFTexts.text("% is no code for %", $0, EHFTexts.text(kind)) }
        }
    }

    /// Whether the text would result in no element.
    static func isBlank(_ text: String?) -> Bool {
        text?.allSatisfy(\.isWhitespace) ?? true
    }
}

/// A rule that an invoice violates: what is wrong, and what to do.
package struct EHFViolation: Hashable, Codable, Sendable {
    /// The official number, as `BR-CO-10`.
    package var rule: String
    /// What is wrong, as a sentence.
    package var finding: Trilingual
    /// What the user should do, as a sentence.
    package var advice: Trilingual
    /// Whether the recipient accepts the document all the same.
    package var isWarning: Bool

    package init(rule: String, finding: Trilingual, advice: Trilingual, isWarning: Bool = false) {
        self.rule = rule
        self.finding = finding
        self.advice = advice
        self.isWarning = isWarning
    }
}

extension EHFViolation: CustomStringConvertible {
    /// The violation as two sentences, with the rule's number in parentheses.
    package var words: Trilingual {
        Trilingual { "\(finding[$0]) (\(rule)). \(advice[$0])." }
    }

    /// The violation in English, for logs.
    package var description: String { words.en }
}
