import CPangoCairo

/// A logo, decoded once and drawn in every document of its form.
///
/// A PNG is laid on white and brought down to the size at which print can show it, since cairo
/// compresses its pixels again for each document. A JPEG's own bytes are passed through.
final class Picture {
    /// More than a page at 300 dots an inch; what unpacks to more is no logo.
    static let pixelsMax = 16_000_000
    static let bytesMax = 4 * 1024 * 1024

    /// Width by height.
    let aspectRatio: Double
    private let surface: OpaquePointer
    private let pixels: Size

    /// Reads PNG or JPEG; `widthMax` and `heightMax` are the largest it will be drawn, in points.
    init(_ bytes: [UInt8], widthMax: Double, heightMax: Double) throws(DocumentError) {
        guard bytes.count <= Self.bytesMax else {
            throw .logoUnreadable(reason: "it is larger than 4 MB")
        }
        guard let kind = PictureHeader(bytes) else {
            throw .logoUnreadable(reason: "it is not PNG or JPEG")
        }
        guard kind.width > 0, kind.height > 0, kind.width * kind.height <= Self.pixelsMax else {
            throw .logoUnreadable(reason: "its \(kind.width) × \(kind.height) pixels are too many")
        }
        let size = Size(width: Double(kind.width), height: Double(kind.height))
        aspectRatio = size.width / size.height
        switch kind.format {
        case .png:
            let scale = min(
                1, max(widthMax / size.width, heightMax / size.height) * 300 / 72)
            (surface, pixels) = try Self.decodePNG(bytes, size: size, scale: scale)
        case .jpeg:
            surface = try Self.wrapJPEG(bytes, width: kind.width, height: kind.height)
            pixels = size
        }
    }

    deinit {
        cairo_surface_destroy(surface)
    }

    func show(in rectangle: Rectangle, on cairo: OpaquePointer) {
        cairo_save(cairo)
        cairo_translate(cairo, rectangle.x, rectangle.y)
        cairo_scale(cairo, rectangle.width / pixels.width, rectangle.height / pixels.height)
        cairo_set_source_surface(cairo, surface, 0, 0)
        cairo_paint(cairo)
        cairo_restore(cairo)
    }

    private static func decodePNG(
        _ bytes: [UInt8], size: Size, scale: Double
    ) throws(DocumentError) -> (OpaquePointer, Size) {
        let input = InputBuffer(bytes)
        let decoded = withExtendedLifetime(input) {
            cairo_image_surface_create_from_png_stream(
                { InputBuffer.read(context: $0, into: $1, count: $2) },
                Unmanaged.passUnretained(input).toOpaque())
        }
        guard let decoded, cairo_surface_status(decoded) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(decoded)
            throw .logoUnreadable(reason: "the PNG is damaged")
        }
        defer { cairo_surface_destroy(decoded) }
        let pixels = Size(
            width: max(1, (size.width * scale).rounded()),
            height: max(1, (size.height * scale).rounded()))
        guard
            let flat = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(pixels.width), Int32(pixels.height)),
            let cairo = cairo_create(flat)
        else { throw .logoUnreadable(reason: "no memory for it") }
        defer { cairo_destroy(cairo) }
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        cairo_scale(cairo, pixels.width / size.width, pixels.height / size.height)
        cairo_set_source_surface(cairo, decoded, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST)
        cairo_paint(cairo)
        guard cairo_status(cairo) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(flat)
            throw .logoUnreadable(reason: "it can't be scaled")
        }
        return (flat, pixels)
    }

    /// A surface whose pixels are never looked at: a PDF takes the JPEG that hangs on it.
    private static func wrapJPEG(
        _ bytes: [UInt8], width: Int, height: Int
    ) throws(DocumentError) -> OpaquePointer {
        guard
            let surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        else { throw .logoUnreadable(reason: "no memory for it") }
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
        copy.initialize(from: bytes, count: bytes.count)
        let status = cairo_surface_set_mime_data(
            surface, CAIRO_MIME_TYPE_JPEG, copy, UInt(bytes.count), { $0?.deallocate() }, copy)
        guard status == CAIRO_STATUS_SUCCESS else {
            copy.deallocate()
            cairo_surface_destroy(surface)
            throw .logoUnreadable(reason: "the JPEG can't be used")
        }
        return surface
    }
}
