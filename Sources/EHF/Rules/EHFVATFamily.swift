import Invoicing

/// The rules that EN 16931 has for every VAT category, numbered 01 to 10.
struct EHFVATFamily: Sendable {
    /// UNTDID 5305.
    let code: String
    /// The prefix of its rules' numbers.
    let prefix: String
    let rate: Rate
    let seller: Registration
    let buyer: Registration
    let reason: Reason

    enum Rate: Sendable {
        case aboveZero, zero, none
    }

    /// Which numbers a party must have: rules 02 to 04.
    enum Registration: Sendable {
        case vatNumber, vatOrOtherNumber, notVATNumber, free
    }

    enum Reason: Sendable {
        case required, forbidden
    }

    static let all = [
        EHFVATFamily(
            code: "S", prefix: "BR-S", rate: .aboveZero, seller: .vatOrOtherNumber, buyer: .free,
            reason: .forbidden),
        EHFVATFamily(
            code: "Z", prefix: "BR-Z", rate: .zero, seller: .vatOrOtherNumber, buyer: .free,
            reason: .forbidden),
        EHFVATFamily(
            code: "E", prefix: "BR-E", rate: .zero, seller: .vatOrOtherNumber, buyer: .free,
            reason: .required),
        EHFVATFamily(
            code: "AE", prefix: "BR-AE", rate: .zero, seller: .vatOrOtherNumber,
            buyer: .vatOrOtherNumber, reason: .required),
        EHFVATFamily(
            code: "K", prefix: "BR-IC", rate: .zero, seller: .vatNumber, buyer: .vatNumber,
            reason: .required),
        EHFVATFamily(
            code: "G", prefix: "BR-G", rate: .zero, seller: .vatNumber, buyer: .free,
            reason: .required),
        EHFVATFamily(
            code: "O", prefix: "BR-O", rate: .none, seller: .notVATNumber, buyer: .notVATNumber,
            reason: .required),
    ]

    /// Where a category may occur: there is a rule for each.
    enum Place: CaseIterable, Sendable {
        case line, allowance, charge
    }

    func categories(_ place: Place, _ invoice: Invoice) -> [VATCategory] {
        let all =
            switch place {
            case .line: invoice.lines.map(\.vat)
            case .allowance: invoice.allowances.filter { !$0.isCharge }.compactMap(\.vat)
            case .charge: invoice.allowances.filter(\.isCharge).compactMap(\.vat)
            }
        return all.filter { $0.code == code }
    }

    func subtotals(_ invoice: Invoice) -> [VATSubtotal] {
        invoice.vatBreakdown.filter { $0.category.code == code }
    }
}

extension EHFVATFamily {
    var rules: [EHFRule] {
        let places = Array(zip(Place.allCases, 2...))
        return [isBrokenDown] + places.map { hasNumbers($0, "0\($1)") }
            + places.map { hasRate($0, "0\($1 + 3)") }
            + [sumsUp, isTaxed, hasReason]
    }

    /// 01: the categories of lines and allowances are in the VAT breakdown: S for each rate, the
    /// others once.
    private var isBrokenDown: EHFRule {
        EHFRule(
            "\(prefix)-01", advice: "State the VAT of the category"
        ) { invoice in
            let isUsed = Place.allCases.contains { !categories($0, invoice).isEmpty }
            let count = subtotals(invoice).count
            let isBroken =
                rate == .aboveZero ? isUsed != (count > 0) : isUsed ? count != 1 : count > 1
            return isBroken ? [EHFTexts.text("VAT category % is not broken down once", code)] : []
        }
    }

    /// 02 to 04: the numbers required of seller and buyer.
    private func hasNumbers(_ place: Place, _ number: String) -> EHFRule {
        EHFRule(
            "\(prefix)-\(number)", advice: "Correct the party's numbers or the VAT code"
        ) { invoice in
            guard !categories(place, invoice).isEmpty else { return [] }
            return [sellerFinding(invoice), buyerFinding(invoice)].compactMap(\.self)
        }
    }

    private func sellerFinding(_ invoice: Invoice) -> Trilingual? {
        let represented = !EHFRule.isBlank(invoice.taxRepresentative?.vatNumber)
        let hasVAT = !EHFRule.isBlank(invoice.seller.vatNumber) || represented
        let hasOther = !EHFRule.isBlank(invoice.seller.taxRegistration)
        return finding("The seller", seller, hasVAT: hasVAT, hasOther: hasOther)
    }

