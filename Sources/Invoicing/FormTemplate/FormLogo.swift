/// A form's logo as its documents are drawn with it, or why they can't be.
package enum FormLogo: Hashable, Sendable {
    case picture(LogoPicture)
    case unusable(LogoFault)
}

/// What came of a logo's bytes: an image that a PDF holds as it stands, with nothing left to parse.
package struct LogoPicture: Hashable, Sendable {
    /// How the stream is to be read.
    package enum Encoding: String, Hashable, Sendable, CaseIterable {
        /// Rows of three bytes a pixel, filtered as PNG does it and compressed.
        case rows
        /// A JPEG, by the colours that it is in; inverted as Adobe's programs write them.
        case jpegGrey = "jpeg_grey"
        case jpegRGB = "jpeg_rgb"
        case jpegCMYK = "jpeg_cmyk"
        case jpegInvertedCMYK = "jpeg_inverted_cmyk"
    }

    package let encoding: Encoding
    /// In pixels.
    package let width: Int
    package let height: Int
    /// Width by height as it is drawn, which pixels of a narrow picture give only roughly.
    package let aspectRatio: Double
    package let stream: [UInt8]

    package init(
        encoding: Encoding, width: Int, height: Int, aspectRatio: Double, stream: [UInt8]
    ) {
        self.encoding = encoding
        self.width = width
        self.height = height
        self.aspectRatio = aspectRatio
        self.stream = stream
    }
}

/// Why a logo can't be drawn with; the same bytes give the same fault.
package enum LogoFault: String, Error, Hashable, Sendable, CaseIterable {
    case notAPicture = "not_a_picture"
    case tooLarge = "too_large"
    case tooManyPixels = "too_many_pixels"
    case damaged
    /// A JPEG in colours or of a coding that PDF does not have.
    case unsupportedJPEG = "unsupported_jpeg"
    case withoutSize = "without_size"
    /// Letters that are not outlines would be drawn with whatever fonts a machine has.
    case letters
    case filters
    case outsideReferences = "outside_references"
    case activeContent = "active_content"
    case tooComplex = "too_complex"
    /// Drawing it took more time or memory than a logo may, or broke the program that draws.
    case overBudget = "over_budget"
    /// Not the logo's doing: its drawing did not come to an end, and is tried again.
    case interrupted

    /// The fault as the detail of a `Fault`: its code in words.
    package var detail: String {
        rawValue.replacing("_", with: " ")
    }

    /// Reads a detail back; nil where it is none of these.
    package init?(detail: String) {
        self.init(rawValue: detail.replacing(" ", with: "_"))
    }
}
