import Invoicing

extension InvoiceLayout {
    static let rowPadding = 3.5
    private static var carriedHeight: Double { TextStyle.body.leading + 2 * rowPadding }
    private static let descriptionWidthMin = 30 * millimetre

    /// The lines, over as many pages as they take, with the header repeated and the sum carried.
    mutating func placeTable() throws(DocumentError) {
        let header = try setHeader()
        let rows = try content.table.rows.map { row throws(DocumentError) in try set(row) }
        let columns = TableColumns(
            left: Self.left, right: Self.right, widths: widths(of: [header] + rows))
        guard columns.descriptionWidth >= Self.descriptionWidthMin else {
            throw .doesNotFit(.table)
        }
        let table = structure.add(.table)
        try placeTableHeader(header, columns, as: structure.add(.row, in: table))
        var sum = Money.zero
        for (row, cells) in zip(content.table.rows, rows) {
            let description = try setDescription(row, width: columns.descriptionWidth)
            try makeRoomInTable(for: description, sum: sum, header, columns)
            let element = structure.add(.row, in: table)
            let first = structure.add(.cell, in: element)
            place(cells, columns, in: element)
            sum = sum + row.money
            try placeDescription(description, as: first, sum: sum, header, columns)
        }
        y += 3 * millimetre
    }

    private func setHeader() throws(DocumentError) -> TableCells {
        let table = content.table
        return TableCells(
            quantity: try fonts.block(table.quantity, .heading),
            unit: try fonts.block("", .heading),
            unitPrice: try fonts.block(table.unitPrice, .heading),
            vat: try fonts.block(table.vat, .heading),
            amount: try fonts.block(table.amount, .heading))
    }

    private func set(_ row: LineRow) throws(DocumentError) -> TableCells {
        TableCells(
            quantity: try fonts.block(row.quantity, .body),
            unit: try fonts.block(row.unit, .body, width: 22 * millimetre, linesMax: 1),
            unitPrice: try fonts.block(row.unitPrice, .body),
            vat: try fonts.block(row.vat, .body), amount: try fonts.block(row.amount, .body))
    }

    private func setDescription(
        _ row: LineRow, width: Double
    ) throws(DocumentError) -> [TextBlock] {
        [try fonts.block(row.name, .body, width: width)]
            + (try row.details.map { detail throws(DocumentError) in
                try fonts.block(detail, .small, width: width)
            })
    }

    private func widths(of rows: [TableCells]) -> TableColumns.Widths {
        func widest(_ cell: KeyPath<TableCells, TextBlock>) -> Double {
            rows.map { $0[keyPath: cell].width }.max() ?? 0
        }
        return TableColumns.Widths(
            quantity: widest(\.quantity), unit: widest(\.unit), unitPrice: widest(\.unitPrice),
            vat: widest(\.vat), amount: widest(\.amount))
    }
}

extension InvoiceLayout {
    private mutating func placeTableHeader(
        _ header: TableCells, _ columns: TableColumns, as row: Int? = nil
    ) throws(DocumentError) {
        let description = try fonts.block(content.table.description, .heading)
        page.add(
            .text(description, at: Point(x: Self.left, y: y), colour: accent),
            as: row.map { structure.add(.headerCell, in: $0) })
        place(header, columns, colour: accent, in: row)
        y += description.height + 3
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.9, accent))
    }

    /// Places the figures of a row, as cells of its element; as decoration where it has none.
    private mutating func place(
        _ cells: TableCells, _ columns: TableColumns, colour: Colour = .ink, in row: Int?
    ) {
        let isHeader = colour != .ink
        let top = isHeader ? y : y + Self.rowPadding
        func cell() -> Int? {
            row.map { structure.add(isHeader ? .headerCell : .cell, in: $0) }
        }
        func add(_ block: TextBlock, _ x: Double, edge: TextEdge = .trailing, as element: Int?) {
            page.add(
                .text(block, at: Point(x: x, y: top), edge: edge, colour: colour), as: element)
        }
        // A quantity and its unit are read as one.
        let quantity = cell()
        add(cells.quantity, columns.quantity, as: quantity)
        add(cells.unit, columns.unit, edge: .leading, as: quantity)
        add(cells.unitPrice, columns.unitPrice, as: cell())
        add(cells.vat, columns.vat, as: cell())
        add(cells.amount, columns.amount, as: cell())
    }

    /// Breaks the table before a row that would not stand whole, unless no page could hold it.
    private mutating func makeRoomInTable(
        for description: [TextBlock], sum: Money, _ header: TableCells, _ columns: TableColumns
    ) throws(DocumentError) {
        let height = description.reduce(2 * Self.rowPadding) { $0 + $1.height }
        let tallest = (bottom - Self.top) / 2
        let needed = min(height, tallest) + Self.carriedHeight
        guard y + needed > bottom else { return }
        try breakTable(sum: sum, header, columns)
    }

    /// Places the description line by line, going on at the next page where it must.
    private mutating func placeDescription(
        _ description: [TextBlock], as element: Int, sum: Money, _ header: TableCells,
        _ columns: TableColumns
    ) throws(DocumentError) {
        y += Self.rowPadding
        for (index, block) in description.enumerated() {
            for line in 0..<block.lineCount {
                if y + block.style.leading + Self.carriedHeight > bottom {
                    try breakTable(sum: sum, header, columns)
                    y += Self.rowPadding
                }
                page.add(
                    .text(
                        block, at: Point(x: Self.left, y: y),
                        colour: index == 0 ? .ink : .faint, lines: line..<(line + 1)),
                    as: element)
                y += block.style.leading
            }
        }
        y += Self.rowPadding
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
    }

    private mutating func breakTable(
        sum: Money, _ header: TableCells, _ columns: TableColumns
    ) throws(DocumentError) {
        try placeCarried(content.table.carriedForward, sum)
        try breakPage()
        try placeTableHeader(header, columns)
        try placeCarried(content.table.broughtForward, sum)
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
    }

    private mutating func placeCarried(_ label: String, _ sum: Money) throws(DocumentError) {
        let text = try fonts.block(label, .strong)
        let amount = try fonts.block(content.table.amount(sum), .strong)
        let top = y + Self.rowPadding
        page.add(.text(text, at: Point(x: Self.left, y: top)))
        page.add(.text(amount, at: Point(x: Self.right, y: top), edge: .trailing))
        y += Self.carriedHeight
    }
}
