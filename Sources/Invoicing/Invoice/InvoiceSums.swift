/// The VAT breakdown and the totals of an invoice's lines.
///
/// VAT is reckoned per category and rate on the sum of its lines, half away from zero (BR-CO-17),
/// never line by line: the sum is what is stated and paid.
struct InvoiceSums {
    let vatBreakdown: [VATSubtotal]
    let totals: InvoiceTotals

    init(lines: [InvoiceLine], texts: InvoiceTexts, roundsToUnit: Bool) {
        vatBreakdown = Dictionary(grouping: lines, by: \.vat)
            .map { Self.subtotal(of: $0, $1, texts) }
            .sorted { Self.order($0.category) < Self.order($1.category) }
        let exclusive = lines.map(\.netAmount).sum()
        let vat = vatBreakdown.map(\.taxAmount).sum()
        let inclusive = exclusive + vat
        let payable = roundsToUnit ? inclusive.roundedToUnit : inclusive
        totals = InvoiceTotals(
            lineTotal: exclusive, taxExclusive: exclusive, vatTotal: vat, taxInclusive: inclusive,
            rounding: payable - inclusive, payable: payable)
    }

    private static func subtotal(
        of category: VATCategory, _ lines: [InvoiceLine], _ texts: InvoiceTexts
    ) -> VATSubtotal {
        let taxable = lines.map(\.netAmount).sum()
        return VATSubtotal(
            category: category, taxableAmount: taxable,
            taxAmount: taxable.percent(category.rate ?? .zero),
            exemptionReason: texts.exemptionReason(ofCategory: category.code),
            exemptionReasonCode: InvoiceTexts.exemptionReasonCode(ofCategory: category.code))
    }

    /// The highest rate first, then by category, so that one invoice always reads the same.
    private static func order(_ category: VATCategory) -> (Int64, String) {
        (-(category.rate?.millionths ?? -1), category.code)
    }
}
