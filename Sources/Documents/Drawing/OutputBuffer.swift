import CPangoCairo

/// Where a document's bytes are written.
final class OutputBuffer {
    private(set) var bytes: [UInt8] = []

    init() {
        // What an ordinary invoice comes to: fonts are most of it.
        bytes.reserveCapacity(96 * 1024)
    }

    static func append(
        context: UnsafeMutableRawPointer?, bytes: UnsafePointer<UInt8>?, count: UInt32
    ) -> cairo_status_t {
        guard let context, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        let buffer = Unmanaged<OutputBuffer>.fromOpaque(context).takeUnretainedValue()
        buffer.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }
}
