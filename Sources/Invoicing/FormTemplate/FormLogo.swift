/// A form's logo as it is drawn in documents, or why it can't be drawn.
package enum FormLogo: Hashable, Sendable {
    case picture(LogoPicture)
    case unusable(LogoFault)
}

/// A logo ready for use: an image that a PDF contains as it is, with nothing left to parse.
package struct LogoPicture: Hashable, Sendable {
    /// How the stream is encoded.
    package enum Encoding: String, Hashable, Sendable, CaseIterable {
        /// Rows of three bytes a pixel, with PNG filters, compressed.
        case rows
        /// A JPEG in shades of grey.
        case jpegGrey = "jpeg_grey"
        case jpegRGB = "jpeg_rgb"
        case jpegCMYK = "jpeg_cmyk"
        /// A JPEG in CMYK, inverted as Adobe's programs write it.
        case jpegInvertedCMYK = "jpeg_inverted_cmyk"
    }

    package let encoding: Encoding
    /// In pixels.
    package let width: Int
    /// In pixels.
    package let height: Int
    /// Width divided by height as drawn, which the pixels of a narrow picture give only roughly.
    package let aspectRatio: Double
    /// The image data, in the form that `encoding` states.
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

/// Why a logo can't be used; the same bytes always give the same fault, except `interrupted`.
package enum LogoFault: String, Error, Hashable, Sendable, CaseIterable {
    /// Neither an SVG, a PNG nor a JPEG.
    case notAPicture = "not_a_picture"
    /// More bytes than a logo may have.
    case tooLarge = "too_large"
    /// More pixels than a logo may have.
    case tooManyPixels = "too_many_pixels"
    /// Cut short, or not valid as the format that it claims to be.
    case damaged
    /// A JPEG with colours or a coding that PDF does not support.
    case unsupportedJPEG = "unsupported_jpeg"
    /// It states no size, or is far too wide or too high.
    case withoutSize = "without_size"
    /// Text that is not outlines, which would be drawn in whatever fonts a machine has.
    case letters
    /// An SVG with filters, which are unbounded work.
    case filters
    /// An SVG that refers to other files or addresses.
    case outsideReferences = "outside_references"
    /// An SVG with scripts or the like.
    case activeContent = "active_content"
    /// An SVG with more elements, or deeper nested ones, than a logo may have.
    case tooComplex = "too_complex"
    /// Drawing it took more time or memory than allowed, or crashed the drawing program.
    case overBudget = "over_budget"
    /// Not the logo's fault: drawing it was interrupted, and will be tried again.
    case interrupted

    /// The fault as the detail of a `Fault`: its code in words.
    package var detail: String {
        rawValue.replacing("_", with: " ")
    }

    /// Parses a detail; nil where it is not one of these.
    package init?(detail: String) {
        self.init(rawValue: detail.replacing(" ", with: "_"))
    }
}
