package import Invoicing

/// A VAT code's rate from a day on: one row of `vat_rates`.
package struct VATRateRecord: SetupRecord {
    package var code: String
    package var validFrom: CivilDate
    /// Category O has no rate.
    package var category: VATCategory
    package var description: String
}

extension VATRateRecord {
    enum Column: String, SetupColumn {
        case code
        case validFrom = "valid_from"
        case category, rate, description
    }

    static var kind: SetupKind { .vatRates }
    static var requiredColumns: [Column] { [.code, .validFrom, .category] }
    static var keyColumn: Column { .validFrom }

    var identity: [String] { [code, validFrom.description] }

    /// UNCL 5305, as far as Peppol lets it be used.
    enum CategoryCode: String, CaseIterable {
        case standard = "S"
        case zero = "Z"
        case exempt = "E"
        case reverseCharge = "AE"
        case intraCommunity = "K"
        case export = "G"
        case outside = "O"
    }

    init?(_ row: inout SetupRow<Column>) {
        code = row.requiredKey(.code)
        description = row.line(.description) ?? ""
        for column in [Column.validFrom, .category] where row.text(column) == nil {
            row.faultMissing(column)
        }
        let date = row.date(.validFrom)
        let category = row.choice(.category, CategoryCode.self)
        let rate = row.percent(.rate)
        guard let date, let category else { return nil }
        validFrom = date
        self.category = VATCategory(
            code: category.rawValue, rate: category == .outside ? nil : rate ?? .zero)
        check(category, rate, &row)
    }

    /// Only S has a rate above zero (BR-S-05, BR-Z-05 and their like), and O none at all.
    private func check(
        _ category: CategoryCode, _ rate: FixedDecimal?, _ row: inout SetupRow<Column>
    ) {
        let hasRate = rate ?? .zero > .zero
        switch category {
        case .standard where !hasRate:
            row.fault(
                .rate, "is missing or zero, which category S may not be",
                advice: "Write the percentage, or choose Z, E or O")
        case .zero, .exempt, .reverseCharge, .intraCommunity, .export, .outside:
            guard hasRate else { return }
            row.fault(
                .rate, "is above zero, which only category S may be",
                advice: "Write 0, or choose S")
        case .standard: break
        }
    }
}
