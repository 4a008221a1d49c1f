/// A row of blocks with their places across the page, whose place down the page comes later.
struct PlacedRow {
    let height: Double
    var rule: (from: Double, to: Double, thickness: Double, colour: Colour)?
    /// What each cell is to who hears it read.
    private(set) var cells: [StructureTree.Role] = []
    private var marks: [Mark] = []

    private struct Mark {
        var block: TextBlock
        var x: Double
        var edge: TextEdge
        var offset: Double
        var colour: Colour
        var cell: Int
    }

    init(height: Double) {
        self.height = height
    }

    /// Whether it says what the rows under it have.
    var isHeader: Bool { cells.first == .headerCell }

    /// Adds a cell.
    mutating func add(
        _ block: TextBlock, x: Double, edge: TextEdge = .leading, offset: Double, colour: Colour,
        as role: StructureTree.Role = .cell
    ) {
        marks.append(
            Mark(
                block: block, x: x, edge: edge, offset: offset, colour: colour,
                cell: cells.count))
        cells.append(role)
    }

    /// Adds small words that belong to the first cell.
    mutating func add(_ remark: TextBlock, toFirstAt x: Double, offset: Double) {
        marks.append(
            Mark(block: remark, x: x, edge: .leading, offset: offset, colour: .faint, cell: 0))
    }

    /// Places the row; each of its cells is the element at its place, or decoration where there
    /// is none.
    func place(on page: inout Page, y: Double, as elements: [Int]) {
        if let rule {
            page.add(
                .rule(
                    from: rule.from, to: rule.to, y: y + 2.5, thickness: rule.thickness,
                    rule.colour))
        }
        for mark in marks {
            page.add(
                .text(
                    mark.block, at: Point(x: mark.x, y: y + mark.offset), edge: mark.edge,
                    colour: mark.colour),
                as: mark.cell < elements.count ? elements[mark.cell] : nil)
        }
    }
}

/// The VAT per rate and the sums, set and measured.
struct Sums {
    /// Between the table and the sums.
    static let gap = 2 * millimetre

    var vat: [PlacedRow]
    var totals: [PlacedRow]

    /// Of the higher of the two, which stand beside each other.
    var height: Double {
        [vat, totals].map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0
    }
}
