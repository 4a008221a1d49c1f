import Invoicing
import PDF

extension InvoiceLayout {
    static let rowPadding = 3.5
    private static let itemNumberWidthMax = 26 * millimetre
    private static let unitWidthMax = 22 * millimetre
    /// The space between the name of a line and the small print under it.
    private static let detailGap = 1.5

    /// The space below the table.
    private static let tableGap = 3 * millimetre

    /// The lines, over as many pages as they need, with the header repeated and the running total.
    ///
    /// The last line is kept on the same page as the totals, which would mean nothing on their own.
    mutating func placeTable(followedBy sums: Sums) throws {
        let heading = try content.table.headings.mapCells { heading, _ in
            try fonts.block(heading, .heading)
        }
        let rows = try content.table.rows.map { row in try set(row.cells) }
        let insets = try DecimalInsets(content.table, fonts: fonts)
        let columns = TableColumns(
            content.table.columns, left: Self.left, right: Self.right,
            widths: widths(of: heading, rows, insets))
        guard columns.descriptionWidth >= TableColumns.descriptionWidthMin else {
            throw DocumentError.doesNotFit(.table)
        }
        let table = structure.add(.table)
        try placeTableHeader(heading, columns, in: structure.add(.row, in: table))
        var sum = Money.zero
        for (index, (row, cells)) in zip(content.table.rows, rows).enumerated() {
            let description = try setDescription(row, width: columns.descriptionWidth)
            let gap = description.count > 1 ? Self.detailGap : 0
            let heights =
                [description.reduce(gap) { $0 + $1.height }] + cells.values.map(\.height)
            let isLast = index == rows.count - 1
            try ensureRoomInTable(
                for: heights.max() ?? 0,
                below: isLast && index > 0 ? Self.tableGap + Sums.gap + sums.height : 0,
                sum: sum, heading, columns)
            let elements = addCells(columns, in: structure.add(.row, in: table), as: .cell)
            place(
                cells, columns, at: y + Self.rowPadding, insets: insets.of(row), as: elements)
            sum = sum + row.money
            try placeDescription(
                description, cellHeight: cells.values.map(\.height).max() ?? 0,
                as: elements[.description], sum: sum, heading, columns)
        }
        y += Self.tableGap
    }

    private func set(_ cells: [FormColumn: String]) throws -> TableCells {
        try cells.mapCells { text, column in
            switch column {
            case .unit: try fonts.block(text, .body, width: Self.unitWidthMax, linesMax: 1)
            case .itemNumber: try fonts.block(text, .body, width: Self.itemNumberWidthMax)
            default: try fonts.block(text, .body)
            }
        }
    }

    private func setDescription(
        _ row: LineRow, width: Double
    ) throws -> [TextBlock] {
        [try fonts.block(row.name, .body, width: width)]
            + (try row.details.map { detail in
                try fonts.block(detail, .small, width: width)
            })
    }

    private func widths(
        of heading: TableCells, _ rows: [TableCells], _ insets: DecimalInsets
    ) -> [FormColumn: Double] {
        var widths = heading.mapValues(\.width)
        for (row, cells) in zip(content.table.rows, rows) {
            let insets = insets.of(row)
            for (column, block) in cells {
                widths[column] = max(
                    widths[column, default: 0], block.width + insets[column, default: 0])
            }
        }
        return widths
    }
}

extension InvoiceLayout {
    /// An element for each cell of a row, in the order of the columns; a unit shares its
    /// quantity's.
    private mutating func addCells(
        _ columns: TableColumns, in row: Int, as role: StructureTree.Role
    ) -> [FormColumn: Int] {
        var elements: [FormColumn: Int] = [:]
        for (index, column) in columns.columns.enumerated() {
            elements[column] =
                columns.columns.isUnitOfQuantity(at: index)
                ? elements[.quantity] : structure.add(role, in: row)
        }
        return elements
    }

    private mutating func place(
        _ cells: TableCells, _ columns: TableColumns, at top: Double, colour: Colour = .ink,
        insets: [FormColumn: Double] = [:], as elements: [FormColumn: Int]
    ) {
        for column in columns.columns {
            guard let cell = cells[column], let place = columns.places[column] else { continue }
            page.add(
                cell, at: Point(x: place.x - insets[column, default: 0], y: top), edge: place.edge,
                colour: colour, as: elements[column])
        }
    }

    /// Places the header; a repeated one, without a row in the structure, is decoration.
    private mutating func placeTableHeader(
        _ heading: TableCells, _ columns: TableColumns, in row: Int? = nil
    ) throws {
        let elements = row.map { addCells(columns, in: $0, as: .headerCell) } ?? [:]
        place(heading, columns, at: y, colour: accent, as: elements)
        y += TextStyle.heading.leading + 3
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.9, accent))
    }

    private var carriedHeight: Double {
        content.table.carried == nil ? 0 : TextStyle.body.leading + 2 * Self.rowPadding
    }

    /// Breaks the table before a row that would not fit as a whole, or with what is below it,
    /// unless no page could hold it.
    private mutating func ensureRoomInTable(
        for height: Double, below: Double, sum: Money, _ heading: TableCells,
        _ columns: TableColumns
    ) throws {
        let tallest = (bottom - Self.top) / 2
        let companions = below <= tallest ? max(carriedHeight, below) : carriedHeight
        let needed = min(height + 2 * Self.rowPadding, tallest) + companions
        guard y + needed > bottom else { return }
        try breakTable(sum: sum, heading, columns)
    }

    /// Places the description line by line, continuing on the next page where necessary.
    private mutating func placeDescription(
        _ description: [TextBlock], cellHeight: Double, as element: Int?, sum: Money,
        _ heading: TableCells, _ columns: TableColumns
    ) throws {
        let x = columns.places[.description]?.x ?? Self.left
        y += Self.rowPadding
        var cellBottom = y + cellHeight
        for (index, block) in description.enumerated() {
            if index == 1 { y += Self.detailGap }
            for line in 0..<block.lineCount {
                if y + block.style.leading + carriedHeight > bottom {
                    try breakTable(sum: sum, heading, columns)
                    y += Self.rowPadding
                    cellBottom = y
                }
                page.add(
                    block, at: Point(x: x, y: y), colour: index == 0 ? .ink : .faint,
                    lines: line..<(line + 1), as: element)
                y += block.style.leading
            }
        }
        y = max(y, cellBottom) + Self.rowPadding
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
    }

    private mutating func breakTable(
        sum: Money, _ heading: TableCells, _ columns: TableColumns
    ) throws {
        let carried = content.table.carried
        if let carried { try placeCarried(carried.forward, sum) }
        try breakPage()
        try placeTableHeader(heading, columns)
        guard let carried else { return }
        try placeCarried(carried.brought, sum)
        page.add(.rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
    }

    private mutating func placeCarried(_ label: String, _ sum: Money) throws {
        let text = try fonts.block(label, .strong)
        let amount = try fonts.block(content.table.amount(sum), .strong)
        let top = y + Self.rowPadding
        page.add(text, at: Point(x: Self.left, y: top))
        page.add(amount, at: Point(x: Self.right, y: top), edge: .trailing)
        y += carriedHeight
    }
}

/// The cells of one row, set; a line's description is set when the columns are known.
typealias TableCells = [FormColumn: TextBlock]

extension [FormColumn: String] {
    fileprivate func mapCells(
        _ set: (String, FormColumn) throws -> TextBlock
    ) throws -> TableCells {
        var cells: TableCells = [:]
        for (column, text) in self { cells[column] = try set(text, column) }
        return cells
    }
}
