/// The format and size that a picture's first bytes give, read before anything is unpacked.
struct PictureHeader: Hashable {
    enum Format: Hashable {
        case png
        case jpeg
    }

    /// More than a page at 300 dots an inch; what unpacks to more is no logo.
    static let pixelsMax = 16_000_000

    let format: Format
    let width: Int
    let height: Int
    /// The colours of a pixel: 1 for grey, 3, or 4 for the colours of print.
    let components: Int
    /// The bits of each colour, as far as a JPEG tells.
    let precision: Int
    /// Whether PDF reads a JPEG of this kind as it is.
    private let isPassable: Bool
    /// Whether its colours of print stand inverted, as Adobe's programs write them.
    let isInverted: Bool

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self.init(png: bytes)
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self.init(jpeg: bytes)
        } else {
            return nil
        }
    }

    /// The IHDR chunk comes first (ISO/IEC 15948 § 5.6).
    private init?(png bytes: [UInt8]) {
        guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
        format = .png
        (components, precision, isPassable, isInverted) = (3, 8, true, false)
        width = Self.bigEndian(bytes[16..<20])
        height = Self.bigEndian(bytes[20..<24])
    }

    /// The frame header, the first marker from C0 to CF that is not a table (ISO/IEC 10918-1 § B.2.2).
    ///
    /// Baseline, extended and progressive are what PDF reads (ISO 32000-1 § 7.4.8); the others are
    /// not passed through. Whoever writes the marker Adobe (APP14) inverts the colours of print.
    private init?(jpeg bytes: [UInt8]) {
        var (position, isAdobe) = (2, false)
        while position + 10 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            // A marker may have any number of these before it (§ B.1.1.2).
            if marker == 0xFF {
                position += 1
                continue
            }
            let body = bytes[(position + 4)...]
            switch marker {
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                format = .jpeg
                precision = Int(bytes[position + 4])
                isPassable = (0xC0...0xC2).contains(marker)
                height = Self.bigEndian(body.dropFirst().prefix(2))
                width = Self.bigEndian(body.dropFirst(3).prefix(2))
                components = Int(bytes[position + 9])
                isInverted = isAdobe && components == 4
                return
            case 0xEE: isAdobe = isAdobe || body.starts(with: "Adobe".utf8)
            default: break
            }
            position += 2 + Self.bigEndian(bytes[(position + 2)..<(position + 4)])
        }
        return nil
    }

    /// Why a JPEG can't be passed through; nil where it can.
    func objection(to bytes: [UInt8]) -> String? {
        guard format == .jpeg else { return nil }
        guard isPassable, precision == 8, [1, 3, 4].contains(components) else {
            return "the JPEG is of a kind that PDF can't show;"
                + " save it in grey, RGB or CMYK of 8 bits"
        }
        // The mark of the end (§ B.1.1.3); some programs write more after it.
        return bytes.suffix(64 * 1024).contains([0xFF, 0xD9]) ? nil : "the JPEG is cut off"
    }

    var isReasonable: Bool {
        width > 0 && height > 0 && width * height <= Self.pixelsMax
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
