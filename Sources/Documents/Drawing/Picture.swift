import CPangoCairo

/// A logo, made ready once and copied into every document of its form.
///
/// A PNG is laid on white, brought down to the size at which print can show it, and compressed. A
/// JPEG's own bytes are passed through. An SVG is drawn once, at the resolution of print.
final class Picture {
    static let bytesMax = 4 * 1024 * 1024

    /// Width by height.
    let aspectRatio: Double
    /// The resource's name in a content stream.
    let name = "L"
    private let stream: [UInt8]
    private let entries: String

    /// Reads PNG, JPEG or SVG; `widthMax` and `heightMax` are the largest it will be drawn, in
    /// points.
    init(_ bytes: [UInt8], widthMax: Double, heightMax: Double) throws(DocumentError) {
        guard bytes.count <= Self.bytesMax else {
            throw .logoUnreadable(reason: "it is larger than 4 MB")
        }
        let size: Size
        if let header = PictureHeader(bytes) {
            guard header.isReasonable else {
                throw .logoUnreadable(
                    reason: "its \(header.width) × \(header.height) pixels are too many")
            }
            size = Size(width: Double(header.width), height: Double(header.height))
            switch header.format {
            case .png:
                let scale = min(
                    1, max(widthMax / size.width, heightMax / size.height) * 300 / 72)
                (stream, entries) = try Self.encode(
                    PixelGrid(png: bytes, size: size, scale: scale))
            case .jpeg:
                if let objection = header.objection(to: bytes) {
                    throw .logoUnreadable(reason: objection)
                }
                stream = bytes
                entries =
                    Self.entries(
                        width: header.width, height: header.height,
                        components: header.components, isInverted: header.isInverted)
                    + "/Filter/DCTDecode"
            }
        } else if SVGPicture.isSVG(bytes) {
            let picture = try SVGPicture(bytes)
            size = picture.size
            (stream, entries) = try Self.encode(
                picture.pixels(widthMax: widthMax, heightMax: heightMax))
        } else {
            throw .logoUnreadable(reason: "it is not PNG, JPEG or SVG")
        }
        aspectRatio = size.width / size.height
    }

    private static func encode(
        _ pixels: PixelGrid
    ) throws(DocumentError) -> (stream: [UInt8], entries: String) {
        let entries =
            entries(width: pixels.width, height: pixels.height, components: 3)
            + "/Filter/FlateDecode"
            + "/DecodeParms<</Predictor 15/Colors 3/Columns \(pixels.width)>>"
        return (try Compressor(level: 9).compress(pixels.filteredRows), entries)
    }

    /// Writes the picture as an image and gives its number.
    func write(to file: inout PDFWriter) -> Int {
        file.write(stream: stream, entries: entries)
    }

    private static func entries(
        width: Int, height: Int, components: Int, isInverted: Bool = false
    ) -> String {
        let space =
            switch components {
            case 1: "/DeviceGray"
            case 4: "/DeviceCMYK" + (isInverted ? "/Decode[1 0 1 0 1 0 1 0]" : "")
            default: "/DeviceRGB"
            }
        return "/Type/XObject/Subtype/Image/Width \(width)/Height \(height)"
            + "/ColorSpace\(space)/BitsPerComponent 8"
    }
}
