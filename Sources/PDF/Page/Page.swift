/// One page as a list of positioned marks: assembled first, and drawn when all pages are known.
///
/// So a page can show the number of pages, and related marks can be read in order.
package struct Page {
    private(set) var marks: [(mark: Mark, element: Int?)] = []

    /// An empty page.
    package init() {}

    /// Adds a mark as part of an element of the structure; as decoration where the element is nil.
    package mutating func add(_ mark: Mark, as element: Int? = nil) {
        marks.append((mark, element))
    }
}

/// Something drawn on a page; positions and sizes are in points.
package enum Mark {
    /// A block, or some of its lines, with the upper edge of its first line at the point.
    case text(
        TextBlock, at: Point, edge: TextEdge = .leading, colour: Colour, lines: Range<Int>? = nil)
    /// A filled rectangle.
    case fill(Rectangle, Colour)
    /// A horizontal rule, centred on `y`.
    case rule(from: Double, to: Double, y: Double, thickness: Double, Colour)
    /// A picture, stretched to the rectangle.
    case picture(Picture, Rectangle)

    var isText: Bool {
        if case .text = self { true } else { false }
    }
}

/// The edge of a text that is aligned with its point.
package enum TextEdge {
    /// The left edge.
    case leading
    /// The right edge.
    case trailing
}

/// A position on a page, in points from its upper left corner.
package struct Point: Hashable {
    package let x: Double
    package let y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A width and a height in points.
package struct Size: Hashable, Sendable {
    package let width: Double
    package let height: Double

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// ISO 216, upright.
    package static let a4 = Size(width: 210 * millimetre, height: 297 * millimetre)
}

/// An area of a page, in points from its upper left corner.
package struct Rectangle: Hashable {
    let x: Double
    let y: Double
    let width: Double
    let height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    var maxY: Double { y + height }
}

/// One millimetre in points.
package let millimetre = 72 / 25.4

/// An opaque RGB colour, each component from 0 to 1.
package struct Colour: Hashable, Sendable {
    let red: Double
    let green: Double
    let blue: Double

    package init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Parses `#rrggbb`; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = text.dropFirst()
        guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        red = Double(value >> 16 & 0xFF) / 255
        green = Double(value >> 8 & 0xFF) / 255
        blue = Double(value & 0xFF) / 255
    }

    /// This colour mixed with white: 0 is white, 1 the colour itself.
    package func tint(_ strength: Double) -> Colour {
        Colour(
            red: 1 - (1 - red) * strength, green: 1 - (1 - green) * strength,
            blue: 1 - (1 - blue) * strength)
    }

    /// The colour, darkened as far as readability on white requires (WCAG AA, 4.5:1).
    ///
    /// Yellow is fine as the colour of a logo, but unreadable as a heading.
    package var readableOnWhite: Colour {
        var colour = self
        while colour.contrastToWhite < 4.5 {
            colour = Colour(
                red: colour.red * 0.92, green: colour.green * 0.92, blue: colour.blue * 0.92)
        }
        return colour
    }

    /// The contrast of WCAG 2 § 1.4.3, with its curve approximated by a square.
    private var contrastToWhite: Double {
        let luminance = 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue
        return 1.05 / (luminance + 0.05)
    }
}
