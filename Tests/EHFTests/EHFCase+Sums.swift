import TestSupport

@testable import Invoicing

extension EHFCase {
    private static let cent = Money(hundredths: 1)

    static let allowances: [EHFCase] = [
        EHFCase("BR-32") { $0.allowances = [EHFSample.empty(isCharge: false)] },
        EHFCase("BR-37") { $0.allowances = [EHFSample.empty(isCharge: true)] },
        EHFCase("BR-33", also: ["BR-CO-21"]) { addUnreasoned(to: &$0, isCharge: false) },
        EHFCase("BR-CO-21", also: ["BR-33"]) { addUnreasoned(to: &$0, isCharge: false) },
        EHFCase("BR-38", also: ["BR-CO-22"]) { addUnreasoned(to: &$0, isCharge: true) },
        EHFCase("BR-CO-22", also: ["BR-38"]) { addUnreasoned(to: &$0, isCharge: true) },
        line("BR-42", also: ["BR-CO-23"], isCharge: false) { $0.reason = nil },
        line("BR-CO-23", also: ["BR-42"], isCharge: false) { $0.reason = nil },
        line("BR-44", also: ["BR-CO-24"], isCharge: true) { $0.reason = nil },
        line("BR-CO-24", also: ["BR-44"], isCharge: true) { $0.reason = nil },
        line("PEPPOL-EN16931-R040", isCharge: true) {
            ($0.baseAmount, $0.percent) = (Money(hundredths: 3), 100)
        },
        line("PEPPOL-EN16931-R041", isCharge: true) { $0.percent = 0 },
        line("PEPPOL-EN16931-R042", isCharge: true) { $0.baseAmount = .zero },
        line("BR-CL-19", isCharge: false) { $0.reasonCode = "FC" },
        line("BR-CL-20", isCharge: true) { $0.reasonCode = "95" },
    ]

    private static func addUnreasoned(to invoice: inout Invoice, isCharge: Bool) {
        invoice.allowances = [EHFSample.empty(isCharge: isCharge, .standard(25), reason: nil)]
    }

    private static func line(
        _ rule: String, also: [String] = [], isCharge: Bool,
        _ change: (inout AllowanceCharge) -> Void
    ) -> EHFCase {
        var allowance = EHFSample.empty(isCharge: isCharge)
        change(&allowance)
        return EHFCase(rule, also: also) { $0.lines[0].allowances = [allowance] }
    }

    static let sums: [EHFCase] = [
        EHFCase("BR-CO-10", also: ["BR-CO-13"]) { $0.totals.lineTotal += cent },
        EHFCase("BR-CO-11", also: ["BR-CO-13"]) { $0.totals.allowanceTotal += cent },
        EHFCase("BR-CO-12", also: ["BR-CO-13"]) { $0.totals.chargeTotal += cent },
        EHFCase("BR-CO-13") {
            $0.totals.taxExclusive += cent
            $0.totals.taxInclusive += cent
            $0.totals.payable += cent
        },
        EHFCase("BR-CO-14") {
            $0.totals.vatTotal += cent
            $0.totals.taxInclusive += cent
            $0.totals.payable += cent
        },
        EHFCase("BR-CO-15") {
            $0.totals.taxInclusive += cent
            $0.totals.payable += cent
        },
        EHFCase("BR-CO-16") { $0.totals.payable += cent },
    ]

    static let vat: [EHFCase] = [
        EHFCase("BR-47") { $0.addSubtotal("") },
        EHFCase("BR-48") { $0.addSubtotal("L", rate: nil) },
        EHFCase(
            "BR-CO-17", of: EHFSample.invoice(lines: [EHFSample.line(vat: EHFSample.elsewhere)])
        ) {
            $0.vatBreakdown[0].exemptionReason = nil
            $0.addTax(Money(hundredths: 50))
        },
        EHFCase(
            "BR-CO-18", of: EHFSample.invoice(lines: [EHFSample.line(vat: EHFSample.elsewhere)])
        ) { $0.vatBreakdown = [] },
        exemption("PEPPOL-EN16931-P0104", "VATEX-EU-G"),
        exemption("PEPPOL-EN16931-P0105", "VATEX-EU-O"),
        exemption("PEPPOL-EN16931-P0106", "VATEX-EU-IC"),
        exemption("PEPPOL-EN16931-P0107", "VATEX-EU-AE"),
        exemption("PEPPOL-EN16931-P0108", "VATEX-EU-D", of: .reverseCharge),
        exemption("PEPPOL-EN16931-P0109", "VATEX-EU-F", of: .reverseCharge),
        exemption("PEPPOL-EN16931-P0110", "VATEX-EU-I", of: .reverseCharge),
        exemption("PEPPOL-EN16931-P0111", "VATEX-EU-J", of: .reverseCharge),
        EHFCase("BR-O-11", of: sample(.outsideScope)) { $0.addSubtotal("L") },
        EHFCase("BR-O-12", of: sample(.outsideScope)) {
            $0.lines.append(EHFSample.emptyLine(EHFSample.elsewhere))
        },
        EHFCase("BR-O-13", of: sample(.outsideScope)) {
            $0.allowances = [EHFSample.empty(isCharge: false, EHFSample.elsewhere)]
        },
        EHFCase("BR-O-14", of: sample(.outsideScope)) {
            $0.allowances = [EHFSample.empty(isCharge: true, EHFSample.elsewhere)]
        },
        EHFCase("BR-IC-11", of: sample(VATCategory(code: "K", rate: .zero))) {
            $0.delivery?.date = nil
        },
        EHFCase("BR-IC-12", of: sample(VATCategory(code: "K", rate: .zero))) {
            $0.delivery?.address = nil
        },
    ]

    private static func exemption(
        _ rule: String, _ code: String, of category: VATCategory = .exempt
    )
        -> EHFCase
    {
        EHFCase(rule, of: sample(category)) { $0.vatBreakdown[0].exemptionReasonCode = code }
    }

    /// An invoice of one category, with all that the category asks for.
    static func sample(
        _ category: VATCategory, lines: [InvoiceLine]? = nil, allowances: [AllowanceCharge] = []
    ) -> Invoice {
        EHFSample.invoice(lines: lines ?? [EHFSample.line(vat: category)], allowances: allowances)
            .with {
                switch category.code {
                case "O": $0.seller.vatNumber = nil
                case "K":
                    $0.buyer.vatNumber = "NO987654325MVA"
                    $0.delivery = InvoiceDelivery(
                        date: $0.issueDate, address: Address(country: "SE"))
                default: break
                }
            }
    }
}
