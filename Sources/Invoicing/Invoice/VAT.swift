/// A VAT category with its rate (BT-118 and BT-119, BT-151 and BT-152).
package struct VATCategory: Hashable, Codable, Sendable {
    /// UNCL 5305: S standard and reduced, Z zero, E exempt, AE reverse charge, K intra-community,
    /// G export, O outside the Act.
    package var code: String
    /// Percent; nil where the category has none (O).
    package var rate: FixedDecimal?

    package init(code: String, rate: FixedDecimal?) {
        self.code = code
        self.rate = rate
    }
}

extension VATCategory {
    /// A category that has VAT: the general rate and the reduced ones.
    package static func standard(_ percent: FixedDecimal) -> VATCategory {
        VATCategory(code: "S", rate: percent)
    }

    /// No VAT, and yet within the Act (fritatt).
    package static let zeroRated = VATCategory(code: "Z", rate: .zero)
    /// Without VAT and without the right to deduct (unntatt).
    package static let exempt = VATCategory(code: "E", rate: .zero)
    /// The buyer reckons the VAT (omvendt avgiftsplikt).
    package static let reverseCharge = VATCategory(code: "AE", rate: .zero)
    /// Delivered out of the country.
    package static let export = VATCategory(code: "G", rate: .zero)
    /// Outside the Act, which has no rate, not even 0 % (BR-O-05).
    package static let outsideScope = VATCategory(code: "O", rate: nil)
}

/// BG-23: the VAT of one category and rate.
package struct VATSubtotal: Hashable, Codable, Sendable {
    package var category: VATCategory
    /// BT-116.
    package var taxableAmount: Money
    /// BT-117.
    package var taxAmount: Money
    /// BT-120, BT-121.
    package var exemptionReason: String?
    package var exemptionReasonCode: String?

    package init(
        category: VATCategory, taxableAmount: Money, taxAmount: Money,
        exemptionReason: String? = nil, exemptionReasonCode: String? = nil
    ) {
        self.category = category
        self.taxableAmount = taxableAmount
        self.taxAmount = taxAmount
        self.exemptionReason = exemptionReason
        self.exemptionReasonCode = exemptionReasonCode
    }
}

/// BG-22: the sums of an invoice.
package struct InvoiceTotals: Hashable, Codable, Sendable {
    /// BT-106.
    package var lineTotal: Money
    /// BT-107.
    package var allowanceTotal: Money
    /// BT-108.
    package var chargeTotal: Money
    /// BT-109.
    package var taxExclusive: Money
    /// BT-110.
    package var vatTotal: Money
    /// BT-112.
    package var taxInclusive: Money
    /// BT-113.
    package var prepaid: Money
    /// BT-114, øreavrunding.
    package var rounding: Money
    /// BT-115.
    package var payable: Money

    package init(
        lineTotal: Money, allowanceTotal: Money = .zero, chargeTotal: Money = .zero,
        taxExclusive: Money, vatTotal: Money, taxInclusive: Money, prepaid: Money = .zero,
        rounding: Money = .zero, payable: Money
    ) {
        self.lineTotal = lineTotal
        self.allowanceTotal = allowanceTotal
        self.chargeTotal = chargeTotal
        self.taxExclusive = taxExclusive
        self.vatTotal = vatTotal
        self.taxInclusive = taxInclusive
        self.prepaid = prepaid
        self.rounding = rounding
        self.payable = payable
    }
}
