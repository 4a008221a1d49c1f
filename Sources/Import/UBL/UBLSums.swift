import Invoicing

/// Checks the totals of a document by the rules of EN 16931, BR-CO-10 to BR-CO-17.
///
/// Totals are exact; only the VAT of a category may differ from its rate by less than one whole
/// unit, since some sellers round line by line. That is the tolerance of the standard's own
/// validation.
struct UBLSums {
    let invoice: Invoice
    let totals: UBLElement
    let taxTotal: UBLElement

    /// A difference of less than a whole unit is within BR-CO-17.
    static let vatTolerance = Money(hundredths: 100)

    /// Whether everything that is summed up, whatever its sign, is within the range of an amount,
    /// so that neither a total nor a part of one can exceed it.
    var isWithinBounds: Bool {
        let allowances = invoice.allowances + invoice.lines.flatMap(\.allowances)
        let amounts =
            invoice.lines.map(\.netAmount) + allowances.map(\.amount)
            + invoice.vatBreakdown.flatMap { [$0.taxableAmount, $0.taxAmount] }
        let sum = amounts.reduce(Int128(0)) { $0 + Int128($1.hundredths.magnitude) }
        return sum <= Int128(Money.ceiling.hundredths)
    }

    func check() {
        guard isWithinBounds else {
            return totals.findings.fault(
                totals, "is of amounts that are more together than ten thousand milliard",
                advice: "See whether the amounts are right; split the invoice if they are")
        }
        let sums = invoice.totals
        let charges = invoice.allowances.filter(\.isCharge).map(\.amount).sum()
        let allowances = invoice.allowances.filter { !$0.isCharge }.map(\.amount).sum()
        expect(
            "LineExtensionAmount", "BR-CO-10", sums.lineTotal,
            invoice.lines.map(\.netAmount).sum(), "the sum of the lines")
        expect(
            "AllowanceTotalAmount", "BR-CO-11", sums.allowanceTotal, allowances,
            "the sum of the allowances")
        expect(
            "ChargeTotalAmount", "BR-CO-12", sums.chargeTotal, charges, "the sum of the charges")
        expect(
            "TaxExclusiveAmount", "BR-CO-13", sums.taxExclusive,
            sums.lineTotal - sums.allowanceTotal + sums.chargeTotal,
            "lines − allowances + charges")
        expect(
            "TaxInclusiveAmount", "BR-CO-15", sums.taxInclusive,
            sums.taxExclusive + sums.vatTotal, "the amount without VAT + VAT")
        expect(
            "PayableAmount", "BR-CO-16", sums.payable,
            sums.taxInclusive - sums.prepaid + sums.rounding,
            "the amount with VAT − prepaid + rounding")
        checkVAT()
    }

    private func expect(
        _ name: String, _ rule: String, _ stated: Money, _ expected: Money, _ meaning: String
    ) {
        fault(totals.component(name) ?? totals, rule, stated, expected, meaning)
    }

    private func fault(
        _ element: UBLElement, _ rule: String, _ stated: Money, _ expected: Money,
        _ meaning: String
    ) {
        guard stated != expected else { return }
        element.findings.fault(
            element, value: "\(stated)", "is not \(meaning), \(expected) (\(rule))",
            advice: "Correct the sum where the file is made")
    }

    private func checkVAT() {
        let subtotals = taxTotal.elements("TaxSubtotal")
        for (element, subtotal) in zip(subtotals, invoice.vatBreakdown) {
            let expected = subtotal.taxableAmount.percent(subtotal.category.rate ?? .zero)
            let difference = subtotal.taxAmount - expected
            guard difference >= Self.vatTolerance || difference <= -Self.vatTolerance else {
                continue
            }
            fault(
                element.component("TaxAmount") ?? element, "BR-CO-17", subtotal.taxAmount,
                expected, "the category's rate of its amount")
        }
        fault(
            taxTotal.component("TaxAmount") ?? taxTotal, "BR-CO-14", invoice.totals.vatTotal,
            invoice.vatBreakdown.map(\.taxAmount).sum(), "the sum of the VAT subtotals")
    }
}

/// Reads VAT categories, subtotals, allowances and charges, and the totals: BG-20 to BG-23.
enum UBLVATReader {
    /// A category with its rate; a rate outside 0 to 100 percent is a fault.
    static func category(_ element: UBLElement) -> VATCategory {
        let rate = element.decimal("Percent")
        if let rate, rate < .zero || rate > FixedDecimal(100) {
            element.findings.fault(
                element.component("Percent") ?? element, value: "\(rate)",
                "is no VAT rate: it is not between 0 and 100",
                advice: "Correct the rate where the file is made")
            return VATCategory(code: element.text("ID") ?? "", rate: nil)
        }
        _ = element.element("TaxScheme")?.text("ID")
        return VATCategory(code: element.requiredText("ID", "BT-118 or BT-151"), rate: rate)
    }

    static func subtotal(_ element: UBLElement) -> VATSubtotal {
        let taxable = element.requiredMoney("TaxableAmount", "BT-116")
        let tax = element.requiredMoney("TaxAmount", "BT-117")
        guard let category = element.element("TaxCategory") else {
            element.faultMissing("TaxCategory", "BT-118", isAggregate: true)
            return VATSubtotal(
                category: VATCategory(code: "", rate: nil), taxableAmount: taxable,
                taxAmount: tax)
        }
        let reasons = category.texts("TaxExemptionReason")
        return VATSubtotal(
            category: Self.category(category), taxableAmount: taxable, taxAmount: tax,
            exemptionReason: reasons.isEmpty ? nil : reasons.joined(separator: "\n"),
            exemptionReasonCode: category.text("TaxExemptionReasonCode"))
    }

    static func allowance(_ element: UBLElement, isOfDocument: Bool) -> AllowanceCharge {
        let category = element.element("TaxCategory")
        if isOfDocument, category == nil {
            element.faultMissing("TaxCategory", "BT-95 or BT-102", isAggregate: true)
        }
        let reasons = element.texts("AllowanceChargeReason")
        return AllowanceCharge(
            isCharge: element.requiredBool("ChargeIndicator", "UBL"),
            amount: element.requiredMoney("Amount", "BT-92, BT-99, BT-136 or BT-141"),
            baseAmount: element.money("BaseAmount"),
            percent: element.decimal("MultiplierFactorNumeric"),
            reason: reasons.isEmpty ? nil : reasons.joined(separator: "\n"),
            reasonCode: element.text("AllowanceChargeReasonCode"),
            vat: category.map(Self.category))
    }

    static func totals(_ element: UBLElement, vat: Money) -> InvoiceTotals {
        InvoiceTotals(
            lineTotal: element.requiredMoney("LineExtensionAmount", "BT-106"),
            allowanceTotal: element.money("AllowanceTotalAmount") ?? .zero,
            chargeTotal: element.money("ChargeTotalAmount") ?? .zero,
            taxExclusive: element.requiredMoney("TaxExclusiveAmount", "BT-109"),
            vatTotal: vat,
            taxInclusive: element.requiredMoney("TaxInclusiveAmount", "BT-112"),
            prepaid: element.money("PrepaidAmount") ?? .zero,
            rounding: element.money("PayableRoundingAmount") ?? .zero,
            payable: element.requiredMoney("PayableAmount", "BT-115"))
    }
}
