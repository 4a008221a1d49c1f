package import Invoicing

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