    private func buyerFinding(_ invoice: Invoice) -> Trilingual? {
        let hasVAT = !EHFRule.isBlank(invoice.buyer.vatNumber)
        let hasOther = !EHFRule.isBlank(invoice.buyer.organisationNumber?.value)
        return finding("The buyer", buyer, hasVAT: hasVAT, hasOther: hasOther)
    }

    private func finding(_ party: String, _ rule: Registration, hasVAT: Bool, hasOther: Bool)
        -> Trilingual?
    {
        let party = EHFTexts.text(party)
        return switch rule {
        case .vatNumber where !hasVAT:
            EHFTexts.text("% has no VAT number, and VAT category is %", party, code)
        case .vatOrOtherNumber where !hasVAT && !hasOther:
            EHFTexts.text(
                "% has neither VAT number nor registration, and VAT category is %", party, code)
        case .notVATNumber where hasVAT:
            EHFTexts.text("% has a VAT number, and VAT category is %", party, code)
        default: nil
        }
    }

    /// 05 to 07: the rate.
    private func hasRate(_ place: Place, _ number: String) -> EHFRule {
        EHFRule("\(prefix)-\(number)", advice: "Correct the rate or the VAT code") { invoice in
            categories(place, invoice).filter { !isAllowed($0.rate) }.map {
                $0.rate.map { EHFTexts.text("VAT category % has the rate %", code, $0) }
                    ?? EHFTexts.text("VAT category % has no rate", code)
            }
        }
    }

    private func isAllowed(_ value: FixedDecimal?) -> Bool {
        switch rate {
        case .aboveZero: value.map { $0 > .zero } ?? false
        case .zero: value == .zero
        case .none: value == nil
        }
    }

    /// 08: the taxable amount, for S of each rate and within one whole unit.
    private var sumsUp: EHFRule {
        EHFRule("\(prefix)-08", advice: "Correct the sum where the invoice is made") { invoice in
            subtotals(invoice).compactMap { subtotal in
                let isOfIt = { (category: VATCategory?) in
                    guard let category, category.code == code else { return false }
                    return rate != .aboveZero || category.rate == subtotal.category.rate
                }
                let sum =
                    invoice.lines.filter { isOfIt($0.vat) }.map(\.netAmount).sum()
                    + invoice.allowances.filter { isOfIt($0.vat) }.map(\.signedAmount).sum()
                let difference = (subtotal.taxableAmount - sum).hundredths.magnitude
                guard difference > (rate == .aboveZero ? 99 : 0) else { return nil }
                return EHFTexts.text(
                    "The amount of VAT category %, %, is not the sum of its lines, %", code,
                    subtotal.taxableAmount, sum)
            }
        }
    }

    /// 09: the VAT amount, for S within one whole unit of the rate.
    private var isTaxed: EHFRule {
        EHFRule("\(prefix)-09", advice: "Reckon the VAT anew") { invoice in
            subtotals(invoice).filter { subtotal in
                guard rate == .aboveZero else { return subtotal.taxAmount != .zero }
                return !EHFRules.isWithinUnit(subtotal, of: subtotal.category.rate ?? .zero)
            }.map { EHFTexts.text("The VAT of category %, %, is wrong", code, $0.taxAmount) }
        }
    }

    /// 10: the reason for not charging VAT.
    private var hasReason: EHFRule {
        let isForbidden = reason == .forbidden
        return EHFRule(
            "\(prefix)-10", advice: isForbidden ? "Leave the reason out" : "State the reason"
        ) { invoice in
            let isBroken = subtotals(invoice).contains { subtotal in
                let isStated =
                    !EHFRule.isBlank(subtotal.exemptionReason)
                    || !EHFRule.isBlank(subtotal.exemptionReasonCode)
                return isStated == isForbidden
            }
            guard isBroken else { return [] }
            return [
                isForbidden
                    ? EHFTexts.text("VAT category % has a reason for there being no VAT", code)
                    : EHFTexts.text("VAT category % has no reason for there being no VAT", code)
            ]
        }
    }
}
