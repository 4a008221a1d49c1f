import CLibRSVG
import CPangoCairo

/// An SVG to be drawn; it was validated before (`SVGValidation`).
///
/// librsvg loads nothing for a picture without a base address.
final class SVGPicture {
    /// In pixels; anything smaller or larger is not intended.
    private static let sides = 0.01...1_000_000.0

    let size: Size
    private let handle: UnsafeMutablePointer<RsvgHandle>

    /// Whether the bytes look like SVG, which has no signature.
    static func isSVG(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(4_096)
        return start.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == 0x3C
            && start.firstRange(of: Array("<svg".utf8)) != nil
    }

    init(_ bytes: [UInt8]) throws(PictureFault) {
        guard let handle = rsvg_handle_new_from_data(bytes, UInt(bytes.count), nil) else {
            throw .damaged
        }
        // Excludes infinity and NaN.
        guard let size = Self.size(of: handle), Self.sides.contains(size.width),
            Self.sides.contains(size.height)
        else {
            budstikke_svg_destroy(handle)
            throw .withoutSize
        }
        self.handle = handle
        self.size = size
    }

    deinit {
        budstikke_svg_destroy(handle)
    }

    /// The picture drawn at a scale, in pixels for each of its own.
    func pixels(scale: Double) throws(PictureFault) -> Bitmap {
        let width = max(1, (size.width * scale).rounded())
        let height = max(1, (size.height * scale).rounded())
        return try Bitmap(width: Int(width), height: Int(height)) { cairo in
            var viewport = RsvgRectangle(x: 0, y: 0, width: width, height: height)
            return rsvg_handle_render_document(handle, cairo, &viewport, nil) != 0
        }
    }

    private static func size(of handle: UnsafeMutablePointer<RsvgHandle>) -> Size? {
        var (width, height) = (0.0, 0.0)
        if rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) != 0 {
            return Size(width: width, height: height)
        }
        var (hasWidth, hasHeight, hasBox): (gboolean, gboolean, gboolean) = (0, 0, 0)
        var (lengthWidth, lengthHeight) = (RsvgLength(), RsvgLength())
        var box = RsvgRectangle()
        rsvg_handle_get_intrinsic_dimensions(
            handle, &hasWidth, &lengthWidth, &hasHeight, &lengthHeight, &hasBox, &box)
        return hasBox != 0 ? Size(width: box.width, height: box.height) : nil
    }
}
