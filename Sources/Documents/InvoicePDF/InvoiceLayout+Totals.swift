extension InvoiceLayout {
    private static let totalsLeft = left + factsOffset
    private static let vatRight = totalsLeft - 10 * millimetre
    private static let totalPadding = 1.5
    private static let payablePadding = 7.0

    /// VAT per rate to the left, the sums to the right, kept together where a page can hold them.
    mutating func placeTotals(_ sums: Sums) throws(DocumentError) {
        y += Sums.gap
        if sums.height <= bottom - Self.top - Self.shortHeaderHeight {
            try makeRoom(sums.height)
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

    /// Sets the sums, which are measured before the table: its last line goes with them.
    func setSums() throws(DocumentError) -> Sums {
        Sums(
            vat: try setVATTable(),
            totals: try content.totals.map { total throws(DocumentError) in try set(total) })
    }

    private mutating func placeColumn(_ rows: [PlacedRow]) throws(DocumentError) {
        guard let first = rows.first else { return }
        let table = structure.add(.table)
        for (index, row) in rows.enumerated() {
            if try makeRoom(row.height), index > 0, first.isHeader {
                first.place(on: &page, y: y, as: [])
                y += first.height
            }
            let element = structure.add(.row, in: table)
            row.place(on: &page, y: y, as: row.cells.map { structure.add($0, in: element) })
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

    private func setVATTable() throws(DocumentError) -> [PlacedRow] {
        let table = content.vatTable
        guard !table.rows.isEmpty else { return [] }
        let heading = VATTable.Row(rate: table.heading, base: table.base, vat: table.vat)
        // Where the VAT is a large sum, the column beside it makes way.
        let widest = try table.rows.map { row throws(DocumentError) in
            try fonts.block(row.vat, .body).width
        }.max()
        let base = Self.vatRight - max(24 * millimetre, (widest ?? 0) + 8)
        return [try setVATRow(heading, base: base, isHeader: true)]
            + (try table.rows.map { row throws(DocumentError) in
                try setVATRow(row, base: base, isHeader: false)
            })
    }

    private func setVATRow(
        _ row: VATTable.Row, base: Double, isHeader: Bool
    ) throws(DocumentError) -> PlacedRow {
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
