import Invoicing

extension EHFRules {
    /// The VAT of any category.
    static let vat: [EHFRule] = [
        EHFRule("BR-47", "A sum of VAT has no category", "Set the VAT code of its lines") {
            $0.vatBreakdown.contains { isBlank($0.category.code) }
        },
        EHFRule("BR-48", advice: "Set the rate of the VAT code") { invoice in
            invoice.vatBreakdown.map(\.category).filter { $0.code != "O" && $0.rate == nil }
                .map { EHFTexts.text("VAT category % has no rate", $0.code) }
        },
        EHFRule("BR-CO-17", advice: "Reckon the VAT anew") { invoice in
            invoice.vatBreakdown.filter { !isTax($0) }.map {
                EHFTexts.text(
                    "The VAT % is not % percent of %", $0.taxAmount, $0.category.rate ?? .zero,
                    $0.taxableAmount)
            }
        },
        EHFRule("BR-CO-18", "The VAT is not broken down", "State the VAT of each category") {
            $0.vatBreakdown.isEmpty
        },
        exemption("PEPPOL-EN16931-P0104", "VATEX-EU-G", of: "G"),
        exemption("PEPPOL-EN16931-P0105", "VATEX-EU-O", of: "O"),
        exemption("PEPPOL-EN16931-P0106", "VATEX-EU-IC", of: "K"),
        exemption("PEPPOL-EN16931-P0107", "VATEX-EU-AE", of: "AE"),
        exemption("PEPPOL-EN16931-P0108", "VATEX-EU-D", of: "E"),
        exemption("PEPPOL-EN16931-P0109", "VATEX-EU-F", of: "E"),
        exemption("PEPPOL-EN16931-P0110", "VATEX-EU-I", of: "E"),
        exemption("PEPPOL-EN16931-P0111", "VATEX-EU-J", of: "E"),
        EHFRule(
            "BR-O-11", "There is VAT outside the Act and other VAT", splitAdvice
        ) { isOutsideScope($0) && $0.vatBreakdown.contains { $0.category.code != "O" } },
        EHFRule(
            "BR-O-12", "There is VAT outside the Act, and a line of another category", splitAdvice
        ) { isOutsideScope($0) && $0.lines.contains { $0.vat.code != "O" } },
        EHFRule(
            "BR-O-13", "There is VAT outside the Act, and an allowance of another category",
            splitAdvice
        ) { isOutsideScope($0) && hasOther($0, isCharge: false) },
        EHFRule(
            "BR-O-14", "There is VAT outside the Act, and a charge of another category", splitAdvice
        ) { isOutsideScope($0) && hasOther($0, isCharge: true) },
        EHFRule(
            "BR-IC-11", "It is delivered within the EU, and neither day nor period is stated",
            "State the day of delivery"
        ) {
            $0.vatBreakdown.contains { $0.category.code == "K" } && $0.delivery?.date == nil
                && $0.period == nil && $0.openPeriod == nil && isBlank($0.taxPointCode)
        },
        EHFRule(
            "BR-IC-12", "It is delivered within the EU, and the country is not stated",
            "State the address of delivery"
        ) {
            $0.vatBreakdown.contains { $0.category.code == "K" }
                && isBlank($0.delivery?.address?.country)
        },
    ]

    private static let splitAdvice =
        "Invoice what is outside the Act by itself, or use category E or Z"

    private static func isOutsideScope(_ invoice: Invoice) -> Bool {
        invoice.vatBreakdown.contains { $0.category.code == "O" }
    }

    private static func hasOther(_ invoice: Invoice, isCharge: Bool) -> Bool {
        invoice.allowances.contains {
            $0.isCharge == isCharge && $0.vat.map { $0.code != "O" } ?? false
        }
    }

    private static func exemption(_ number: String, _ code: String, of category: String) -> EHFRule
    {
        EHFRule(
            number, advice: "Correct the reason or the VAT code"
        ) { invoice in
            let isBroken = invoice.vatBreakdown.contains {
                $0.exemptionReasonCode?.uppercased() == code && $0.category.code != category
            }
            guard isBroken else { return [] }
            return [
                EHFTexts.text(
                    "% is the reason of another VAT category than %", code, category)
            ]
        }
    }

    /// Off by less than one whole unit, since some round line by line; a rate below a half is
    /// treated as none.
    private static func isTax(_ subtotal: VATSubtotal) -> Bool {
        let rate = subtotal.category.rate ?? .zero
        guard rate.millionths >= 500_000 else {
            return subtotal.taxAmount.roundedToUnit == .zero
        }
        return isWithinUnit(subtotal, of: rate)
    }

    /// Whether the VAT is within one whole unit of its rate, whatever the signs.
    static func isWithinUnit(_ subtotal: VATSubtotal, of rate: FixedDecimal) -> Bool {
        let expected = subtotal.taxableAmount.percent(rate).hundredths.magnitude
        let stated = subtotal.taxAmount.hundredths.magnitude
        return max(expected, stated) - min(expected, stated) < 100
    }
}
