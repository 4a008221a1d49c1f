import CPangoCairo

/// A font file, loaded once: for shaping texts, and for embedding.
final class Typeface {
    let isBold: Bool
    let face: OpaquePointer
    let font: OpaquePointer
    let unitsPerEm: Int
    let glyphCount: Int
    /// All of its letters, with the glyph of each.
    let scalars: [(scalar: Unicode.Scalar, glyph: Int)]
    private let advances: [Int32]
    private var subsets: [SubsetRange: FontSubset] = [:]

    /// Throws `fontsMissing` where the file contains no font.
    init(directory: String, file: String, isBold: Bool) throws(PDFError) {
        guard let blob = hb_blob_create_from_file_or_fail("\(directory)/\(file)") else {
            throw .fontsMissing(directory: directory)
        }
        defer { hb_blob_destroy(blob) }
        guard let face = hb_face_create(blob, 0), let font = hb_font_create(face),
            hb_face_get_glyph_count(face) > 1
        else { throw .fontsMissing(directory: directory) }
        self.isBold = isBold
        self.face = face
        self.font = font
        unitsPerEm = Int(hb_face_get_upem(face))
        glyphCount = Int(hb_face_get_glyph_count(face))
        advances = (0..<hb_face_get_glyph_count(face)).map { hb_font_get_glyph_h_advance(font, $0) }
        scalars = Self.scalars(of: face, font)
    }

    deinit {
        hb_font_destroy(font)
        hb_face_destroy(face)
    }

    func advance(of glyph: Int) -> Int {
        advances.indices.contains(glyph) ? Int(advances[glyph]) : 0
    }

    func subset(_ range: SubsetRange) throws(PDFError) -> FontSubset {
        if let known = subsets[range] { return known }
        let subset = try FontSubset(self, range)
        subsets[range] = subset
        return subset
    }

    private static func scalars(
        of face: OpaquePointer, _ font: OpaquePointer
    ) -> [(scalar: Unicode.Scalar, glyph: Int)] {
        guard let set = hb_set_create() else { return [] }
        defer { hb_set_destroy(set) }
        hb_face_collect_unicodes(face, set)
        var scalars: [(scalar: Unicode.Scalar, glyph: Int)] = []
        var next = UInt32.max
        while hb_set_next(set, &next) != 0 {
            var glyph: UInt32 = 0
            guard let scalar = Unicode.Scalar(next),
                hb_font_get_nominal_glyph(font, next, &glyph) != 0, glyph != 0
            else { continue }
            scalars.append((scalar, Int(glyph)))
        }
        return scalars
    }
}

extension Typeface {
    /// The metrics of the whole font, in thousandths of its size (ISO 32000-1 § 9.8).
    var descriptorEntries: String {
        var extents = hb_font_extents_t()
        hb_font_get_h_extents(font, &extents)
        var capitals: Int32 = 0
        hb_ot_metrics_get_position_with_fallback(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &capitals)
        let box = boundingBox.map { String(scaled($0)) }.joined(separator: " ")
        return "/Flags 4/FontBBox[\(box)]/ItalicAngle 0/Ascent \(scaled(Int(extents.ascender)))"
            + "/Descent \(scaled(Int(extents.descender)))/CapHeight \(scaled(Int(capitals)))"
            + "/StemV \(isBold ? 140 : 80)"
    }

    /// xMin to yMax of the table `head` (ISO/IEC 14496-22 § 5.2.3).
    private var boundingBox: [Int] {
        let head = hb_face_reference_table(face, 0x6865_6164)
        defer { hb_blob_destroy(head) }
        var length: UInt32 = 0
        guard let data = hb_blob_get_data(head, &length), length >= 44 else { return [0, 0, 0, 0] }
        let bytes = UnsafeRawBufferPointer(start: data, count: Int(length))
        return stride(from: 36, to: 44, by: 2).map { offset in
            Int(Int16(bitPattern: UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])))
        }
    }

    private func scaled(_ units: Int) -> Int {
        Int((Double(units) * 1_000 / Double(unitsPerEm)).rounded())
    }
}
