/// The footer of every page, set once: its lines and where it begins.
struct Footer {
    var blocks: [TextBlock]
    var top: Double
}

extension InvoiceLayout {
    private static let footerBottom = Size.a4.height - 11 * millimetre
    private static let pageNumberWidth = 26 * millimetre

    /// Sets the footer upwards from the foot of the page.
    func setFooter() throws(DocumentError) -> Footer {
        let width = Self.width - Self.pageNumberWidth
        let blocks = try content.footer.map { text throws(DocumentError) in
            try fonts.block(text, .small, width: width)
        }
        let height = max(blocks.reduce(0) { $0 + $1.height }, TextStyle.small.leading)
        guard height <= Size.a4.height / 5 else { throw .doesNotFit(.footer) }
        return Footer(blocks: blocks, top: Self.footerBottom - height - 5)
    }

    func complete(_ page: Page, number: Int, footer: Footer, element: Int?) throws(DocumentError)
        -> Page
    {
        var page = page
        page.add(
            .rule(
                from: Self.left, to: Self.right, y: footer.top, thickness: 0.5, .line))
        var y = footer.top + 5
        for block in footer.blocks {
            page.add(.text(block, at: Point(x: Self.left, y: y), colour: .faint), as: element)
            y += block.height
        }
        let total = finished.count
        let text = content.pageNumbering.text(number, total: total)
        let block = try fonts.block(text, .small)
        page.add(
            .text(
                block, at: Point(x: Self.right, y: footer.top + 5), edge: .trailing,
                colour: .faint))
        return page
    }
}
