/// An image of a PDF, copied into every document that shows it.
package final class Picture {
    /// How a picture's stream is to be read.
    package enum Encoding: Hashable, Sendable, CaseIterable {
        /// Rows of three bytes a pixel, filtered as PNG does it and compressed.
        case rows
        /// A JPEG, by the colours that it is in; inverted as Adobe's programs write them.
        case jpegGrey
        case jpegRGB
        case jpegCMYK
        case jpegInvertedCMYK
    }

    /// Width by height as it is drawn, which pixels of a narrow picture give only roughly.
    package let aspectRatio: Double
    /// The resource's name in a content stream; a document has one picture.
    let name = "L"
    private let stream: [UInt8]
    private let entries: String

    /// A picture of so many pixels, its stream as `DrawnPicture.stream` gives it.
    package init(encoding: Encoding, width: Int, height: Int, aspectRatio: Double, stream: [UInt8])
    {
        self.aspectRatio = aspectRatio
        self.stream = stream
        entries =
            "/Type/XObject/Subtype/Image/Width \(width)/Height \(height)"
            + "/BitsPerComponent 8" + Self.entries(of: encoding, width: width)
    }

    /// Writes the picture as an image and gives its number.
    func write(to file: inout PDFWriter) -> Int {
        file.write(stream: stream, entries: entries)
    }

    /// The colours, and what unpacks them (ISO 32000-1 § 8.9.5).
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

/// A picture that was proved and drawn: its pixels, or a JPEG that passes as it is.
///
/// A PNG is laid on white and brought down to the size at which print can show it; an SVG is drawn
/// once, at the resolution of print.
package struct DrawnPicture: Hashable, Sendable {
    /// `rows` of a PNG or an SVG.
    package let encoding: Picture.Encoding
    /// In pixels.
    package let width: Int
    package let height: Int
    /// Width by height as the file says it.
    package let aspectRatio: Double
    /// Three a pixel, row by row; or the JPEG.
    package let bytes: [UInt8]

    /// What was drawn before: the caller has checked that the bytes are so many.
    package init(
        encoding: Picture.Encoding, width: Int, height: Int, aspectRatio: Double, bytes: [UInt8]
    ) {
        self.encoding = encoding
        self.width = width
        self.height = height
        self.aspectRatio = aspectRatio
        self.bytes = bytes
    }

    /// Proves and draws PNG, JPEG or SVG.
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
            try SVGValidation.verify(file)
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

    /// The picture's bytes as a PDF holds them.
    ///
    /// Throws `drawingFailed` where there is no memory.
    package func stream() throws(PDFError) -> [UInt8] {
        guard encoding == .rows else { return bytes }
        return try Compressor(level: 9).compress(
            Bitmap(width: width, height: height, bytes: bytes).filteredRows)
    }

    /// Whether bytes begin as a JPEG does.
    package static func isJPEG(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: JPEGFile.signature)
    }
}

/// How large a picture may say that it is, and how it is drawn.
package struct PictureLimits: Sendable {
    /// Declared by a PNG or a JPEG.
    let pixelsMax: Int
    /// What a picture is fitted into, in points.
    let box: Size
    /// Of what is drawn into the box.
    let dotsPerInch: Double

    package init(pixelsMax: Int, box: Size, dotsPerInch: Double) {
        self.pixelsMax = pixelsMax
        self.box = box
        self.dotsPerInch = dotsPerInch
    }

    /// Whether a declared size is within: its product may be larger than a number holds.
    package func allows(width: Int, height: Int) -> Bool {
        let (pixels, isOverflown) = width.multipliedReportingOverflow(by: height)
        return width > 0 && height > 0 && !isOverflown && pixels <= pixelsMax
    }

    /// How much smaller or larger a picture is to be drawn for its box, from its own pixels.
    func scale(of size: Size) -> Double {
        min(box.width / size.width, box.height / size.height) * dotsPerInch / 72
    }
}

/// Why a picture can't be drawn with; the same bytes give the same fault.
package enum PictureFault: Error, Hashable, Sendable {
    /// Neither PNG, JPEG nor SVG.
    case notAPicture
    case tooManyPixels
    case damaged
    /// A JPEG in colours or of a coding that PDF does not have.
    case unsupportedJPEG
    /// An SVG whose size is none, or so small or large that nobody meant it.
    case withoutSize
    /// Letters that are not outlines would be drawn with whatever fonts a machine has.
    case letters
    case filters
    case outsideReferences
    case activeContent
    case tooComplex
    /// There is not the memory to draw it.
    case overBudget
}
