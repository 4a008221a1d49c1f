import TestSupport

@testable import EHF
@testable import Invoicing

extension EHFCase {
    /// The ten cases of a VAT category.
    static func families(_ family: EHFVATFamily) -> [EHFCase] {
        let rate: FixedDecimal? =
            switch family.rate {
            case .aboveZero: 25
            case .zero: .zero
            case .none: nil
            }
        let category = VATCategory(code: family.code, rate: rate)
        return [notBrokenDown(family, category)] + numbers(family, category)
            + rates(family) + amounts(family, category)
    }

    /// The category stands alone in a line, an allowance or a charge.
    private static func places(_ category: VATCategory) -> [Invoice] {
        let elsewhere = [EHFSample.line(vat: EHFSample.elsewhere)]
        return [
            sample(category),
            sample(
                category, lines: elsewhere,
                allowances: [EHFSample.empty(isCharge: false, category)]),
            sample(
                category, lines: elsewhere,
                allowances: [EHFSample.empty(isCharge: true, category)]),
        ]
    }

    private static func notBrokenDown(_ family: EHFVATFamily, _ category: VATCategory) -> EHFCase {
        let rule = "\(family.prefix)-01"
        let lines = [EHFSample.line(vat: EHFSample.elsewhere), EHFSample.emptyLine(category)]
        return EHFCase(rule, of: sample(category, lines: lines)) {
            $0.vatBreakdown.removeAll { $0.category == category }
        }
    }

    private static func numbers(_ family: EHFVATFamily, _ category: VATCategory) -> [EHFCase] {
        // With no category O about, O-11 to O-14 are silent.
        let places = family.code == "O" ? [sample(category)] : places(category)
        let also = ["S", "Z", "E"].contains(family.code) ? ["NO-R-002"] : []
        let cases = zip(2..., places).map { number, invoice in
            EHFCase("\(family.prefix)-0\(number)", also: also, of: invoice) {
                switch family.code {
                case "O": $0.buyer.vatNumber = "NO987654325MVA"
                case "K": $0.buyer.vatNumber = nil
                case "G": $0.seller.vatNumber = nil
                case "AE": $0.buyer.organisationNumber = nil
                default: ($0.seller.vatNumber, $0.seller.taxRegistration) = (nil, nil)
                }
            }
        }
        guard family.code == "O" else { return cases }
        return cases
            + zip(3..., [false, true]).map { number, isCharge in
                EHFCase("BR-O-0\(number)", also: ["BR-O-02"], of: sample(category)) {
                    $0.allowances = [EHFSample.empty(isCharge: isCharge, category)]
                    $0.buyer.vatNumber = "NO987654325MVA"
                }
            }
    }

    private static func rates(_ family: EHFVATFamily) -> [EHFCase] {
        let rate: FixedDecimal = family.rate == .aboveZero ? .zero : 25
        let category = VATCategory(code: family.code, rate: rate)
        return zip(5..., places(category)).map { number, invoice in
            let also = family.code == "O" && number > 5 ? ["BR-O-11", "BR-O-12"] : []
            return EHFCase("\(family.prefix)-0\(number)", also: also, of: invoice) {
                $0.lines[0].quantity = .zero
                $0.lines[0].netAmount = .zero
                $0.addUp()
                // Under way to the document, S of nothing loses its reason.
                for index in $0.vatBreakdown.indices where family.reason == .forbidden {
                    $0.vatBreakdown[index].exemptionReason = nil
                }
            }
        }
    }

    private static func amounts(_ family: EHFVATFamily, _ category: VATCategory) -> [EHFCase] {
        let isTaxed = family.rate == .aboveZero
        let amount = Money(hundredths: isTaxed ? 100 : 1)
        let invoice = sample(category)
        return [
            EHFCase("\(family.prefix)-08", of: invoice) {
                $0.vatBreakdown[0].taxableAmount += amount
            },
            EHFCase("\(family.prefix)-09", also: isTaxed ? ["BR-CO-17"] : [], of: invoice) {
                $0.addTax(amount)
            },
            EHFCase("\(family.prefix)-10", of: invoice) {
                $0.vatBreakdown[0].exemptionReason =
                    family.reason == .forbidden ? "Fritatt" : nil
            },
        ]
    }
}
