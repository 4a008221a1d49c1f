import Invoicing

/// Writes allowances, VAT and the totals: BG-20 to BG-23.
enum EHFSums {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        let currency = invoice.currency
        return invoice.allowances.map { allowance($0, currency) }
            + [taxTotal(invoice), taxCurrencyTotal(invoice), totals(invoice)]
    }

    /// An allowance or charge of the document or of a line.
    static func allowance(_ allowance: AllowanceCharge, _ currency: CurrencyCode) -> EHFElement? {
        .group(
            "AllowanceCharge",
            [
                .value("ChargeIndicator", allowance.isCharge ? "true" : "false"),
                .value("AllowanceChargeReasonCode", allowance.reasonCode),
                .value("AllowanceChargeReason", allowance.reason),
                .value("MultiplierFactorNumeric", allowance.percent?.description),
                amount("Amount", allowance.amount, currency),
                amount("BaseAmount", allowance.baseAmount, currency),
                allowance.vat.flatMap { category("TaxCategory", $0) },
            ])
    }

    static func amount(_ name: String, _ amount: Money?, _ currency: CurrencyCode) -> EHFElement? {
        .value(name, amount?.description, ("currencyID", currency.rawValue))
    }

    static func category(
        _ name: String, _ category: VATCategory, reason: String? = nil, reasonCode: String? = nil
    ) -> EHFElement? {
        .group(
            name,
            [
                .value("ID", category.code), .value("Percent", category.rate?.description),
                .value("TaxExemptionReasonCode", reasonCode),
                .value("TaxExemptionReason", reason),
                .group("TaxScheme", [.value("ID", "VAT")]),
            ])
    }

    private static func taxTotal(_ invoice: Invoice) -> EHFElement? {
        let subtotals = invoice.vatBreakdown.map { subtotal in
            EHFElement.group(
                "TaxSubtotal",
                [
                    amount("TaxableAmount", subtotal.taxableAmount, invoice.currency),
                    amount("TaxAmount", subtotal.taxAmount, invoice.currency),
                    category(
                        "TaxCategory", subtotal.category, reason: subtotal.exemptionReason,
                        reasonCode: subtotal.exemptionReasonCode),
                ])
        }
        return .group(
            "TaxTotal", [amount("TaxAmount", invoice.totals.vatTotal, invoice.currency)] + subtotals
        )
    }

    /// BT-111; without it the currency alone would be refused (BR-53), and the rules say so.
    private static func taxCurrencyTotal(_ invoice: Invoice) -> EHFElement? {
        guard let currency = invoice.taxCurrency else { return nil }
        return .group("TaxTotal", [amount("TaxAmount", invoice.taxCurrencyVATTotal, currency)])
    }

    /// Sums that are zero and rest on nothing are left out, as the standard's examples do.
    private static func totals(_ invoice: Invoice) -> EHFElement? {
        let totals = invoice.totals
        let stated = { (name: String, money: Money, isNeeded: Bool) -> EHFElement? in
            isNeeded || money != .zero ? amount(name, money, invoice.currency) : nil
        }
        return .group(
            "LegalMonetaryTotal",
            [
                amount("LineExtensionAmount", totals.lineTotal, invoice.currency),
                amount("TaxExclusiveAmount", totals.taxExclusive, invoice.currency),
                amount("TaxInclusiveAmount", totals.taxInclusive, invoice.currency),
                stated(
                    "AllowanceTotalAmount", totals.allowanceTotal,
                    invoice.allowances.contains { !$0.isCharge }),
                stated(
                    "ChargeTotalAmount", totals.chargeTotal,
                    invoice.allowances.contains(where: \.isCharge)),
                stated("PrepaidAmount", totals.prepaid, false),
                stated("PayableRoundingAmount", totals.rounding, false),
                amount("PayableAmount", totals.payable, invoice.currency),
            ])
    }
}
