import CPangoCairo

/// Compresses by zlib's deflate, keeping its state from one stream to the next; for one thread at a
/// time.
package final class Compressor {
    /// 6 is zlib's default; with higher levels these streams take longer and become no smaller.
    private static let level: Int32 = 6
    private var stream = z_stream()

    /// Throws `drawingFailed` where memory is short.
    package convenience init() throws(PDFError) {
        try self.init(level: Self.level)
    }

    init(level: Int32) throws(PDFError) {
        let status = deflateInit_(
            &stream, level, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .drawingFailed(reason: "no memory for compression") }
    }

    deinit {
        deflateEnd(&stream)
    }

    /// The bytes compressed in zlib's format (RFC 1950), which PDF calls FlateDecode.
    func compress(_ bytes: [UInt8]) throws(PDFError) -> [UInt8] {
        guard deflateReset(&stream) == Z_OK else {
            throw .drawingFailed(reason: "compression is broken")
        }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var status = Z_OK
        let compressed = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            bytes.withUnsafeBufferPointer { source in
                // zlib only reads through next_in.
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(capacity)
                status = deflate(&stream, Z_FINISH)
            }
            count = capacity - Int(stream.avail_out)
            (stream.next_in, stream.next_out) = (nil, nil)
        }
        guard status == Z_STREAM_END else {
            throw .drawingFailed(reason: "a part of the document can't be compressed")
        }
        return compressed
    }
}

/// Sixteen bytes that identify a file (ISO 32000-1 § 14.4).
///
/// The same bytes have the same fingerprint on any machine. It does not resist somebody who
/// deliberately makes two files with the same one: nothing relies on that.
enum FileFingerprint {
    static func bytes(of file: [UInt8]) -> [UInt8] {
        var (first, second): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        file.withUnsafeBytes { bytes in
            let whole = bytes.count & ~7
            // Word by word: byte by byte it would take a tenth of the time for a document.
            for offset in stride(from: 0, to: whole, by: 8) {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                mix(word, into: &first, by: 0x0000_0100_0000_01B3)
                mix(word, into: &second, by: 0xFF51_AFD7_ED55_8CCD)
            }
            for offset in whole..<bytes.count {
                mix(UInt64(bytes[offset]), into: &first, by: 0x0000_0100_0000_01B3)
                mix(UInt64(bytes[offset]), into: &second, by: 0xFF51_AFD7_ED55_8CCD)
            }
        }
        return [first, second].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(word >> UInt64($0) & 0xFF) }
        }
    }

    /// A product propagates bits upwards only, so the upper half is folded down again.
    private static func mix(_ word: UInt64, into state: inout UInt64, by factor: UInt64) {
        state = (state ^ word) &* factor
        state ^= state >> 32
    }
}
