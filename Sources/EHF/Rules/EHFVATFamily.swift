import Invoicing

/// The rules that EN 16931 has for each VAT category alike, numbered 01 to 10.
struct EHFVATFamily: Sendable {
    /// UNTDID 5305.
    let code: String
    /// What its rules' numbers begin with.
    let prefix: String
    let rate: Rate
    let seller: Registration
    let buyer: Registration
    let reason: Reason

    enum Rate: Sendable {
        case aboveZero, zero, none
    }

    /// Which numbers a party must have: 02 to 04.
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

    /// Where the category stands: a rule for each.
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
