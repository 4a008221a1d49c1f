/// One page, as marks at their places: put together first, and drawn when all pages are known.
///
/// So a page can bear the number of pages, and what belongs together can be read in order.
struct Page {
    private(set) var marks: [(mark: Mark, element: Int?)] = []

    /// Adds a mark as a part of an element of the structure; as decoration where there is none.
    mutating func add(_ mark: Mark, as element: Int? = nil) {
        marks.append((mark, element))
    }

    func draw(on canvas: Canvas) throws(DocumentError) {
        for (mark, element) in marks {
            canvas.begin(element, isText: mark.isText)
            switch mark {
            case .text(let block, let point, let edge, let colour, let lines):
                canvas.draw(block, at: point, edge: edge, colour: colour, lines: lines)
            case .fill(let rectangle, let colour):
                canvas.fill(rectangle, colour)
            case .rule(let x, let end, let y, let thickness, let colour):
                canvas.rule(from: x, to: end, y: y, thickness: thickness, colour)
            case .picture(let picture, let rectangle):
                canvas.draw(picture, in: rectangle)
            }
        }
        try canvas.endPage()
    }
}

/// Something drawn on a page.
enum Mark {
    case text(
        TextBlock, at: Point, edge: TextEdge = .leading, colour: Colour = .ink,
        lines: Range<Int>? = nil)
    case fill(Rectangle, Colour)
    case rule(from: Double, to: Double, y: Double, thickness: Double, Colour)
    case picture(Picture, Rectangle)

    var isText: Bool {
        if case .text = self { true } else { false }
    }
}
