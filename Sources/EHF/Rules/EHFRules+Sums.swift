import Invoicing

extension EHFRules {
    /// What the totals must add up to; to the last hundredth.
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
