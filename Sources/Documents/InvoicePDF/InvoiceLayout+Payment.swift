import PDF

extension InvoiceLayout {
    private static let boxPadding = 4 * millimetre
    private static let boxColumns = 4
    /// The least distance at which two values are not read as one.
    private static let cellGap = 14.0

    /// The payment box: what is entered at the bank, in the usual order.
    ///
    /// Where nothing is to be paid, a line says so instead: a box would invite payment.
    mutating func placePaymentBox() throws {
        guard let payment = content.payment else { return }
        guard !payment.cells.isEmpty else {
            y += 2 * millimetre
            for remark in payment.remarks { try placeParagraph(remark, .strong) }
            return
        }
        let cells = try setCells(payment.cells)
        let remarks = try payment.remarks.map { remark in
            try fonts.block(remark, .body, width: Self.width - 2 * Self.boxPadding)
        }
        let height =
            cells.height + remarks.reduce(0) { $0 + $1.height } + 2 * Self.boxPadding
            - (remarks.isEmpty ? Self.rowGap : 0)
        y += 6 * millimetre
        guard height <= bottom - Self.top - Self.shortHeaderHeight else {
            throw DocumentError.doesNotFit(.payment)
        }
        try ensureRoom(height)
        page.add(
            .fill(
                Rectangle(x: Self.left, y: y, width: Self.width, height: height),
                accent.tint(0.07)))
        page.add(
            .rule(from: Self.left, to: Self.right, y: y, thickness: 0.9, accent))
        placeInBox(cells, remarks)
        y += height
    }

    private static let rowGap = 7.0

    private mutating func placeInBox(_ cells: PaymentCells, _ remarks: [TextBlock]) {
        let (x, top) = (Self.left + Self.boxPadding, y + Self.boxPadding)
        for cell in cells.cells {
            let at = Point(x: x + cell.x, y: top + cell.y)
            let element = structure.add(.paragraph)
            page.add(cell.label, at: at, colour: .faint, as: element)
            page.add(cell.value, at: Point(x: at.x, y: at.y + cell.label.height + 1), as: element)
        }
        var remarkTop = top + cells.height
        for remark in remarks {
            page.add(remark, at: Point(x: x, y: remarkTop), as: structure.add(.paragraph))
            remarkTop += remark.height
        }
    }

    /// Arranges the cells in a grid of four columns; a wide cell spans as many as it needs.
    private func setCells(_ facts: [Fact]) throws -> PaymentCells {
        let width = Self.width - 2 * Self.boxPadding
        let column = width / Double(Self.boxColumns)
        var result = PaymentCells()
        var (used, rowHeight) = (0, 0.0)
        for fact in facts {
            let label = try fonts.block(fact.label, .label, width: width)
            let natural = try fonts.block(fact.value, .payment)
            let span = min(
                Self.boxColumns, max(1, Int(((natural.width + Self.cellGap) / column).rounded(.up)))
            )
            let value =
                natural.width <= width
                ? natural : try fonts.block(fact.value, .payment, width: width)
            if used + span > Self.boxColumns {
                result.height += rowHeight
                (used, rowHeight) = (0, 0)
            }
            result.cells.append(
                PaymentCell(
                    label: label, value: value, x: Double(used) * column, y: result.height))
            used += span
            rowHeight = max(rowHeight, label.height + 1 + value.height + Self.rowGap)
        }
        result.height += rowHeight
        return result
    }

    mutating func placeNotes() throws {
        for note in content.notes {
            y += 4 * millimetre
            try placeParagraph(note, .body)
        }
    }
}

/// A label above its value, with its position in the payment box.
struct PaymentCell {
    var label: TextBlock
    var value: TextBlock
    var x: Double
    var y: Double
}

/// The cells of the payment box and their total height.
struct PaymentCells {
    var cells: [PaymentCell] = []
    var height = 0.0
}
