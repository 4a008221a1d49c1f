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
