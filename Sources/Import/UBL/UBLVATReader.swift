import Invoicing

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
