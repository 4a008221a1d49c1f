import CPangoCairo

/// Breaks texts into lines with pango, which implements the rules for lines, scripts and
/// directions.
///
/// Fontconfig is given our font files only, and pango must not look for others.
final class LineBreaker {
    private let configuration: OpaquePointer
    private let map: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private let attributes: OpaquePointer
    private let figureAttributes: OpaquePointer
    private let description: OpaquePointer

    init(files: [String]) throws(PDFError) {
        guard let configuration = FcConfigCreate() else {
            throw .drawingFailed(reason: "no memory for fonts")
        }
        for file in files where budstikke_add_font_file(configuration, file) == 0 {
            FcConfigDestroy(configuration)
            throw .fontsMissing(directory: FontSet.directory)
        }
        guard let map = budstikke_font_map_create(configuration),
            let context = pango_font_map_create_context(map),
            let attributes = pango_attr_list_new(),
            let figureAttributes = pango_attr_list_new(),
            let description = pango_font_description_new()
        else { throw .drawingFailed(reason: "no memory for fonts") }
        self.configuration = configuration
        self.map = map
        self.context = context
        self.attributes = attributes
        self.figureAttributes = figureAttributes
        self.description = description
        pango_font_description_set_family(description, "Liberation Sans")
        useUnhintedMetrics()
        for (list, features) in [
            (attributes, "liga=0, clig=0"), (figureAttributes, "liga=0, clig=0, kern=0"),
        ] {
            pango_attr_list_insert(list, pango_attr_font_features_new(features))
            pango_attr_list_insert(list, pango_attr_fallback_new(0))
            pango_attr_list_insert(list, pango_attr_insert_hyphens_new(0))
        }
    }

    deinit {
        pango_font_description_free(description)
        pango_attr_list_unref(attributes)
        pango_attr_list_unref(figureAttributes)
        budstikke_context_destroy(context)
        budstikke_font_map_destroy(map)
        FcConfigDestroy(configuration)
    }

    /// Hinting is for screens: on paper it would only shift letters.
    private func useUnhintedMetrics() {
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)
        pango_context_set_language(context, pango_language_from_string("nb"))
    }

    /// The lines of a text at a size; throws `lettersMissing` where the face lacks some of its
    /// letters.
    func lines(
        _ text: String, _ face: Typeface, size: Double, width: Double? = nil,
        linesMax: Int? = nil
    ) throws(PDFError) -> [TextLine] {
        guard let layout = pango_layout_new(context) else {
            throw .drawingFailed(reason: "no memory for a text")
        }
        defer { budstikke_layout_destroy(layout) }
        pango_font_description_set_weight(
            description, face.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_font_description_set_size(description, Int32(size * Double(PANGO_SCALE)))
        pango_layout_set_font_description(layout, description)
        pango_layout_set_attributes(
            layout, Shaper.isFigures(text) ? figureAttributes : attributes)
        if let width {
            pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
            pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        }
        if let linesMax {
            pango_layout_set_height(layout, -Int32(linesMax))
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        }
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        guard pango_layout_get_unknown_glyphs_count(layout) == 0 else {
            throw .lettersMissing([])
        }
        let bytes = Array(text.utf8)
        return try (0..<pango_layout_get_line_count(layout)).map { index throws(PDFError) in
            guard let line = pango_layout_get_line_readonly(layout, index) else {
                return TextLine()
            }
            return try set(line.pointee, bytes, face, size: size)
        }
    }

    private func set(
        _ line: PangoLayoutLine, _ bytes: [UInt8], _ face: Typeface, size: Double
    ) throws(PDFError) -> TextLine {
        let units = Double(face.unitsPerEm) / (size * Double(PANGO_SCALE))
        var result = GlyphLine(face)
        var list = line.runs
        while let node = list {
            let run = budstikke_run(node).pointee
            list = node.pointee.next
            let (glyphs, item) = (run.glyphs.pointee, run.item.pointee)
            for index in 0..<Int(glyphs.num_glyphs) {
                let info = glyphs.glyphs[index]
                guard info.glyph != Self.emptyGlyph else { continue }
                let position = Int(item.offset) + Int(glyphs.log_clusters[index])
                try result.append(
                    glyph: Int(info.glyph), for: Self.scalar(at: position, in: bytes),
                    advance: Int((Double(info.geometry.width) * units).rounded()),
                    xOffset: Int((Double(info.geometry.x_offset) * units).rounded()),
                    yOffset: -Int((Double(info.geometry.y_offset) * units).rounded()))
            }
        }
        return result.finish()
    }

    /// PANGO_GLYPH_EMPTY, a cast that Swift does not import: nothing is drawn.
    private static let emptyGlyph: UInt32 = 0x0FFF_FFFF

    private static func scalar(at position: Int, in bytes: [UInt8]) -> Unicode.Scalar {
        guard position < bytes.count else { return " " }
        return String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
            ?? " "
    }
}
