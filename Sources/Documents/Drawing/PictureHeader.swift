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
        components = 3
        width = Self.bigEndian(bytes[16..<20])
        height = Self.bigEndian(bytes[20..<24])
    }

    /// The frame header, the first marker from C0 to CF that is not a table (ISO/IEC 10918-1 § B.2.2).
    private init?(jpeg bytes: [UInt8]) {
        var position = 2
        while position + 10 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                format = .jpeg
                height = Self.bigEndian(bytes[(position + 5)..<(position + 7)])
                width = Self.bigEndian(bytes[(position + 7)..<(position + 9)])
                components = Int(bytes[position + 9])
                return
            }
            position += 2 + Self.bigEndian(bytes[(position + 2)..<(position + 4)])
        }
        return nil
    }

    var isReasonable: Bool {
        width > 0 && height > 0 && width * height <= Self.pixelsMax
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
