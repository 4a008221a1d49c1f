@testable import PDF

/// A PNG put together piece by piece, its checks right and the rest as a test wants it.
enum BuiltPNG {
    /// Grey, all of it black, of the size that it says.
    static func black(width: Int, height: Int, before: [[UInt8]] = []) throws -> [UInt8] {
        let rows = [UInt8](repeating: 0, count: (width + 1) * height)
        return file(
            [header(width: width, height: height)] + before
                + [chunk("IDAT", try Compressor().compress(rows)), chunk("IEND", [])])
    }

    static func file(_ chunks: [[UInt8]]) -> [UInt8] {
        PNGFile.signature + chunks.flatMap(\.self)
    }

    static func header(width: Int, height: Int) -> [UInt8] {
        chunk("IHDR", bytes(width) + bytes(height) + [8, 0, 0, 0, 0])
    }

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(type.utf8) + data
        return bytes(data.count) + named + bytes(Int(check(named)))
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// CRC-32 (ISO/IEC 15948 annex D).
    private static func check(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
            }
        }
    }
}
