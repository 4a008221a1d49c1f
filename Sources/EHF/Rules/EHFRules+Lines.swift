import Invoicing

extension EHFRules {
    /// The content of a line.
    static let lineContent: [EHFRule] = [
        .line("BR-21", "has no id", "Number the lines") { line, _ in isBlank(line.id) },
        .line("BR-23", "has no unit", "Set one, as EA for pieces or HUR for hours") { line, _ in
            isBlank(line.unit)
        },
        .line("BR-25", "has no name", "Say in a few words what is sold") { line, _ in
            isBlank(line.name)
        },
        .line("BR-30", "has a period that ends before it starts", "Correct the period") { line, _ in
            isReversed(line.period)
        },
        .line("BR-54", "has a property without name or value", "Fill in both, or neither") {
            line, _ in line.properties.contains { isBlank($0.name) || isBlank($0.value) }
        },
        .line("BR-64", "has an item number without a scheme", "State it, as 0160 for a GTIN") {
            line, _ in
            line.standardItemNumber.map { !isBlank($0.value) && isBlank($0.scheme) } ?? false
        },
        .line("BR-65", "has a classification without a list", "State it, as STI for UNSPSC") {
            line, _ in
            line.classifications.contains { !isBlank($0.value) && isBlank($0.scheme) }
        },
        .line("BR-CO-04", "has no VAT category", "Set its VAT code") { line, _ in
            isBlank(line.vat.code)
        },
        .line(
            "PEPPOL-EN16931-R110", "has a period that starts before the invoice's",
            "Correct one of the periods"
        ) { line, invoice in
            guard let day = start(line.period, line.openPeriod),
                let first = start(invoice.period, invoice.openPeriod)
            else { return false }
            return day < first
        },
        .line(
            "PEPPOL-EN16931-R111", "has a period that ends after the invoice's",
            "Correct one of the periods"
        ) { line, invoice in
            guard let day = end(line.period, line.openPeriod),
                let last = end(invoice.period, invoice.openPeriod)
            else { return false }
            return day > last
        },
    ]

    private static func start(_ closed: DatePeriod?, _ open: OpenPeriod?) -> CivilDate? {
        if let closed { return closed.start }
        guard case .from(let day)? = open else { return nil }
        return day
    }

    private static func end(_ closed: DatePeriod?, _ open: OpenPeriod?) -> CivilDate? {
        if let closed { return closed.end }
        guard case .until(let day)? = open else { return nil }
        return day
    }
}

extension EHFRules {
    /// The price and the amount of a line.
    static let lineAmounts: [EHFRule] = [
        .line("BR-27", "has a price below zero", "Put the minus on the quantity") { line, _ in
            line.unitPrice < .zero
        },
        .line("BR-28", "has a gross price below zero", "Put the minus on the quantity") { line, _ in
            line.grossPrice.map { $0 < .zero } ?? false
        },
        .line(
            "PEPPOL-EN16931-R046", "has a price that is not its gross price less the discount",
            "Correct the discount"
        ) { line, _ in
            guard let gross = line.grossPrice, let discount = line.priceDiscount else {
                return false
            }
            let expected = Int128(gross.millionths) - Int128(discount.millionths)
            return Int128(line.unitPrice.millionths) != expected
        },
        .line(
            "PEPPOL-EN16931-R120",
            "has another amount than quantity × price + charges − allowances",
            "State the price with more decimals, or per a larger quantity"
        ) { line, _ in !isProduct(line) },
        .line(
            "PEPPOL-EN16931-R121", "has a price per a quantity that is not above zero",
            "Correct the quantity, or leave it out for a price per one"
        ) { line, _ in line.priceBaseQuantity.map { $0 <= .zero } ?? false },
    ]

