/// Gives every part of a document its place, page by page.
///
/// The measures are those of a Norwegian letter: 20 mm margins, and the buyer's address where
/// the window of an envelope is. What belongs together stays together, and a row is broken only
/// where it is higher than a page has room for.
struct InvoiceLayout {
    /// The largest that a logo is drawn.
    static let logoBox = Size(width: 62 * millimetre, height: 18 * millimetre)
    /// As many pages as anybody will read; beyond that something is wrong with the invoice.
    static let pagesMax = 500

    static let left = 20 * millimetre
    static let right = Size.a4.width - 20 * millimetre
    static let top = 14 * millimetre
    /// From the left margin to the right half: the facts above and the sums below begin there.
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
    /// How far down the page is full.
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
    mutating func pages() throws(DocumentError) -> [Page] {
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
        // The footer is read once, after the rest, and only repeated on later pages.
        let said = footer.blocks.isEmpty ? nil : structure.add(.paragraph)
        return try finished.enumerated().map { index, page throws(DocumentError) in
            try complete(page, number: index + 1, footer: footer, element: index == 0 ? said : nil)
        }
    }

    /// Goes on at the top of a new page, under the short header.
    mutating func breakPage() throws(DocumentError) {
        guard finished.count + 1 < Self.pagesMax else {
            throw .tooManyPages(pagesMax: Self.pagesMax)
        }
        finished.append(page)
        page = Page()
        y = Self.top
        try placeShortHeader()
    }

    /// Goes on at a new page unless this one has room; true where it did.
    @discardableResult
    mutating func makeRoom(_ height: Double) throws(DocumentError) -> Bool {
        guard y + height > bottom else { return false }
        try breakPage()
        return true
    }

    /// Places a paragraph in lines, over as many pages as it takes.
    mutating func placeParagraph(
        _ text: String, _ style: TextStyle, colour: Colour = .ink
    ) throws(DocumentError) {
        let block = try fonts.block(text, style, width: Self.width)
        let element = structure.add(.paragraph)
        var line = 0
        while line < block.lineCount {
            let left = block.lineCount - line
            // Not one line alone at the foot of a page, nor at the head of the next.
            try makeRoom(Double(min(left, 2)) * style.leading)
            let room = Int((bottom - y) / style.leading)
            let end = line + (left - room == 1 && room > 2 ? room - 1 : min(left, room))
            page.add(
                .text(block, at: Point(x: Self.left, y: y), colour: colour, lines: line..<end),
                as: element)
            y += Double(end - line) * style.leading
            line = end
        }
    }
}
