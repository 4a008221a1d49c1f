import CPangoCairo

/// A decoded picture on white, with three bytes a pixel.
struct Bitmap {
    let width: Int
    let height: Int
    let bytes: [UInt8]

    /// Pixels drawn before, of the stated width and height.
    init(width: Int, height: Int, bytes: [UInt8]) {
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    /// Decodes a PNG and scales it.
    init(png bytes: [UInt8], size: Size, scale: Double) throws(PictureFault) {
        let decoded = try Self.decode(bytes)
        defer { cairo_surface_destroy(decoded) }
        let width = max(1, (size.width * scale).rounded())
        let height = max(1, (size.height * scale).rounded())
        try self.init(width: Int(width), height: Int(height)) { cairo in
            cairo_scale(cairo, width / size.width, height / size.height)
            cairo_set_source_surface(cairo, decoded, 0, 0)
            cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST)
            cairo_paint(cairo)
            return true
        }
    }

    /// What `draw` draws on white; it returns whether it succeeded.
    init(
        width: Int, height: Int, _ draw: (OpaquePointer) -> Bool
    ) throws(PictureFault) {
        self.width = width
        self.height = height
        guard
            let flat = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
            let cairo = cairo_create(flat)
        else { throw .overBudget }
        defer {
            cairo_destroy(cairo)
            cairo_surface_destroy(flat)
        }
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        let isDrawn = draw(cairo)
        cairo_surface_flush(flat)
        guard cairo_status(cairo) != CAIRO_STATUS_NO_MEMORY else { throw .overBudget }
        guard isDrawn, cairo_status(cairo) == CAIRO_STATUS_SUCCESS,
            let data = cairo_image_surface_get_data(flat)
        else { throw .damaged }
        bytes = Self.packed(
            data, width: width, height: height, stride: Int(cairo_image_surface_get_stride(flat)))
    }

    private static func decode(_ bytes: [UInt8]) throws(PictureFault) -> OpaquePointer {
        let input = InputBuffer(bytes)
        let decoded = withExtendedLifetime(input) {
            cairo_image_surface_create_from_png_stream(
                { InputBuffer.read(context: $0, into: $1, count: $2) },
                Unmanaged.passUnretained(input).toOpaque())
        }
        guard let decoded, cairo_surface_status(decoded) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(decoded)
            throw .damaged
        }
        return decoded
    }

    /// cairo's pixels are 32 bits in native byte order, with red in bits 16 to 23.
    private static func packed(
        _ data: UnsafeMutablePointer<UInt8>, width: Int, height: Int, stride: Int
    ) -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            let row = UnsafeRawPointer(data + y * stride)
            for x in 0..<width {
                let pixel = row.load(fromByteOffset: x * 4, as: UInt32.self)
                pixels.append(UInt8(pixel >> 16 & 0xFF))
                pixels.append(UInt8(pixel >> 8 & 0xFF))
                pixels.append(UInt8(pixel & 0xFF))
            }
        }
        return pixels
    }

    /// The rows with PNG filters (ISO/IEC 15948 § 9), each relative to what it differs least from:
    /// the pixel before it or the one above.
    var filteredRows: [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(bytes.count + height)
        let length = width * 3
        for start in stride(from: 0, to: bytes.count, by: length) {
            let row = bytes[start..<(start + length)]
            let left = row.indices.map { index in
                bytes[index] &- (index - start < 3 ? 0 : bytes[index - 3])
            }
            let above = row.indices.map { index in
                bytes[index] &- (index < length ? 0 : bytes[index - length])
            }
            let isAbove = Self.weight(above) < Self.weight(left)
            rows.append(isAbove ? 2 : 1)
            rows += isAbove ? above : left
        }
        return rows
    }

    private static func weight(_ differences: [UInt8]) -> Int {
        differences.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
    }
}

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
