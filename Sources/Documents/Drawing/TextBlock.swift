import CPangoCairo

/// A text set in lines, measured, and ready to be drawn as often as one likes.
final class TextBlock {
    let style: TextStyle
    let lineCount: Int
    /// The width of the longest line.
    let width: Double
    let hasMissingGlyphs: Bool
    private let layout: OpaquePointer

    var height: Double {
        Double(lineCount) * style.leading
    }

    /// Takes the layout over and frees it.
    init(owning layout: OpaquePointer, style: TextStyle) {
        self.layout = layout
        self.style = style
        var (width, height): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &width, &height)
        self.width = Double(width) / Double(PANGO_SCALE)
        lineCount = Int(pango_layout_get_line_count(layout))
        hasMissingGlyphs = pango_layout_get_unknown_glyphs_count(layout) > 0
    }

    deinit {
        budstikke_layout_destroy(layout)
    }

    /// Draws one line with its baseline's start, or its end, at the point.
    func show(line index: Int, at baseline: Point, edge: TextEdge, on cairo: OpaquePointer) {
        guard let line = pango_layout_get_line_readonly(layout, Int32(index)) else { return }
        var x = baseline.x
        if edge == .trailing {
            var extents = PangoRectangle()
            pango_layout_line_get_extents(line, nil, &extents)
            x -= Double(extents.width) / Double(PANGO_SCALE)
        }
        cairo_move_to(cairo, x, baseline.y)
        pango_cairo_show_layout_line(cairo, line)
    }
}

/// Which edge of a text stands at the point where it is drawn.
enum TextEdge {
    case leading
    case trailing
}
