import CPangoCairo

/// A part of a font as it is embedded: the outlines and widths of its glyphs, and the letters that
/// they stand for.
///
/// Hinting, which is for screens, is left out, as are tables needed only for shaping.
final class FontSubset {
    let isBold: Bool
    let range: SubsetRange
    /// The embedded glyph for each glyph of the font; 0, which is `.notdef`, for one that is not
    /// embedded.
    private let codes: [UInt16]
    /// The font program (TrueType), compressed, and its uncompressed length.
    let program: [UInt8]
    let programLength: Int
    /// The letters of the embedded glyphs (ISO 32000-1 § 9.10.3), compressed.
    let unicodeMap: [UInt8]
    /// The code of a space; nil where the subset has none.
    let space: UInt16?
    /// The metrics of the whole font.
    let descriptorEntries: String
    /// The array of widths (§ 9.7.4.3).
    let widths: [UInt8]

    init(_ face: Typeface, _ range: SubsetRange) throws(PDFError) {
        isBold = face.isBold
        self.range = range
        let scalars = face.scalars.filter { SubsetRange($0.scalar) == range }
        let (font, map) = try Self.cut(face, scalars.map(\.scalar))
        var codes = [UInt16](repeating: 0, count: face.glyphCount)
        for (old, new) in map where old < codes.count { codes[old] = UInt16(new) }
        self.codes = codes
        let compressor = try Compressor(level: 9)
        program = try compressor.compress(font)
        programLength = font.count
        unicodeMap = try compressor.compress(
            Self.unicodeMap(scalars.map { (codes[$0.glyph], $0.scalar) }))
        space = scalars.first { $0.scalar == " " }.map { codes[$0.glyph] }
        descriptorEntries = face.descriptorEntries
        widths = Self.widths(face, map)
    }

    /// The code of a glyph; nil where it is in another subset.
    func code(of glyph: Int) -> UInt16? {
        guard codes.indices.contains(glyph), codes[glyph] != 0 else { return nil }
        return codes[glyph]
    }

    /// The name of the resource in a content stream: `R0`, `B1`.
    var name: String {
        "\(isBold ? "B" : "R")\(range.rawValue)"
    }

    /// The name of a subset begins with six letters that distinguish it from others (§ 9.6.4).
    var postScriptName: String {
        let letters = ["NORDIC", "LATINS", "LATINX", "GREEKX", "CYRILL", "OTHERX"]
        return "\(letters[range.rawValue])+LiberationSans\(isBold ? "-Bold" : "")"
    }

    private static let droppedTables = [
        "GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "post", "cmap", "gasp", "DSIG", "FFTM",
        "cvt ", "fpgm", "prep", "hdmx", "VDMX", "LTSH", "meta", "PCLT",
    ]

