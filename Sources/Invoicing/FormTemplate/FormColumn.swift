/// A column of a document's line table.
package enum FormColumn: String, Codable, CaseIterable, Sendable {
    case itemNumber = "item_number"
    case description
    case quantity
    /// Right after the quantity it has no heading of its own, and the two are read as one.
    case unit
    case unitPrice = "unit_price"
    case discount
    case vatRate = "vat_rate"
    case amount

    /// The paragraph that asks for what the column shows; nil where it may be left out.
    package var paragraph: String? {
        switch self {
        case .description, .quantity: "bokføringsforskriften § 5-1-1 no. 3"
        case .amount: "bokføringsforskriften § 5-1-1 no. 5"
        case .itemNumber, .unit, .unitPrice, .discount, .vatRate: nil
        }
    }
}
