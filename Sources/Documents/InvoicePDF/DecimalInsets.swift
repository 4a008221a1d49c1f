import Invoicing

/// How far the figures of a column end before the column does, so that their decimal signs stand
/// under each other, as `7,5`, `12` and `2,25` must to be compared at a glance.
///
/// Amounts have two decimals always, and percentages end in their sign: neither needs any.
struct DecimalInsets {
    private static let columns: [FormColumn] = [.quantity, .unitPrice]

    private let table: LineTable
    /// The width of each fraction, by column; none of a column whose fractions are all as long.
    private var widths: [FormColumn: [Substring: Double]] = [:]
    private var widest: [FormColumn: Double] = [:]

    init(_ table: LineTable, fonts: FontSet) throws(DocumentError) {
        self.table = table
        for column in Self.columns where table.columns.contains(column) {
            let fractions = Set(table.rows.map { Self.fraction(of: $0, column, table) })
            guard Set(fractions.map(\.count)).count > 1 else { continue }
            var widths: [Substring: Double] = [:]
            for fraction in fractions where !fraction.isEmpty {
                widths[fraction] = try fonts.block(String(fraction), .body).width
            }
            self.widths[column] = widths
            widest[column] = widths.values.max()
        }
    }

    /// Of the figures of a row; none where they fill their columns.
    func of(_ row: LineRow) -> [FormColumn: Double] {
        widest.reduce(into: [:]) { insets, column in
            let fraction = Self.fraction(of: row, column.key, table)
            insets[column.key] = column.value - (widths[column.key]?[fraction] ?? 0)
        }
    }

    private static func fraction(
        of row: LineRow, _ column: FormColumn, _ table: LineTable
    ) -> Substring {
        row.cells[column].flatMap(table.fraction) ?? ""
    }
}
