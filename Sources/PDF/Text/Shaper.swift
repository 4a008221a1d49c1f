import CPangoCairo

/// Sets one line of plain text with HarfBuzz, which pango would use as well.
final class Shaper {
    private let buffer: OpaquePointer
    private let language: OpaquePointer?
    /// Ligatures would hide letters from those who copy the text.
    private let withoutLigatures: [hb_feature_t]
    /// Figures without letters are aligned in columns: each as wide as the others, and so not
    /// kerned.
    private let withoutKerning: [hb_feature_t]

    init() throws(PDFError) {
        guard let buffer = hb_buffer_create() else {
            throw .drawingFailed(reason: "no memory for a text")
        }
        self.buffer = buffer
        language = hb_language_from_string("nb", -1)
        withoutLigatures = Self.features(["liga=0", "clig=0"])
        withoutKerning = Self.features(["liga=0", "clig=0", "kern=0"])
    }

    deinit {
        hb_buffer_destroy(buffer)
    }

    /// The line; throws `lettersMissing` with the letters that the face lacks.
    func line(_ text: String, _ face: Typeface) throws(PDFError) -> TextLine {
        hb_buffer_clear_contents(buffer)
        hb_buffer_set_direction(buffer, HB_DIRECTION_LTR)
        hb_buffer_set_script(buffer, HB_SCRIPT_LATIN)
        hb_buffer_set_language(buffer, language)
        for (index, scalar) in text.unicodeScalars.enumerated() {
            hb_buffer_add(buffer, scalar.value, UInt32(index))
        }
        hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE)
        let features = Self.isFigures(text) ? withoutKerning : withoutLigatures
        hb_shape(face.font, buffer, features, UInt32(features.count))
        var count: UInt32 = 0
        let glyphs = hb_buffer_get_glyph_infos(buffer, &count)
        guard let glyphs, let positions = hb_buffer_get_glyph_positions(buffer, nil) else {
            return TextLine()
        }
        let scalars = Array(text.unicodeScalars)
        var line = GlyphLine(face)
        for index in 0..<Int(count) {
            let position = positions[index]
            try line.append(
                glyph: Int(glyphs[index].codepoint), for: scalars[Int(glyphs[index].cluster)],
                advance: Int(position.x_advance), xOffset: Int(position.x_offset),
                yOffset: Int(position.y_offset))
        }
        return line.finish()
    }

    static func isFigures(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    private static func features(_ names: [String]) -> [hb_feature_t] {
        names.map { name in
            var feature = hb_feature_t()
            hb_feature_from_string(name, -1, &feature)
            return feature
        }
    }
}

/// Collects the glyphs of a line, each from the subset that contains it.
struct GlyphLine {
    private let face: Typeface
    private var line = TextLine()

    init(_ face: Typeface) {
        self.face = face
    }

    mutating func append(
        glyph: Int, for scalar: Unicode.Scalar, advance: Int, xOffset: Int, yOffset: Int
    ) throws(PDFError) {
        guard glyph != 0, let (subset, code) = try place(of: glyph, for: scalar) else {
            throw .lettersMissing([Character(scalar)])
        }
        line.append(
            code: code, in: subset, natural: face.advance(of: glyph), advance: advance,
            xOffset: xOffset, yOffset: yOffset, unitsPerEm: face.unitsPerEm)
    }

    func finish() -> TextLine {
        var line = line
        line.end()
        return line
    }

    /// A letter's own subset; another one where a letter and its combining mark became one glyph.
    private func place(
        of glyph: Int, for scalar: Unicode.Scalar
    ) throws(PDFError) -> (FontSubset, UInt16)? {
        let own = SubsetRange(scalar)
        let subset = try face.subset(own)
        if let code = subset.code(of: glyph) { return (subset, code) }
        for range in SubsetRange.allCases where range != own {
            let subset = try face.subset(range)
            if let code = subset.code(of: glyph) { return (subset, code) }
        }
        return nil
    }
}
