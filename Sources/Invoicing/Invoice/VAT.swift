/// A VAT category with its rate (BT-118 and BT-119, BT-151 and BT-152).
package struct VATCategory: Hashable, Codable, Sendable {
    /// UNCL 5305: S standard and reduced, Z zero, E exempt, AE reverse charge, K intra-community, G
    /// export, O outside the Act.
    package var code: String
    /// Percent; nil where the category has none (O).
    package var rate: FixedDecimal?

    package init(code: String, rate: FixedDecimal?) {
        self.code = code
        self.rate = rate
    }
}

extension VATCategory {
    /// A category with VAT: the general rate and the reduced ones.
    package static func standard(_ percent: FixedDecimal) -> VATCategory {
        VATCategory(code: "S", rate: percent)
    }

    /// No VAT, but within the Act (fritatt).
    package static let zeroRated = VATCategory(code: "Z", rate: .zero)
    /// Without VAT and without the right to deduct it (unntatt).
    package static let exempt = VATCategory(code: "E", rate: .zero)
    /// The buyer accounts for the VAT (omvendt avgiftsplikt).
    package static let reverseCharge = VATCategory(code: "AE", rate: .zero)
    /// Delivered abroad.
    package static let export = VATCategory(code: "G", rate: .zero)
    /// Outside the Act, which has no rate, not even 0 % (BR-O-05).
    package static let outsideScope = VATCategory(code: "O", rate: nil)
}

/// BG-23: the VAT of one category and rate.
package struct VATSubtotal: Hashable, Codable, Sendable {
    /// BT-118 and BT-119.
    package var category: VATCategory
    /// BT-116.
    package var taxableAmount: Money
    /// BT-117.
    package var taxAmount: Money
    /// BT-120.
    package var exemptionReason: String?
    /// BT-121.
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

/// BG-22: the totals of an invoice.
package struct InvoiceTotals: Hashable, Codable, Sendable {
    /// BT-106, the sum of the lines.
    package var lineTotal: Money
    /// BT-107, the sum of the document's allowances.
    package var allowanceTotal: Money
    /// BT-108, the sum of the document's charges.
    package var chargeTotal: Money
    /// BT-109: lines − allowances + charges.
    package var taxExclusive: Money
    /// BT-110.
    package var vatTotal: Money
    /// BT-112: BT-109 + BT-110.
    package var taxInclusive: Money
    /// BT-113.
    package var prepaid: Money
    /// BT-114, from øreavrunding; may be negative.
    package var rounding: Money
    /// BT-115, the amount due.
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

/// The category and rate of a VAT code from a day on, until a later entry of the same code.
package struct VATRate: Hashable, Codable, Sendable {
    /// The seller's own code, such as SAF-T's standard codes: `3` for the general rate.
    package var code: String
    package var category: VATCategory
    /// The first day on which it applies.
    package var validFrom: CivilDate

    package init(code: String, category: VATCategory, validFrom: CivilDate) {
        self.code = code
        self.category = category
        self.validFrom = validFrom
    }
}

/// A seller's VAT codes with the history of their rates.
package struct VATRates: Hashable, Sendable {
    /// By code, the newest first.
    private let rates: [String: [VATRate]]

    /// The rates may be in any order.
    package init(_ rates: [VATRate]) {
        self.rates = Dictionary(grouping: rates, by: \.code)
            .mapValues { $0.sorted { $0.validFrom > $1.validFrom } }
    }

    /// The rate of the code on the day; nil where the code is unknown or not valid yet.
    package func rate(of code: String, on date: CivilDate) -> VATRate? {
        rates[code]?.first { $0.validFrom <= date }
    }

    /// A part of a period in which one category and rate apply.
    package struct Part: Hashable, Sendable {
        package var period: DatePeriod
        package var category: VATCategory
    }

    /// The period split where the code's category or rate changes; nil where it has none on the
    /// first day.
    ///
    /// The rate is that of the delivery (merverdiavgiftsloven § 22-1), not that of the invoice.
    package func parts(
        of code: String, during period: DatePeriod,
        by category: (VATRate) -> VATCategory = \.category
    ) -> [Part]? {
        guard let first = rate(of: code, on: period.start) else { return nil }
        var parts = [Part(period: period, category: category(first))]
        let changes = (rates[code] ?? []).reversed()
            .filter { period.start < $0.validFrom && $0.validFrom <= period.end }
        for rate in changes where category(rate) != parts[parts.count - 1].category {
            parts[parts.count - 1].period.end = rate.validFrom.adding(days: -1)
            parts.append(
                Part(
                    period: DatePeriod(start: rate.validFrom, end: period.end),
                    category: category(rate)))
        }
        return parts
    }
}

extension VATRate {
    /// Norway's output VAT by the standard codes of SAF-T Financial (skatteetaten.no), for a set-up
    /// without codes of its own.
    ///
    /// The rates are from Stortinget's yearly decisions on merverdiavgift.
    package static let norwegian: [VATRate] = [
        norwegian("3", .standard(25), since: 2005, 1),
        norwegian("31", .standard(15), since: 2012, 1),
        norwegian("32", .standard(FixedDecimal(millionths: 11_110_000)), since: 2005, 1),
        norwegian("33", .standard(12), since: 2021, 10),
        norwegian("5", .zeroRated, since: 2005, 1),
        norwegian("51", .reverseCharge, since: 2005, 1),
        norwegian("52", .export, since: 2005, 1),
        norwegian("6", .exempt, since: 2005, 1),
        norwegian("7", .outsideScope, since: 2005, 1),
    ]

    private static func norwegian(
        _ code: String, _ category: VATCategory, since year: Int, _ month: Int
    ) -> VATRate {
        VATRate(
            code: code, category: category,
            validFrom: CivilDate(year: year, month: month, day: 1) ?? .earliest)
    }
}
