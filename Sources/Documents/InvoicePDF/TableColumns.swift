import Invoicing
import PDF

/// The positions of the table's columns: numbers by their right edges, words by their left.
struct TableColumns {
    static let gap = 16.0
    /// Used where the description would otherwise be too narrow to be readable.
    static let narrowGap = 10.0
    static let unitGap = 4.0
    static let descriptionWidthMin = 30 * millimetre
    private static let readableWidth = 60 * millimetre

    /// The position and alignment of a column's texts, and their width.
    struct Place {
        var x: Double
        var edge: TextEdge
        var width: Double
    }

    let columns: [FormColumn]
    let places: [FormColumn: Place]
    let descriptionWidth: Double

    /// Each column is as wide as its widest cell; the description gets the rest.
    init(_ columns: [FormColumn], left: Double, right: Double, widths: [FormColumn: Double]) {
        self.columns = columns
        let figures = columns.filter { $0 != .description }
            .reduce(0) { $0 + widths[$1, default: 0] }
        func gaps(_ gap: Double) -> Double {
            columns.indices.dropFirst().reduce(0) {
                $0 + (columns.isUnitOfQuantity(at: $1) ? Self.unitGap : gap)
            }
        }
        let isWide = right - left - figures - gaps(Self.gap) >= Self.readableWidth
        let gap = isWide ? Self.gap : Self.narrowGap
        descriptionWidth = right - left - figures - gaps(gap)
        var places: [FormColumn: Place] = [:]
        var x = left
        for (index, column) in columns.enumerated() {
            if index > 0 { x += columns.isUnitOfQuantity(at: index) ? Self.unitGap : gap }
            let width = column == .description ? descriptionWidth : widths[column, default: 0]
            places[column] = Place(
                x: column.isWords ? x : x + width, edge: column.isWords ? .leading : .trailing,
                width: width)
            x += width
        }
        self.places = places
    }
}

extension FormColumn {
    /// Whether it contains words or codes, which are aligned left.
    fileprivate var isWords: Bool {
        switch self {
        case .itemNumber, .description, .unit: true
        case .quantity, .unitPrice, .discount, .vatRate, .amount: false
        }
    }
}

extension [FormColumn] {
    /// Whether the column is the unit directly after its quantity, with which it is read.
    func isUnitOfQuantity(at index: Int) -> Bool {
        index > 0 && self[index] == .unit && self[index - 1] == .quantity
    }
}

/// How far before the column's edge its figures end, so that their decimal signs are aligned, as
/// `7,5`, `12` and `2,25` must be to be compared at a glance.
///
/// Amounts always have two decimals, and percentages end in their sign: neither needs any.
struct DecimalInsets {
    private static let columns: [FormColumn] = [.quantity, .unitPrice]

    private let table: LineTable
    /// The width of each fraction, by column; none for a column whose fractions have the same
    /// length.
    private var widths: [FormColumn: [Substring: Double]] = [:]
    private var widest: [FormColumn: Double] = [:]

    init(_ table: LineTable, fonts: FontSet) throws {
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

    /// The insets of a row's figures; none where they fill their columns.
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
