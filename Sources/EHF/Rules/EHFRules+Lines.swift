import Invoicing

extension EHFRules {
    /// What a line must say.
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
