package import Invoicing

/// A line of an agreement: one row of `recurring_invoice_lines`.
package struct RecurringInvoiceLineRecord: SetupRecord {
    /// The agreement's number.
    package var recurringInvoice: String
    package var lineNumber: Int
    package var description: String
    package var quantity: FixedDecimal
    /// UN/ECE Recommendation 20: `EA`, `HUR`, `MON`.
    package var unit: String
    package var unitPrice: FixedDecimal
    package var discountPercent: FixedDecimal
    package var vatCode: String
}

extension RecurringInvoiceLineRecord {
    enum Column: String, SetupColumn {
        case recurringInvoice = "recurring_invoice"
        case lineNumber = "line_no"
        case description, quantity, unit
        case unitPrice = "unit_price"
        case discountPercent = "discount_percent"
        case vatCode = "vat_code"
    }

    static var kind: SetupKind { .recurringInvoiceLines }
    static var requiredColumns: [Column] {
        [.recurringInvoice, .lineNumber, .description, .unitPrice, .vatCode]
    }
    static var keyColumn: Column { .lineNumber }

    var identity: [String] { [recurringInvoice, String(lineNumber)] }

    init(_ row: inout SetupRow<Column>) {
        recurringInvoice = row.requiredKey(.recurringInvoice)
        for column in [Column.lineNumber, .unitPrice] where row.text(column) == nil {
            row.faultMissing(column)
        }
        lineNumber = row.int(.lineNumber, in: 1...100_000) ?? 0
        description = row.requiredLine(.description)
        quantity = row.decimal(.quantity) ?? .one
        unit = Self.unit(&row) ?? "EA"
        unitPrice = row.decimal(.unitPrice) ?? .zero
        discountPercent = row.percent(.discountPercent) ?? .zero
        vatCode = row.requiredKey(.vatCode)
    }

    private static func unit(_ row: inout SetupRow<Column>) -> String? {
        guard let text = row.text(.unit) else { return nil }
        guard (1...3).contains(text.utf8.count),
            text.utf8.allSatisfy({ TextBytes.isDigit($0) || (65...90).contains($0) })
        else {
            row.fault(
                .unit, "is no unit code of UN/ECE Recommendation 20",
                advice: "Write EA for pieces, HUR for hours, DAY for days, MON for months")
            return nil
        }
        return text
    }
}
