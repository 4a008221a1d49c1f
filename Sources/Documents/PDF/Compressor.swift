import CPangoCairo

/// zlib's deflate, its state kept from one stream to the next.
final class Compressor {
    /// 6 is zlib's own choice; above it, these streams take longer and come out no smaller.
    static let level: Int32 = 6
    private var stream = z_stream()

    init(level: Int32 = Compressor.level) throws(DocumentError) {
        let status = deflateInit_(
            &stream, level, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .drawingFailed(reason: "no memory for compression") }
    }

    deinit {
        deflateEnd(&stream)
    }

    /// The bytes in zlib's format (RFC 1950), which PDF calls FlateDecode.
    func compress(_ bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
        guard deflateReset(&stream) == Z_OK else {
            throw .drawingFailed(reason: "compression is broken")
        }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var status = Z_OK
        let compressed = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            bytes.withUnsafeBufferPointer { source in
                // zlib only reads what next_in points to.
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
