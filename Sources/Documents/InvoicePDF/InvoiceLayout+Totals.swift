extension InvoiceLayout {
    private static let totalsLeft = left + factsOffset
    private static let vatRight = totalsLeft - 10 * millimetre
    private static let totalPadding = 1.5

    /// VAT per rate to the left, the sums to the right, kept together where a page can hold them.
    mutating func placeTotals() throws(DocumentError) {
        let vat = try setVATTable()
        let totals = try content.totals.map { total throws(DocumentError) in try set(total) }
        y += 2 * millimetre
        let height = max(vat.reduce(0) { $0 + $1.height }, totals.reduce(0) { $0 + $1.height })
        if height <= bottom - Self.top - Self.shortHeaderHeight {
            try makeRoom(height)
            let top = y
            try placeColumn(vat)
            y = top
            try placeColumn(totals)
            y = top + height
        } else {
            try placeColumn(vat)
            try placeColumn(totals)
        }
        try placeNotices()
    }

    private mutating func placeColumn(_ rows: [PlacedRow]) throws(DocumentError) {
        guard !rows.isEmpty else { return }
        let table = structure.add(.table)
        for row in rows {
            try makeRoom(row.height)
            let element = structure.add(.row, in: table)
            row.place(
                on: &page, y: y, as: row.marks.map { _ in structure.add(row.role, in: element) })
            y += row.height
        }
    }

    private mutating func placeNotices() throws(DocumentError) {
        for notice in content.notices {
            y += 2 * millimetre
            try placeParagraph(notice, .strong)
        }
    }

    private func set(_ total: Total) throws(DocumentError) -> PlacedRow {
        let isPayable = total.role == .payable
        let style: TextStyle = isPayable ? .total : .body
        let value = try fonts.block(total.value, style)
        let label = try fonts.block(
            total.label, style,
            width: max(20 * millimetre, Self.right - Self.totalsLeft - value.width - 8))
        let padding = isPayable ? 5 : Self.totalPadding
        var row = PlacedRow(height: max(label.height, value.height) + 2 * padding)
        row.add(label, x: Self.totalsLeft, offset: padding, colour: isPayable ? accent : .ink)
        row.add(
            value, x: Self.right, edge: .trailing, offset: padding,
            colour: isPayable ? accent : .ink)
        if isPayable {
            row.rule = (from: Self.totalsLeft, to: Self.right, thickness: 0.9, colour: accent)
        }
        return row
    }

    private func setVATTable() throws(DocumentError) -> [PlacedRow] {
        let table = content.vatTable
        guard !table.rows.isEmpty else { return [] }
        let base = Self.vatRight - 24 * millimetre
        var heading = try setVATRow(
            VATTable.Row(rate: table.heading, base: table.base, vat: table.vat), base: base,
            style: .heading, colour: accent)
        heading.role = .headerCell
        return [heading]
            + (try table.rows.map { row throws(DocumentError) in
                try setVATRow(row, base: base, style: .body, colour: .ink)
            })
    }

    private func setVATRow(
        _ row: VATTable.Row, base: Double, style: TextStyle, colour: Colour
    ) throws(DocumentError) -> PlacedRow {
        let vat = try fonts.block(row.vat, style)
        let net = try fonts.block(row.base, style)
        // Where the VAT is a large sum, the column beside it makes way.
        let base = min(base, Self.vatRight - vat.width - 8)
        let rate = try fonts.block(
            row.rate, style, width: max(14 * millimetre, base - net.width - 8 - Self.left))
        var placed = PlacedRow(
            height: max(rate.height, vat.height, net.height) + 2 * Self.totalPadding)
        placed.add(rate, x: Self.left, offset: Self.totalPadding, colour: colour)
        placed.add(
            net, x: base, edge: .trailing, offset: Self.totalPadding, colour: colour)
        placed.add(
            vat, x: Self.vatRight, edge: .trailing, offset: Self.totalPadding, colour: colour)
        return placed
    }
}

/// A row of blocks with their places across the page, whose place down the page comes later.
struct PlacedRow {
    let height: Double
    var role = StructureTree.Role.cell
    var rule: (from: Double, to: Double, thickness: Double, colour: Colour)?
    private(set) var marks:
        [(block: TextBlock, x: Double, edge: TextEdge, offset: Double, Colour)] = []

    init(height: Double) {
        self.height = height
    }

    mutating func add(
        _ block: TextBlock, x: Double, edge: TextEdge = .leading, offset: Double, colour: Colour
    ) {
        marks.append((block, x, edge, offset, colour))
    }

    /// Places the row; each of its blocks is part of the element at its place.
    func place(on page: inout Page, y: Double, as elements: [Int]) {
        if let rule {
            page.add(
                .rule(
                    from: rule.from, to: rule.to, y: y + 1, thickness: rule.thickness,
                    rule.colour))
        }
        for ((block, x, edge, offset, colour), element) in zip(marks, elements) {
            page.add(
                .text(block, at: Point(x: x, y: y + offset), edge: edge, colour: colour),
                as: element)
        }
    }
}
