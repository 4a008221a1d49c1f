import PDF

/// The text styles of an invoice.
extension TextStyle {
    static let title = TextStyle(size: 22, leading: 26, isBold: true)
    static let name = TextStyle(size: 15, leading: 18, isBold: true)
    static let total = TextStyle(size: 12, leading: 15, isBold: true)
    static let payment = TextStyle(size: 11, leading: 15, isBold: true)
    static let addressee = TextStyle(size: 10, leading: 13, isBold: true)
    static let address = TextStyle(size: 10, leading: 13)
    static let heading = TextStyle(size: 8.5, leading: 12, isBold: true)
    static let body = TextStyle(size: 9, leading: 12.5)
    static let strong = TextStyle(size: 9, leading: 12.5, isBold: true)
    static let label = TextStyle(size: 8, leading: 11)
    static let sender = TextStyle(size: 6.5, leading: 9)
    static let small = TextStyle(size: 7.5, leading: 10.5)
}

/// The colours of an invoice, apart from the form's own.
extension Colour {
    /// Text: slightly softer than black, and still black on any printer.
    static let ink = Colour(red: 0.11, green: 0.12, blue: 0.14)
    /// Labels and small print; 7:1 on white, the contrast of WCAG AAA.
    static let faint = Colour(red: 0.34, green: 0.36, blue: 0.40)
    /// Hairlines.
    static let line = Colour(red: 0.87, green: 0.885, blue: 0.9)
}

extension Page {
    /// Adds a text with its upper edge at the point, as part of an element of the structure; as
    /// decoration where the element is nil.
    mutating func add(
        _ block: TextBlock, at point: Point, edge: TextEdge = .leading, colour: Colour = .ink,
        lines: Range<Int>? = nil, as element: Int? = nil
    ) {
        add(.text(block, at: point, edge: edge, colour: colour, lines: lines), as: element)
    }
}
