extension InvoiceLayout {
    private static let totalsLeft = left + factsOffset
    private static let vatRight = totalsLeft - 10 * millimetre
    private static let totalPadding = 1.5
    private static let payablePadding = 7.0

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
        for (index, row) in rows.enumerated() {
            if try makeRoom(row.height), index > 0, rows[0].role == .headerCell {
                rows[0].place(on: &page, y: y, as: [])
                y += rows[0].height
            }
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
        let padding = isPayable ? Self.payablePadding : Self.totalPadding
        let remark = try total.remark.map { remark throws(DocumentError) in
            try fonts.block(remark, .small, width: Self.right - Self.totalsLeft)
        }
        let height = max(label.height, value.height) + 2 * padding
        var row = PlacedRow(height: height + (remark.map { $0.height + padding } ?? 0))
        row.add(label, x: Self.totalsLeft, offset: padding, colour: isPayable ? accent : .ink)
        row.add(
            value, x: Self.right, edge: .trailing, offset: padding,
            colour: isPayable ? accent : .ink)
        if let remark { row.add(remark, x: Self.totalsLeft, offset: height, colour: .faint) }
        if isPayable {
            row.rule = (from: Self.totalsLeft, to: Self.right, thickness: 0.9, colour: accent)
        }
        return row
    }

    private func setVATTable() throws(DocumentError) -> [PlacedRow] {
        let table = content.vatTable
        guard !table.rows.isEmpty else { return [] }
        let heading = VATTable.Row(rate: table.heading, base: table.base, vat: table.vat)
        // Where the VAT is a large sum, the column beside it makes way.
        let widest = try table.rows.map { row throws(DocumentError) in
            try fonts.block(row.vat, .body).width
        }.max()
        let base = Self.vatRight - max(24 * millimetre, (widest ?? 0) + 8)
        var first = try setVATRow(heading, base: base, style: .heading, colour: accent)
        first.role = .headerCell
        return [first]
            + (try table.rows.map { row throws(DocumentError) in
                try setVATRow(row, base: base, style: .body, colour: .ink)
            })
    }

    private func setVATRow(
        _ row: VATTable.Row, base: Double, style: TextStyle, colour: Colour
    ) throws(DocumentError) -> PlacedRow {
        let vat = try fonts.block(row.vat, style)
        let net = try fonts.block(row.base, style)
        let rate = try fonts.block(
            row.rate, style, width: max(14 * millimetre, base - net.width - 8 - Self.left))
        var placed = PlacedRow(
            height: max(rate.height, TextStyle.body.leading) + 2 * Self.totalPadding)
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

    /// Places the row; each of its blocks is part of the element at its place, or decoration
    /// where there is none.
    func place(on page: inout Page, y: Double, as elements: [Int]) {
        if let rule {
            page.add(
                .rule(
                    from: rule.from, to: rule.to, y: y + 2.5, thickness: rule.thickness,
                    rule.colour))
        }
        for (index, (block, x, edge, offset, colour)) in marks.enumerated() {
            page.add(
                .text(block, at: Point(x: x, y: y + offset), edge: edge, colour: colour),
                as: index < elements.count ? elements[index] : nil)
        }
    }
}
