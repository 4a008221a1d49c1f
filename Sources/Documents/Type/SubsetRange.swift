/// The letters that one slice of a font holds.
///
/// A font is embedded in slices that are cut and compressed once, so that a document pays for the
/// copying of bytes only; and nearly every document needs no slice but the first. What a slice
/// holds never depends on a document, which keeps documents the same whatever was drawn before.
enum SubsetRange: Int, CaseIterable {
    /// What Norwegian and English texts are written with.
    case nordic
    /// What else Europe's Latin letters are, Sámi ones among them, and the usual signs.
    case latin
    /// The rest of the Latin letters, and the rest of the signs.
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

extension Unicode.Scalar {
    /// Whether it stands by itself, from left to right, and on the line where it is put: then the
    /// shaper alone sets it, and no rule of lines or of directions is asked.
    var isPlain: Bool {
        switch value {
        case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x250: true
        case 0x2010...0x2027, 0x2030...0x203A, 0x20A0..<0x20C0, 0x2116, 0x2122, 0x2212: true
        default: false
        }
    }
}