    /// Within two hundredths, as Peppol requires; calculated without division, and so exactly.
    private static func isProduct(_ line: InvoiceLine) -> Bool {
        let stated = line.priceBaseQuantity ?? .one
        let base = Int128(stated == .zero ? FixedDecimal.one.millionths : stated.millionths)
        let net = line.netAmount - line.allowances.map(\.signedAmount).sum()
        let product = Int128(line.quantity.millionths) * Int128(line.unitPrice.millionths)
        // All in millionths of millionths, multiplied by the base quantity.
        let (amount, isOverflow) = Int128(net.hundredths)
            .multipliedReportingOverflow(by: base * 10_000)
        let difference = amount.subtractingReportingOverflow(product)
        guard !isOverflow, !difference.overflow else { return false }
        return difference.partialValue.magnitude <= (base * 20_000).magnitude
    }
}

extension EHFRules {
    /// Allowances and charges of the document, of lines, or of both.
    static let allowances: [EHFRule] = [
        hasVAT("BR-32", isCharge: false), hasVAT("BR-37", isCharge: true),
        hasReason("BR-33", isCharge: false, of: \.allowances),
        hasReason("BR-38", isCharge: true, of: \.allowances),
        hasReason("BR-CO-21", isCharge: false, of: \.allowances),
        hasReason("BR-CO-22", isCharge: true, of: \.allowances),
        hasReason("BR-42", isCharge: false, of: \.lineAllowances),
        hasReason("BR-44", isCharge: true, of: \.lineAllowances),
        hasReason("BR-CO-23", isCharge: false, of: \.lineAllowances),
        hasReason("BR-CO-24", isCharge: true, of: \.lineAllowances),
        each(
            "PEPPOL-EN16931-R040", "is not its percentage of its base amount",
            "Correct the percentage or the base amount"
        ) { !isShare($0) },
        each(
            "PEPPOL-EN16931-R041", "has a percentage, and no base amount",
            "State the amount that the percentage is of"
        ) { $0.percent != nil && $0.baseAmount == nil },
        each(
            "PEPPOL-EN16931-R042", "has a base amount, and no percentage",
            "State the percentage, or leave the base amount out"
        ) { $0.percent == nil && $0.baseAmount != nil },
    ]

    private static func each(
        _ number: String, _ finding: String, _ advice: String,
        isBroken: @escaping @Sendable (AllowanceCharge) -> Bool
    ) -> EHFRule {
        EHFRule(number, advice: advice) { invoice in
            (invoice.allowances + invoice.lineAllowances).filter(isBroken)
                .map { EHFTexts.text("% of % %", name($0), $0.amount, EHFTexts.text(finding)) }
        }
    }

    private static func hasReason(
        _ number: String, isCharge: Bool,
        of allowances: @escaping @Sendable (Invoice) -> [AllowanceCharge]
    ) -> EHFRule {
        EHFRule(number, advice: "Say in a few words what it is for") { invoice in
            allowances(invoice)
                .filter { $0.isCharge == isCharge && isBlank($0.reason) && isBlank($0.reasonCode) }
                .map {
                    EHFTexts.text("% of % %", name($0), $0.amount, EHFTexts.text("has no reason"))
                }
        }
    }

    private static func hasVAT(_ number: String, isCharge: Bool) -> EHFRule {
        EHFRule(number, advice: "Set its VAT code") { invoice in
            invoice.allowances.filter { $0.isCharge == isCharge && isBlank($0.vat?.code) }

                .map {
                    EHFTexts.text(
                        "% of % %", name($0), $0.amount, EHFTexts.text("has no VAT category"))
                }
        }
    }

    private static func name(_ allowance: AllowanceCharge) -> Trilingual {
        EHFTexts.text(allowance.isCharge ? "A charge" : "An allowance")
    }

    /// Within two hundredths, as Peppol requires.
    private static func isShare(_ allowance: AllowanceCharge) -> Bool {
        guard let base = allowance.baseAmount, let percent = allowance.percent else { return true }
        let unit: Int128 = 100_000_000
        let share = Int128(base.hundredths) * Int128(percent.millionths)
        return (Int128(allowance.amount.hundredths) * unit - share).magnitude
            <= (2 * unit).magnitude
    }
}

extension Invoice {
    /// The allowances and charges of all lines.
    var lineAllowances: [AllowanceCharge] {
        lines.flatMap(\.allowances)
    }
}
