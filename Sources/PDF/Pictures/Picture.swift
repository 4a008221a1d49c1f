/// An image of a PDF, copied into every document that shows it.
package final class Picture {
    /// How a picture's stream is encoded.
    package enum Encoding: Hashable, Sendable, CaseIterable {
        /// Rows of three bytes a pixel, with PNG filters, compressed.
        case rows
        /// A JPEG in shades of grey.
        case jpegGrey
        case jpegRGB
        case jpegCMYK
        /// A JPEG in CMYK, inverted as Adobe's programs write it.
        case jpegInvertedCMYK
    }

    /// Width divided by height as drawn, which the pixels of a narrow picture give only roughly.
    package let aspectRatio: Double
    /// The name of the resource in a content stream; a document has one picture.
    let name = "L"
    private let stream: [UInt8]
    private let entries: String

    /// A picture of that size in pixels, with a stream as from `DrawnPicture.stream`.
    package init(encoding: Encoding, width: Int, height: Int, aspectRatio: Double, stream: [UInt8])
    {
        self.aspectRatio = aspectRatio
        self.stream = stream
        entries =
            "/Type/XObject/Subtype/Image/Width \(width)/Height \(height)"
            + "/BitsPerComponent 8" + Self.entries(of: encoding, width: width)
    }

    /// Writes the picture as an image, and returns its number.
    func write(to file: inout PDFWriter) -> Int {
        file.write(stream: stream, entries: entries)
    }

    /// The colours, and the filter that decodes them (ISO 32000-1 § 8.9.5).
    private static func entries(of encoding: Encoding, width: Int) -> String {
        switch encoding {
        case .rows:
            "/ColorSpace/DeviceRGB/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Colors 3/Columns \(width)>>"
        case .jpegGrey: "/ColorSpace/DeviceGray/Filter/DCTDecode"
        case .jpegRGB: "/ColorSpace/DeviceRGB/Filter/DCTDecode"
        case .jpegCMYK: "/ColorSpace/DeviceCMYK/Filter/DCTDecode"
        case .jpegInvertedCMYK:
            "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]/Filter/DCTDecode"
        }
    }
}

/// A picture that was validated and drawn: its pixels, or a JPEG that is used as it is.
///
/// A PNG is put on white and reduced to the resolution of print; an SVG is drawn once, at that
/// resolution.
package struct DrawnPicture: Hashable, Sendable {
    /// `rows` for a PNG or an SVG.
    package let encoding: Picture.Encoding
    /// In pixels.
    package let width: Int
    /// In pixels.
    package let height: Int
    /// Width divided by height as the file states it.
    package let aspectRatio: Double
    /// Three bytes a pixel, row by row; or the JPEG.
    package let bytes: [UInt8]

    /// A picture drawn before; the caller has checked the number of bytes.
    package init(
        encoding: Picture.Encoding, width: Int, height: Int, aspectRatio: Double, bytes: [UInt8]
    ) {
        self.encoding = encoding
        self.width = width
        self.height = height
        self.aspectRatio = aspectRatio
        self.bytes = bytes
    }

    /// Validates and draws a PNG, JPEG or SVG.
    package init(of file: [UInt8], limits: PictureLimits) throws(PictureFault) {
        let size: Size
        if file.starts(with: PNGFile.signature) {
            let png = try PNGFile(file, limits)
            size = Size(width: Double(png.width), height: Double(png.height))
            let pixels = try Bitmap(
                png: png.essence, size: size, scale: min(1, limits.scale(of: size)))
            (encoding, width, height) = (.rows, pixels.width, pixels.height)
            bytes = pixels.bytes
        } else if file.starts(with: JPEGFile.signature) {
            let jpeg = try JPEGFile(file, limits)
            size = Size(width: Double(jpeg.width), height: Double(jpeg.height))
            (encoding, width, height) = (jpeg.encoding, jpeg.width, jpeg.height)
            bytes = file
        } else if SVGPicture.isSVG(file) {
            try SVGValidation.validate(file)
            let picture = try SVGPicture(file)
            size = picture.size
            let pixels = try picture.pixels(scale: limits.scale(of: size))
            (encoding, width, height) = (.rows, pixels.width, pixels.height)
            bytes = pixels.bytes
        } else {
            throw .notAPicture
        }
        aspectRatio = size.width / size.height
    }

    /// The picture's bytes as a PDF contains them.
    ///
    /// Throws `drawingFailed` where memory is short.
    package func stream() throws(PDFError) -> [UInt8] {
        guard encoding == .rows else { return bytes }
        return try Compressor(level: 9).compress(
            Bitmap(width: width, height: height, bytes: bytes).filteredRows)
    }

    /// Whether the bytes begin like a JPEG.
    package static func isJPEG(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: JPEGFile.signature)
    }
}

/// The limits for a picture, and the size and resolution for drawing it.
package struct PictureLimits: Sendable {
    /// The most pixels that a PNG or a JPEG may declare.
    let pixelsMax: Int
    /// The size that a picture is fitted into, in points.
    let box: Size
    /// The resolution of what is drawn.
    let dotsPerInch: Double

    /// `box` is the size that a picture is fitted into, in points.
    package init(pixelsMax: Int, box: Size, dotsPerInch: Double) {
        self.pixelsMax = pixelsMax
        self.box = box
        self.dotsPerInch = dotsPerInch
    }

    /// Whether a declared size is allowed; the product may exceed the range of a number.
    package func allows(width: Int, height: Int) -> Bool {
        let (pixels, isOverflown) = width.multipliedReportingOverflow(by: height)
        return width > 0 && height > 0 && !isOverflown && pixels <= pixelsMax
    }

    /// The factor by which a picture's own pixels are scaled to fit the box.
    func scale(of size: Size) -> Double {
        min(box.width / size.width, box.height / size.height) * dotsPerInch / 72
    }
}

/// Why a picture can't be used; the same bytes have the same fault, except `overBudget`.
package enum PictureFault: Error, Hashable, Sendable {
    /// Neither PNG, JPEG nor SVG.
    case notAPicture
    /// The file declares more pixels than allowed.
    case tooManyPixels
    /// Cut short, or not valid as its format.
    case damaged
    /// A JPEG with colours or a coding that PDF does not support.
    case unsupportedJPEG
    /// An SVG without a size, or of a size too small or large to be intended.
    case withoutSize
    /// Text that is not outlines, which would be drawn in whatever fonts a machine has.
    case letters
    /// An SVG with filters, which are unbounded work.
    case filters
    /// An SVG that refers to other files or addresses.
    case outsideReferences
    /// An SVG with scripts, animation, entities or the like.
    case activeContent
    /// An SVG with too many or too deeply nested elements.
    case tooComplex
    /// There is not enough memory to draw it.
    case overBudget
}
