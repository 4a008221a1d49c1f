import CPangoCairo

/// Bytes that cairo reads as a stream.
final class InputBuffer {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func read(
        context: UnsafeMutableRawPointer?, into target: UnsafeMutablePointer<UInt8>?, count: UInt32
    ) -> cairo_status_t {
        guard let context, let target else { return CAIRO_STATUS_READ_ERROR }
        let buffer = Unmanaged<InputBuffer>.fromOpaque(context).takeUnretainedValue()
        let end = buffer.position + Int(count)
        guard end <= buffer.bytes.count else { return CAIRO_STATUS_READ_ERROR }
        for (offset, byte) in buffer.bytes[buffer.position..<end].enumerated() {
            target[offset] = byte
        }
        buffer.position = end
        return CAIRO_STATUS_SUCCESS
    }
}
