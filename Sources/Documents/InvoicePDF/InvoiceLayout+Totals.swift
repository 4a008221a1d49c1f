import PDF

extension InvoiceLayout {
    private static let totalsLeft = left + factsOffset
    private static let vatRight = totalsLeft - 10 * millimetre
    private static let totalPadding = 1.5
    private static let payablePadding = 7.0

    /// The VAT per rate on the left, the totals on the right, kept together if a page can hold
    /// them.
    mutating func placeTotals(_ sums: Sums) throws {
        y += Sums.gap
        if sums.height <= bottom - Self.top - Self.shortHeaderHeight {
            try ensureRoom(sums.height)
            let top = y
            try placeColumn(sums.vat)
            y = top
            try placeColumn(sums.totals)
            y = top + sums.height
        } else {
            try placeColumn(sums.vat)
            try placeColumn(sums.totals)
        }
        try placeNotices()
    }

    /// Sets the totals, which are measured before the table, since its last line is kept with them.
    func setSums() throws -> Sums {
        Sums(
            vat: try setVATTable(),
            totals: try content.totals.map { total in try set(total) })
    }

    private mutating func placeColumn(_ rows: [PlacedRow]) throws {
        guard let first = rows.first else { return }
        let table = structure.add(.table)
        for (index, row) in rows.enumerated() {
            if try ensureRoom(row.height), index > 0, first.isHeader {
                first.place(on: &page, y: y, as: [])
                y += first.height
            }
            let element = structure.add(.row, in: table)
            row.place(on: &page, y: y, as: row.cells.map { structure.add($0, in: element) })
            y += row.height
        }
    }

    private mutating func placeNotices() throws {
        for notice in content.notices {
            y += 2 * millimetre
            try placeParagraph(notice, .strong)
        }
    }

    private func set(_ total: Total) throws -> PlacedRow {
        let isPayable = total.role == .payable
        let style: TextStyle = isPayable ? .total : .body
        let value = try fonts.block(total.value, style)
        let label = try fonts.block(
            total.label, style,
            width: max(20 * millimetre, Self.right - Self.totalsLeft - value.width - 8))
        let padding = isPayable ? Self.payablePadding : Self.totalPadding
        let remark = try total.remark.map { remark in
            try fonts.block(remark, .small, width: Self.right - Self.totalsLeft)
        }
        let height = max(label.height, value.height) + 2 * padding
        var row = PlacedRow(height: height + (remark.map { $0.height + padding } ?? 0))
        row.add(
            label, x: Self.totalsLeft, offset: padding, colour: isPayable ? accent : .ink,
            as: .rowHeader)
        row.add(
            value, x: Self.right, edge: .trailing, offset: padding,
            colour: isPayable ? accent : .ink)
        if let remark { row.add(remark, toFirstAt: Self.totalsLeft, offset: height) }
        if isPayable {
            row.rule = (from: Self.totalsLeft, to: Self.right, thickness: 0.9, colour: accent)
        }
        return row
    }

    private func setVATTable() throws -> [PlacedRow] {
        let table = content.vatTable
        guard !table.rows.isEmpty else { return [] }
        let heading = VATTable.Row(rate: table.heading, base: table.base, vat: table.vat)
        // Where the VAT is a large amount, the column beside it is narrowed.
        let widest = try table.rows.map { row in
            try fonts.block(row.vat, .body).width
        }.max()
        let base = Self.vatRight - max(24 * millimetre, (widest ?? 0) + 8)
        return [try setVATRow(heading, base: base, isHeader: true)]
            + (try table.rows.map { row in
                try setVATRow(row, base: base, isHeader: false)
            })
    }

    private func setVATRow(
        _ row: VATTable.Row, base: Double, isHeader: Bool
    ) throws -> PlacedRow {
        let (style, colour): (TextStyle, Colour) = isHeader ? (.heading, accent) : (.body, .ink)
        let role: StructureTree.Role = isHeader ? .headerCell : .cell
        let vat = try fonts.block(row.vat, style)
        let net = try fonts.block(row.base, style)
        let rate = try fonts.block(
            row.rate, style, width: max(14 * millimetre, base - net.width - 8 - Self.left))
        var placed = PlacedRow(
            height: max(rate.height, TextStyle.body.leading) + 2 * Self.totalPadding)
        placed.add(
            rate, x: Self.left, offset: Self.totalPadding, colour: colour,
            as: isHeader ? .headerCell : .rowHeader)
        placed.add(
            net, x: base, edge: .trailing, offset: Self.totalPadding, colour: colour, as: role)
        placed.add(
            vat, x: Self.vatRight, edge: .trailing, offset: Self.totalPadding, colour: colour,
            as: role)
        return placed
    }
}

/// A row of blocks with their horizontal positions; the vertical one is set later.
struct PlacedRow {
    let height: Double
    var rule: (from: Double, to: Double, thickness: Double, colour: Colour)?
    /// The role of each cell in the structure.
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

    /// Whether it is the heading of the rows below it.
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

    /// Adds small print that belongs to the first cell.
    mutating func add(_ remark: TextBlock, toFirstAt x: Double, offset: Double) {
        marks.append(
            Mark(block: remark, x: x, edge: .leading, offset: offset, colour: .faint, cell: 0))
    }

    /// Places the row; each cell belongs to the element at its index, or is decoration where there
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
                mark.block, at: Point(x: mark.x, y: y + mark.offset), edge: mark.edge,
                colour: mark.colour, as: mark.cell < elements.count ? elements[mark.cell] : nil)
        }
    }
}

/// The VAT per rate and the totals, set and measured.
struct Sums {
    /// The space between the table and the totals.
    static let gap = 2 * millimetre

    var vat: [PlacedRow]
    var totals: [PlacedRow]

    /// The height of the taller one of the two, which are side by side.
    var height: Double {
        [vat, totals].map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0
    }
}
