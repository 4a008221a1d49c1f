import CLibRSVG
import CPangoCairo

/// An SVG logo, drawn once at the resolution of print.
///
/// librsvg fetches nothing for a picture that has no address of its own. Letters are refused: they
/// would be drawn with whatever fonts a machine has.
final class SVGPicture {
    private static let dotsPerInch = 600.0

    let size: Size
    private let handle: UnsafeMutablePointer<RsvgHandle>

    /// Whether bytes look like SVG, which has no mark of its own to begin with.
    static func isSVG(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(4_096)
        return start.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == 0x3C
            && start.firstRange(of: Array("<svg".utf8)) != nil
    }

    init(_ bytes: [UInt8]) throws(DocumentError) {
        guard bytes.firstRange(of: Array("<text".utf8)) == nil else {
            throw .logoUnreadable(reason: "its letters must be turned into outlines")
        }
        guard let handle = rsvg_handle_new_from_data(bytes, UInt(bytes.count), nil) else {
            throw .logoUnreadable(reason: "the SVG is damaged")
        }
        guard let size = Self.size(of: handle), size.width > 0, size.height > 0,
            size.width.isFinite, size.height.isFinite
        else {
            budstikke_svg_destroy(handle)
            throw .logoUnreadable(reason: "the SVG has no size")
        }
        self.handle = handle
        self.size = size
    }

    deinit {
        budstikke_svg_destroy(handle)
    }

    /// The picture as it fits into a box, in points.
    func pixels(widthMax: Double, heightMax: Double) throws(DocumentError) -> PixelGrid {
        let scale = min(widthMax / size.width, heightMax / size.height) * Self.dotsPerInch / 72
        let width = max(1, (size.width * scale).rounded())
        let height = max(1, (size.height * scale).rounded())
        return try PixelGrid(width: Int(width), height: Int(height)) { cairo in
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
