import CPangoCairo

/// The fonts, read once and used for every document.
///
/// Fontconfig is given these files and nothing else: neither the machine's other fonts nor its
/// settings can change a document, which is what makes one byte-identical everywhere. Not for
/// more than one thread at a time.
final class FontSet {
    /// Where Debian's fonts-liberation2 puts them.
    static let directory = "/usr/share/fonts/truetype/liberation2"
    static let files = ["LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"]
    /// Longer than any description we have seen, and short enough to lay out at once.
    static let textCharactersMax = 20_000

    private let configuration: OpaquePointer
    private let map: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private var descriptions: [TextStyle: OpaquePointer] = [:]

    /// Fails with `fontsMissing` where a file is not there.
    init(directory: String = FontSet.directory) throws(DocumentError) {
        guard let configuration = FcConfigCreate() else {
            throw .drawingFailed(reason: "no memory for fonts")
        }
        for file in Self.files
        where budstikke_add_font_file(configuration, "\(directory)/\(file)") == 0 {
            FcConfigDestroy(configuration)
            throw .fontsMissing(directory: directory)
        }
        guard let map = budstikke_font_map_create(configuration) else {
            FcConfigDestroy(configuration)
            throw .drawingFailed(reason: "no font map")
        }
        guard let context = pango_font_map_create_context(map) else {
            budstikke_font_map_destroy(map)
            FcConfigDestroy(configuration)
            throw .drawingFailed(reason: "no text context")
        }
        self.configuration = configuration
        self.map = map
        self.context = context
        useUnhintedMetrics()
    }

    deinit {
        for description in descriptions.values { pango_font_description_free(description) }
        budstikke_context_destroy(context)
        budstikke_font_map_destroy(map)
        FcConfigDestroy(configuration)
    }

    /// Hinting is for screens: on paper it would only push letters off their places.
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

    /// Sets a text in lines: wrapped where a width is given, cut with an ellipsis where a number
    /// of lines is.
    ///
    /// Throws `textTooLong` and `lettersMissing`: what can't be shown whole is not shown at all.
    func block(
        _ text: String, _ style: TextStyle, width: Double? = nil, linesMax: Int? = nil
    ) throws(DocumentError) -> TextBlock {
        let block = try layOut(text, style, width: width, linesMax: linesMax)
        guard !block.hasMissingGlyphs else {
            throw .lettersMissing(try missingGlyphs(in: text))
        }
        return block
    }

    /// The letters of a text that neither face has, each once, in their order.
    func missingGlyphs(in text: String) throws(DocumentError) -> [Character] {
        var missing: [Character] = []
        guard try lacksGlyphs(text) else { return missing }
        for character in text where !missing.contains(character) {
            if try lacksGlyphs(String(character)) { missing.append(character) }
        }
        return missing
    }

    private func lacksGlyphs(_ text: String) throws(DocumentError) -> Bool {
        for style in [TextStyle.body, .strong]
        where try layOut(text, style, width: nil, linesMax: nil).hasMissingGlyphs {
            return true
        }
        return false
    }

    private func layOut(
        _ text: String, _ style: TextStyle, width: Double?, linesMax: Int?
    ) throws(DocumentError) -> TextBlock {
        let clean = PrintableText(text).text
        guard clean.utf8.count <= Self.textCharactersMax else {
            throw .textTooLong(characters: text.count, charactersMax: Self.textCharactersMax)
        }
        guard let layout = pango_layout_new(context) else {
            throw .drawingFailed(reason: "no memory for a text")
        }
        pango_layout_set_font_description(layout, try description(of: style))
        if let width {
            pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
            pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        }
        if let linesMax {
            pango_layout_set_height(layout, -Int32(linesMax))
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        }
        pango_layout_set_text(layout, clean, Int32(clean.utf8.count))
        return TextBlock(owning: layout, style: style)
    }

    private func description(of style: TextStyle) throws(DocumentError) -> OpaquePointer {
        if let known = descriptions[style] { return known }
        guard let description = pango_font_description_new() else {
            throw .drawingFailed(reason: "no memory for a font")
        }
        pango_font_description_set_family(description, "Liberation Sans")
        pango_font_description_set_weight(
            description, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_font_description_set_size(description, Int32(style.size * Double(PANGO_SCALE)))
        descriptions[style] = description
        return description
    }
}