    private static func cut(
        _ face: Typeface, _ scalars: [Unicode.Scalar]
    ) throws(PDFError) -> (font: [UInt8], map: [(old: Int, new: Int)]) {
        guard let input = hb_subset_input_create_or_fail() else {
            throw .drawingFailed(reason: "no memory for a font")
        }
        defer { hb_subset_input_destroy(input) }
        let wanted = hb_subset_input_unicode_set(input)
        for scalar in scalars { hb_set_add(wanted, scalar.value) }
        let dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG)
        for table in droppedTables { hb_set_add(dropped, Self.tag(table)) }
        hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING.rawValue)
        guard let plan = hb_subset_plan_create_or_fail(face.face, input) else {
            throw .drawingFailed(reason: "the font can't be cut")
        }
        defer { hb_subset_plan_destroy(plan) }
        guard let cut = hb_subset_plan_execute_or_fail(plan) else {
            throw .drawingFailed(reason: "the font can't be cut")
        }
        defer { hb_face_destroy(cut) }
        let blob = hb_face_reference_blob(cut)
        defer { hb_blob_destroy(blob) }
        var length: UInt32 = 0
        let data = hb_blob_get_data(blob, &length)
        let font = UnsafeRawBufferPointer(start: data, count: Int(length)).map(\.self)
        let mapping = hb_subset_plan_old_to_new_glyph_mapping(plan)
        let map = (0..<face.glyphCount).compactMap { old -> (old: Int, new: Int)? in
            let new = hb_map_get(mapping, UInt32(old))
            return new == UInt32.max ? nil : (old, Int(new))
        }
        return (font, map)
    }

    private static func tag(_ name: String) -> UInt32 {
        name.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func widths(_ face: Typeface, _ map: [(old: Int, new: Int)]) -> [UInt8] {
        var widths = PDFBytes()
        widths.append("[0[")
        for (index, glyph) in map.sorted(by: { $0.new < $1.new }).enumerated() {
            if index > 0 { widths.append(" ") }
            widths.append(
                Double(face.advance(of: glyph.old)) * 1_000 / Double(face.unitsPerEm), decimals: 3)
        }
        widths.append("]]")
        return widths.bytes
    }

    /// Where two letters share a glyph, it is read as the lower one: a no-break space as a space.
    private static func unicodeMap(_ letters: [(code: UInt16, scalar: Unicode.Scalar)]) -> [UInt8] {
        var known: [UInt16: Unicode.Scalar] = [:]
        for (code, scalar) in letters {
            known[code] = min(known[code] ?? scalar, scalar)
        }
        let sorted = known.sorted { $0.key < $1.key }
        var map = PDFBytes()
        map.append(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """)
        // A section holds at most a hundred (Adobe Technical Note 5014).
        for start in stride(from: 0, to: sorted.count, by: 100) {
            let section = sorted[start..<min(start + 100, sorted.count)]
            map.append("\(section.count) beginbfchar\n")
            for (code, scalar) in section {
                let units = String(scalar).utf16.map { Self.hexadecimal($0) }.joined()
                map.append("<\(Self.hexadecimal(code))> <\(units)>\n")
            }
            map.append("endbfchar\n")
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        return map.bytes
    }

    private static func hexadecimal(_ value: UInt16) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension FontSubset {
    /// Writes the subset as a composite font (ISO 32000-1 § 9.7), and returns its number.
    func write(to file: inout PDFWriter) -> Int {
        let stream = file.write(deflated: program, entries: "/Length1 \(programLength)")
        let descriptor = file.write { output in
            output.append("<</Type/FontDescriptor/FontName/\(postScriptName)")
            output.append(descriptorEntries)
            output.append("/FontFile2 \(stream) 0 R>>")
        }
        let map = file.write(deflated: unicodeMap)
        let descendant = file.write { output in
            output.append("<</Type/Font/Subtype/CIDFontType2/BaseFont/\(postScriptName)")
            output.append("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>")
            output.append("/CIDToGIDMap/Identity/FontDescriptor \(descriptor) 0 R/W")
            output.append(widths)
            output.append(">>")
        }
        return file.write { output in
            output.append("<</Type/Font/Subtype/Type0/BaseFont/\(postScriptName)")
            output.append("/Encoding/Identity-H/DescendantFonts[\(descendant) 0 R]")
            output.append("/ToUnicode \(map) 0 R>>")
        }
    }
}

/// The letters in one subset of a font.
///
/// A font is embedded in subsets that are cut and compressed once, so that a document only costs
/// copying of bytes; and nearly every document needs only the first subset. The contents of a
/// subset never depend on a document, so that documents do not depend on what was drawn before.
enum SubsetRange: Int, CaseIterable {
    /// The letters of Norwegian and English texts.
    case nordic
    /// The other Latin letters of Europe, including Sámi, and the usual symbols.
    case latin
    /// The remaining Latin letters and symbols.
    case latinExtended
    case greek
    case cyrillic
    case other

    init(_ scalar: Unicode.Scalar) {
        self =
            switch scalar.value {
            case 0x20...0x7E, 0xA0, 0xA7, 0xAB, 0xB0, 0xB2, 0xB3, 0xB7, 0xBB, 0xBD: .nordic
            case 0xC4...0xC6, 0xC5, 0xC9, 0xD6, 0xD7, 0xD8, 0xDC: .nordic
            case 0xE0, 0xE4...0xE6, 0xE8...0xEA, 0xF2, 0xF3, 0xF4, 0xF6, 0xF8, 0xFC: .nordic
            case 0x2013, 0x2014, 0x2018...0x201A, 0x201C...0x201E, 0x2022, 0x2026, 0x20AC, 0x2212:
                .nordic
            case 0x370..<0x400, 0x1F00..<0x2000: .greek
            case 0x400..<0x530: .cyrillic
            case 0xA1..<0x180, 0x1E4...0x1E9, 0x1EE, 0x1EF, 0x292, 0x2010..<0x2040: .latin
            case 0x20A0..<0x20C0, 0x2116, 0x2122: .latin
            case 0x180..<0x370, 0x1E00..<0x1F00, 0x2000..<0x2C80: .latinExtended
            default: .other
            }
    }
}
