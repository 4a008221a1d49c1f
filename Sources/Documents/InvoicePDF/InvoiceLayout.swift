import PDF

/// Positions every part of a document, page by page.
///
/// The dimensions are those of a Norwegian letter: 20 mm margins, and the buyer's address where the
/// window of an envelope is. Related parts are kept together, and a row is split only where it is
/// higher than a page.
struct InvoiceLayout {
    /// The largest size of a logo.
    static let logoBox = Size(width: 62 * millimetre, height: 18 * millimetre)
    /// More pages than anybody would read; beyond that the invoice must be wrong.
    static let pagesMax = 500

    static let left = 20 * millimetre
    static let right = Size.a4.width - 20 * millimetre
    static let top = 14 * millimetre
    /// From the left margin to the right half, where the facts above and the totals below begin.
    static let factsOffset = 92 * millimetre
    static let shortHeaderHeight = 12.5 * millimetre
    static var width: Double { right - left }

    let content: InvoiceContent
    let fonts: FontSet
    let accent: Colour
    let logo: Picture?

    var structure = StructureTree()
    var finished: [Page] = []
    var page = Page()
    /// How far down the page is filled.
    var y = InvoiceLayout.top
    /// Where the body ends on every page.
    var bottom = Size.a4.height

    init(content: InvoiceContent, fonts: FontSet, accent: Colour, logo: Picture?) {
        self.content = content
        self.fonts = fonts
        self.accent = accent
        self.logo = logo
    }

    /// All pages, complete.
    mutating func pages() throws -> [Page] {
        let footer = try setFooter()
        bottom = footer.top - 5 * millimetre
        try placeHeader()
        try placeIntroduction()
        let sums = try setSums()
        try placeTable(followedBy: sums)
        try placeTotals(sums)
        try placePaymentBox()
        try placeNotes()
        finished.append(page)
        // The footer is read once, after everything else, and only repeated on other pages.
        let footerElement = footer.blocks.isEmpty ? nil : structure.add(.paragraph)
        return try finished.enumerated().map { index, page in
            try complete(
                page, number: index + 1, footer: footer, element: index == 0 ? footerElement : nil)
        }
    }

    /// Continues at the top of a new page, below the short header.
    mutating func breakPage() throws {
        guard finished.count + 1 < Self.pagesMax else {
            throw DocumentError.tooManyPages(pagesMax: Self.pagesMax)
        }
        finished.append(page)
        page = Page()
        y = Self.top
        try placeShortHeader()
    }

    /// Continues on a new page unless this one has room; returns whether it did.
    @discardableResult
    mutating func ensureRoom(_ height: Double) throws -> Bool {
        guard y + height > bottom else { return false }
        try breakPage()
        return true
    }

    /// Places a paragraph line by line, over as many pages as it needs.
    mutating func placeParagraph(
        _ text: String, _ style: TextStyle, colour: Colour = .ink
    ) throws {
        let block = try fonts.block(text, style, width: Self.width)
        let element = structure.add(.paragraph)
        var line = 0
        while line < block.lineCount {
            let left = block.lineCount - line
            // Avoids a single line at the foot of a page, or at the head of the next.
            try ensureRoom(Double(min(left, 2)) * style.leading)
            let room = Int((bottom - y) / style.leading)
            let end = line + (left - room == 1 && room > 2 ? room - 1 : min(left, room))
            page.add(
                block, at: Point(x: Self.left, y: y), colour: colour, lines: line..<end, as: element
            )
            y += Double(end - line) * style.leading
            line = end
        }
    }
}

extension InvoiceLayout {
    private static let factsLeft = left + factsOffset
    private static let factValuesLeft = factsLeft + 32 * millimetre
    private static let returnAddressTop = 41 * millimetre
    private static let headerBottomMin = 74 * millimetre

    /// The first page's header: logo, title, buyer, facts.
    mutating func placeHeader() throws {
        try placeSeller()
        let buyerBottom = try placeBuyer()
        let factsBottom = try placeFacts()
        y = max(buyerBottom, factsBottom, Self.headerBottomMin) + 7 * millimetre
        guard y <= bottom else { throw DocumentError.doesNotFit(.header) }
    }

