/// Where the columns of the line table stand: numbers by their right edges, the rest by the left.
struct TableColumns {
    static let gap = 16.0
    static let unitGap = 4.0

    let amount: Double
    let vat: Double
    let unitPrice: Double
    let unit: Double
    let quantity: Double
    let descriptionWidth: Double

    /// Each column as wide as its widest cell, from the right; the description has the rest.
    init(left: Double, right: Double, widths: Widths) {
        amount = right
        vat = amount - widths.amount - Self.gap
        unitPrice = vat - widths.vat - Self.gap
        unit = unitPrice - widths.unitPrice - Self.gap - widths.unit
        quantity = unit - Self.unitGap
        descriptionWidth = quantity - widths.quantity - Self.gap - left
    }

    struct Widths {
        var quantity: Double
        var unit: Double
        var unitPrice: Double
        var vat: Double
        var amount: Double
    }
}

/// The cells of one row, set; the description is set when the columns are known.
struct TableCells {
    var quantity: TextBlock
    var unit: TextBlock
    var unitPrice: TextBlock
    var vat: TextBlock
    var amount: TextBlock
}
