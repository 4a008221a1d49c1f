/// A text for paper: without characters that have no shape, or that change the shape of others.
///
/// Control characters become spaces, since fonts show them as boxes; characters that change the
/// direction of writing are removed, since they can make a text look like another one (Unicode
/// Technical Report 36, § 2.5).
package struct PrintableText: Hashable {
    /// The remaining text.
    package let text: String

    /// Lines remain separate, with one line feed for each break.
    package init(_ raw: String) {
        guard raw.unicodeScalars.contains(where: Self.isUnprintable) else {
            text = raw
            return
        }
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in raw.unicodeScalars {
            switch scalar.value {
            case 0x0A where previous == "\r": break
            case 0x0A, 0x0D, 0x2028, 0x2029: scalars.append("\n")
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: break
            case 0..<0x20, 0x7F..<0xA0: scalars.append(" ")
            default: scalars.append(scalar)
            }
            previous = scalar
        }
        text = String(scalars)
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is set on its own, from left to right, where it is put: then the shaper alone is
    /// enough, without the rules for lines and directions.
    var isPlain: Bool {
        switch value {
        case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x250: true
        case 0x2010...0x2027, 0x2030...0x203A, 0x20A0..<0x20C0, 0x2116, 0x2122, 0x2212: true
        default: false
        }
    }
}