    private mutating func placeSeller() throws {
        if let logo {
            let scale = min(Self.logoBox.width / logo.aspectRatio, Self.logoBox.height)
            page.add(
                .picture(
                    logo,
                    Rectangle(
                        x: Self.left, y: Self.top, width: scale * logo.aspectRatio,
                        height: scale)),
                as: structure.add(.figure, alternative: content.sellerName))
            return
        }
        let name = try fonts.block(
            content.sellerName, .name, width: Self.factsLeft - Self.left - 8 * millimetre)
        page.add(
            name, at: Point(x: Self.left, y: Self.top), colour: accent,
            as: structure.add(.paragraph))
    }

    private mutating func placeBuyer() throws -> Double {
        let width = Self.factsLeft - Self.left - 6 * millimetre
        if let address = content.returnAddress {
            let sender = try fonts.block(address, .sender, width: width, linesMax: 1)
            page.add(sender, at: Point(x: Self.left, y: Self.returnAddressTop), colour: .faint)
        }
        let element = structure.add(.paragraph)
        var y = Self.returnAddressTop + 5.5 * millimetre
        for (index, line) in content.buyer.enumerated() {
            let block = try fonts.block(
                line, index == 0 ? .addressee : .address, width: width)
            page.add(block, at: Point(x: Self.left, y: y), as: element)
            y += block.height
        }
        return y
    }

    private mutating func placeFacts() throws -> Double {
        let heading = try fonts.block(
            content.heading, .title, width: Self.right - Self.factsLeft)
        var y = Self.top
        page.add(
            heading, at: Point(x: Self.factsLeft, y: y), colour: accent, as: structure.add(.heading)
        )
        y += heading.height + 3 * millimetre
        for fact in content.facts {
            let label = try fonts.block(
                fact.label, .body, width: Self.factValuesLeft - Self.factsLeft - 4)
            let value = try fonts.block(
                fact.value, fact.isStrong ? .strong : .body,
                width: Self.right - Self.factValuesLeft)
            let element = structure.add(.paragraph)
            page.add(label, at: Point(x: Self.factsLeft, y: y), colour: .faint, as: element)
            page.add(value, at: Point(x: Self.factValuesLeft, y: y), as: element)
            y += max(label.height, value.height) + 1
        }
        return y
    }

    /// The header of later pages: the seller, and which document it is.
    mutating func placeShortHeader() throws {
        let half = Self.width / 2 - 4
        let name = try fonts.block(content.sellerName, .strong, width: half, linesMax: 1)
        let title = try fonts.block(content.title, .strong, width: half, linesMax: 1)
        page.add(name, at: Point(x: Self.left, y: y), colour: accent)
        page.add(title, at: Point(x: Self.right, y: y), edge: .trailing)
        y += name.height + 3
        page.add(
            .rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
        y = Self.top + Self.shortHeaderHeight
    }

    mutating func placeIntroduction() throws {
        guard let introduction = content.introduction else { return }
        try placeParagraph(introduction, .body)
        y += 5 * millimetre
    }
}

/// The footer of every page, set once: its lines and its upper edge.
struct Footer {
    var blocks: [TextBlock]
    var top: Double
}

extension InvoiceLayout {
    private static let footerBottom = Size.a4.height - 11 * millimetre
    private static let pageNumberWidth = 26 * millimetre

    /// Sets the footer upwards from the foot of the page.
    func setFooter() throws -> Footer {
        let width = Self.width - Self.pageNumberWidth
        let blocks = try content.footer.map { text in
            try fonts.block(text, .small, width: width)
        }
        let height = max(blocks.reduce(0) { $0 + $1.height }, TextStyle.small.leading)
        guard height <= Size.a4.height / 5 else { throw DocumentError.doesNotFit(.footer) }
        return Footer(blocks: blocks, top: Self.footerBottom - height - 5)
    }

    func complete(_ page: Page, number: Int, footer: Footer, element: Int?) throws
        -> Page
    {
        var page = page
        page.add(
            .rule(
                from: Self.left, to: Self.right, y: footer.top, thickness: 0.5, .line))
        var y = footer.top + 5
        for block in footer.blocks {
            page.add(block, at: Point(x: Self.left, y: y), colour: .faint, as: element)
            y += block.height
        }
        let total = finished.count
        let text = content.pageNumbering.text(number, total: total)
        let block = try fonts.block(text, .small)
        page.add(
            block, at: Point(x: Self.right, y: footer.top + 5), edge: .trailing, colour: .faint)
        return page
    }
}
