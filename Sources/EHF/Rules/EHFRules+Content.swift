import Invoicing

extension EHFRules {
    /// What the head of a document must say.
    static let content: [EHFRule] = [
        EHFRule("BR-02", "The invoice has no number", "Give it one") { isBlank($0.number) },
        EHFRule("BR-05", "The invoice has no currency", "State one, as NOK") {
            isBlank($0.currency.rawValue)
        },
        EHFRule("BR-16", "The invoice has no line", "Add what is invoiced") { $0.lines.isEmpty },
        EHFRule(
            "BR-29", "The invoiced period ends before it starts", "Correct the period"
        ) { isReversed($0.period) },
        EHFRule(
            "BR-53", "The VAT in the accounting currency is not stated",
            "Reckon the VAT in that currency, or leave the currency out"
        ) { $0.taxCurrency != nil && $0.taxCurrencyVATTotal == nil },
        EHFRule(
            "BR-CO-03", "The day of supply is stated both as a day and as a code",
            "Keep one of them"
        ) { $0.taxPointDate != nil && !isBlank($0.taxPointCode) },
        EHFRule(
            "BR-CO-25", "There is something to pay, and neither due date nor payment terms",
            "Set a due date"
        ) {
            $0.type == .invoice && $0.totals.payable > .zero && $0.dueDate == nil
                && isBlank($0.payment.terms)
        },
        EHFRule(
            "BR-CL-08", "A note has three letters between number signs that mean no subject",
            "Write the note without number signs"
        ) { !$0.notes.allSatisfy(hasKnownSubject) },
        EHFRule(
            "PEPPOL-EN16931-R003", "There is neither a buyer's reference nor an order number",
            "Ask the customer for its reference, and set it on the customer or the agreement"
        ) {
            [$0.references.buyerReference, $0.references.purchaseOrder, $0.references.salesOrder]
                .allSatisfy(isBlank)
        },
        EHFRule(
            "PEPPOL-EN16931-R005", "The accounting currency is the invoice's own",
            "Leave the accounting currency out"
        ) { $0.taxCurrency == $0.currency },
        EHFRule(
            "PEPPOL-EN16931-R055", "The VAT in the two currencies has different signs",
            "Reckon the VAT in the accounting currency anew"
        ) { invoice in
            guard invoice.taxCurrency != nil, let other = invoice.taxCurrencyVATTotal else {
                return false
            }
            let vat = invoice.totals.vatTotal
            return (vat > .zero && other < .zero) || (vat < .zero && other > .zero)
        },
    ]

    static func isReversed(_ period: DatePeriod?) -> Bool {
        period.map { $0.end < $0.start } ?? false
    }

    /// A subject stands between the first two number signs, and is three letters long.
    private static func hasKnownSubject(_ note: String) -> Bool {
        let parts = note.split(separator: "#", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].unicodeScalars.count == 3 else { return true }
        return EHFCodes.noteSubjects.contains(String(parts[1]))
    }
}
