import Invoicing

extension EHFRules {
    /// What a line's price and amount must be.
    static let lineAmounts: [EHFRule] = [
        .line("BR-27", "has a price below zero", "Put the minus on the quantity") { line, _ in
            line.unitPrice < .zero
        },
        .line("BR-28", "has a gross price below zero", "Put the minus on the quantity") { line, _ in
            line.grossPrice.map { $0 < .zero } ?? false
        },
        .line(
            "PEPPOL-EN16931-R046", "has a price that is not its gross price less the discount",
            "Correct the discount"
        ) { line, _ in
            guard let gross = line.grossPrice, let discount = line.priceDiscount else {
                return false
            }
            let reckoned = Int128(gross.millionths) - Int128(discount.millionths)
            return Int128(line.unitPrice.millionths) != reckoned
        },
        .line(
            "PEPPOL-EN16931-R120",
            "has another amount than quantity × price + charges − allowances",
            "State the price with more decimals, or per a larger quantity"
        ) { line, _ in !isProduct(line) },
        .line(
            "PEPPOL-EN16931-R121", "has a price per a quantity that is not above zero",
            "Correct the quantity, or leave it out for a price per one"
        ) { line, _ in line.priceBaseQuantity.map { $0 <= .zero } ?? false },
    ]

    /// Within two hundredths, as Peppol has it; reckoned without any division, so exactly.
    private static func isProduct(_ line: InvoiceLine) -> Bool {
        let stated = line.priceBaseQuantity ?? .one
        let base = Int128(stated == .zero ? FixedDecimal.one.millionths : stated.millionths)
        let net = line.netAmount - line.allowances.map(\.signedAmount).sum()
        let product = Int128(line.quantity.millionths) * Int128(line.unitPrice.millionths)
        // All in millionths of millionths, and times the base quantity.
        let (amount, isOverflow) = Int128(net.hundredths)
            .multipliedReportingOverflow(by: base * 10_000)
        let difference = amount.subtractingReportingOverflow(product)
        guard !isOverflow, !difference.overflow else { return false }
        return difference.partialValue.magnitude <= (base * 20_000).magnitude
    }
}
