package import Invoicing

/// The rules of EHF, by which a document is checked before it is sent.
///
/// They are those of EN 16931, Peppol BIS Billing 3.0 and Norway that an `Invoice` can break. What
/// the type or the writer makes sure of is no rule here: that amounts have two decimals (BR-DEC),
/// that nothing is empty (PEPPOL-EN16931-R008), that profile and customisation are named (R004,
/// R007), that there is one note (R002), that there are the sums of VAT that there must be (R053 and
/// R054, but for BR-CO-18 and BR-53). Other countries' own rules are left to their validators, and so
/// are the Canaries' and Ceuta's taxes (L, M), Italy's split payment (B) and the form of Italian
/// numbers, which is warned of only. `scripts/check-ehf` holds all this against the official rules.
package enum EHFRules {
    package static let all: [EHFRule] =
        content + parties + partyNumbers + payment + references + lineContent + lineAmounts
        + allowances + sums
        + EHFVATFamily.all.flatMap(\.rules) + vat + codes

    /// All that the invoice breaks once completed as by `completedForEHF`, in the rules' order.
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

/// A rule that the receiver's validator holds an EHF document to, under the rule's own number.
///
/// Numbers that begin with BR are those of EN 16931, with UBL-SR those of its UBL binding; the
/// others are Peppol's own and Norway's.
package struct EHFRule: Sendable {
    package let number: String
    /// What a person does about it.
    package let advice: Trilingual
    /// A warning is reported by validators, and the document goes through all the same.
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

    /// A rule that an invoice breaks as a whole.
    init(
        _ number: String, _ finding: String, _ advice: String, isWarning: Bool = false,
        isBroken: @escaping @Sendable (Invoice) -> Bool
    ) {
        self.init(number, advice: advice, isWarning: isWarning) {
            isBroken($0) ? [EHFTexts.text(finding)] : []
        }
    }

    /// A rule that lines break, each for itself.
    static func line(
        _ number: String, _ finding: String, _ advice: String,
        isBroken: @escaping @Sendable (InvoiceLine, Invoice) -> Bool
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            invoice.lines.filter { isBroken($0, invoice) }
                .map { EHFTexts.text("Line % %", $0.id, EHFTexts.text(finding)) }
        }
    }

    /// A rule of sums, each stated beside what it must be.
    static func sum(
        _ number: String, _ name: String, _ meaning: String, _ advice: String,
        amounts: @escaping @Sendable (Invoice) -> (stated: Money, reckoned: Money)
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            let (stated, reckoned) = amounts(invoice)
            guard stated != reckoned else { return [] }
            return [
                EHFTexts.text(
                    "%, %, is not %, %", EHFTexts.text(name), stated, EHFTexts.text(meaning),
                    reckoned)
            ]
        }
    }

    /// A rule of values that must be of a code list; what is not stated breaks nothing.
    static func codes(
        _ number: String, _ kind: String, _ advice: String, of list: Set<String>,
        values: @escaping @Sendable (Invoice) -> [String?]
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            values(invoice).compactMap(\.self).filter { !isBlank($0) && !list.contains($0) }
                .map { EHFTexts.text("% is no code for %", $0, EHFTexts.text(kind)) }
        }
    }

    /// Whether nothing would be written for the text.
    static func isBlank(_ text: String?) -> Bool {
        text?.allSatisfy(\.isWhitespace) ?? true
    }
}

/// A rule that an invoice breaks: what is wrong, and what to do.
package struct EHFViolation: Hashable, Codable, Sendable {
    /// The official number, as `BR-CO-10`.
    package var rule: String
    package var finding: Trilingual
    package var advice: Trilingual
    /// Whether the receiver takes the document all the same.
    package var isWarning: Bool

    package init(rule: String, finding: Trilingual, advice: Trilingual, isWarning: Bool = false) {
        self.rule = rule
        self.finding = finding
        self.advice = advice
        self.isWarning = isWarning
    }
}

extension EHFViolation: CustomStringConvertible {
    /// The violation as two sentences, the rule's number in parentheses.
    package var words: Trilingual {
        Trilingual { "\(finding[$0]) (\(rule)). \(advice[$0])." }
    }

    package var description: String { words.en }
}
