/// The size that a PNG declares, and the chunks needed to decode it; nothing is decoded.
///
/// ISO/IEC 15948 § 5. Chunks that only describe the picture (colour profile, texts, times) are left
/// out of `essence`: they hold compressed data of any size, and nothing reads them.
struct PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let kept = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map { Array($0.utf8) }

    /// A file of 4 MB in chunks of 8 kB has 512.
    static let chunksMax = 4_096

    let width: Int
    let height: Int
    let essence: [UInt8]

    init(_ bytes: [UInt8], _ limits: PictureLimits) throws(PictureFault) {
        guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else {
            throw .damaged
        }
        width = bytes[16..<20].bigEndian
        height = bytes[20..<24].bigEndian
        guard limits.allows(width: width, height: height) else { throw .tooManyPixels }
        essence = try Self.essence(of: bytes)
    }

    private static func essence(of bytes: [UInt8]) throws(PictureFault) -> [UInt8] {
        var essence = signature
        var position = signature.count
        for _ in 0..<Self.chunksMax {
            // Length, type and, after the data, a checksum.
            guard bytes.count - position >= 12 else { throw .damaged }
            let length = bytes[position..<(position + 4)].bigEndian
            guard length <= bytes.count - position - 12 else { throw .damaged }
            let type = bytes[(position + 4)..<(position + 8)]
            let end = position + 12 + length
            if kept.contains(where: type.elementsEqual) {
                essence += bytes[position..<end]
            } else if (0x41...0x5A).contains(bytes[position + 4]) {
                // Upper case: a critical chunk (§ 5.4), but an unknown one.
                throw .damaged
            }
            if type.elementsEqual("IEND".utf8) { return essence }
            position = end
        }
        throw .tooComplex
    }
}

extension ArraySlice<UInt8> {
    /// A big-endian number of at most seven bytes.
    var bigEndian: Int {
        reduce(0) { $0 << 8 | Int($1) }
    }
}
