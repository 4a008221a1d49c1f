/// A text set in lines, measured, and ready to be drawn as often as one likes.
final class TextBlock {
    let style: TextStyle
    let lines: [TextLine]
    /// The width of the longest line.
    let width: Double
    private let unitsPerEm: Int

    init(_ lines: [TextLine], style: TextStyle, unitsPerEm: Int) {
        self.lines = lines
        self.style = style
        self.unitsPerEm = unitsPerEm
        width = Double(lines.map(\.width).max() ?? 0) * style.size / Double(unitsPerEm)
    }

    var lineCount: Int { lines.count }

    var height: Double {
        Double(lineCount) * style.leading
    }

    /// A length in units of the font, in points.
    func points(_ units: Int) -> Double {
        Double(units) * style.size / Double(unitsPerEm)
    }
}

/// Which edge of a text stands at the point where it is drawn.
enum TextEdge {
    case leading
    case trailing
}
