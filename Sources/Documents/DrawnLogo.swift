package import Invoicing
import PDF

/// The limits for a logo; anything beyond them would hold up everybody's invoices.
package enum LogoLimits {
    /// The largest file, in bytes.
    package static let bytesMax = 4 * 1024 * 1024
    /// The most pixels drawn for a PNG or an SVG: twice the logo's box at 600 dots an inch.
    static let drawnPixelsMax = 1_300_000
    /// Width divided by height.
    static let aspectRatios = 0.01...100.0
    /// At most as many pixels as a page has at 300 dots an inch; drawn at twice the resolution of
    /// print.
    static let picture = PictureLimits(
        pixelsMax: 16_000_000, box: InvoiceLayout.logoBox, dotsPerInch: 600)
}

/// A logo that was validated and drawn: its pixels, or a JPEG that is used as it is.
///
/// Created by the program `draw-logo`, in a process of its own.
package struct DrawnLogo: Hashable, Sendable {
    let drawn: DrawnPicture

    /// Validates and draws a PNG, JPEG or SVG.
    package init(of file: [UInt8]) throws(LogoFault) {
        guard file.count <= LogoLimits.bytesMax else { throw .tooLarge }
        do throws(PictureFault) {
            drawn = try DrawnPicture(of: file, limits: LogoLimits.picture)
        } catch {
            throw LogoFault(error)
        }
        guard LogoLimits.aspectRatios.contains(drawn.aspectRatio) else { throw .withoutSize }
    }

    /// The image in the form that a PDF contains.
    ///
    /// Throws `drawingFailed` where memory is short.
    package func picture() throws(DocumentError) -> LogoPicture {
        LogoPicture(
            encoding: LogoPicture.Encoding(drawn.encoding), width: drawn.width,
            height: drawn.height, aspectRatio: drawn.aspectRatio,
            stream: try DocumentError.mapping(drawn.stream))
    }
}

/// The output of `draw-logo`: a line, followed by the drawn pixels.
///
/// It is parsed without trust: the process may have been subverted by the file that it drew.
package enum LogoAnswer: Hashable, Sendable {
    /// The logo was drawn.
    case drawn(DrawnLogo)
    /// The logo can't be used.
    case refused(LogoFault)

    /// The largest answer in bytes: the line and the largest drawing.
    package static let bytesMax = LogoLimits.bytesMax + 200

    /// Validates and draws a file.
    package init(to file: [UInt8]) {
        do throws(LogoFault) {
            self = .drawn(try DrawnLogo(of: file))
        } catch {
            self = .refused(error)
        }
    }

    /// The line and the drawn pixels, as `draw-logo` writes them.
    package var bytes: [UInt8] {
        switch self {
        case .drawn(let logo): logo.bytes
        case .refused(let fault): Array("refused \(fault.rawValue)\n".utf8)
        }
    }

    /// Parses an answer; nil where the bytes are not a valid one.
    package init?(_ bytes: [UInt8]) {
        guard let end = bytes.prefix(200).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
            .map(String.init)
        let rest = Array(bytes[(end + 1)...])
        switch (words.first, words.count) {
        case ("refused", 2):
            guard rest.isEmpty, let fault = LogoFault(rawValue: words[1]) else { return nil }
            self = .refused(fault)
        case ("drawn", 5):
            guard let logo = DrawnLogo(words: words, bytes: rest) else { return nil }
            self = .drawn(logo)
        default: return nil
        }
    }
}

extension DrawnLogo {
    fileprivate var bytes: [UInt8] {
        let encoding = LogoPicture.Encoding(drawn.encoding)
        let line =
            "drawn \(encoding.rawValue) \(drawn.width) \(drawn.height) \(drawn.aspectRatio)\n"
        return Array(line.utf8) + drawn.bytes
    }

    fileprivate init?(words: [String], bytes: [UInt8]) {
        guard let encoding = LogoPicture.Encoding(rawValue: words[1]), let width = Int(words[2]),
            let height = Int(words[3]), let aspectRatio = Double(words[4]),
            LogoLimits.aspectRatios.contains(aspectRatio),
            LogoLimits.picture.allows(width: width, height: height),
            bytes.count <= LogoLimits.bytesMax
        else { return nil }
        // The limits are far below what could overflow here.
        let isWhole =
            encoding == .rows
            ? width * height <= LogoLimits.drawnPixelsMax && bytes.count == width * height * 3
            : DrawnPicture.isJPEG(bytes)
        guard isWhole else { return nil }
        drawn = DrawnPicture(
            encoding: encoding.ofPicture, width: width, height: height, aspectRatio: aspectRatio,
            bytes: bytes)
    }
}

// MARK: Conversions to Invoicing's types

extension Picture {
    convenience init(_ logo: LogoPicture) {
        self.init(
            encoding: logo.encoding.ofPicture, width: logo.width, height: logo.height,
            aspectRatio: logo.aspectRatio, stream: logo.stream)
    }
}

extension LogoPicture.Encoding {
    fileprivate init(_ encoding: Picture.Encoding) {
        self =
            switch encoding {
            case .rows: .rows
            case .jpegGrey: .jpegGrey
            case .jpegRGB: .jpegRGB
            case .jpegCMYK: .jpegCMYK
            case .jpegInvertedCMYK: .jpegInvertedCMYK
            }
    }

    fileprivate var ofPicture: Picture.Encoding {
        switch self {
        case .rows: .rows
        case .jpegGrey: .jpegGrey
        case .jpegRGB: .jpegRGB
        case .jpegCMYK: .jpegCMYK
        case .jpegInvertedCMYK: .jpegInvertedCMYK
        }
    }
}

extension LogoFault {
    fileprivate init(_ fault: PictureFault) {
        self =
            switch fault {
            case .notAPicture: .notAPicture
            case .tooManyPixels: .tooManyPixels
            case .damaged: .damaged
            case .unsupportedJPEG: .unsupportedJPEG
            case .withoutSize: .withoutSize
            case .letters: .letters
            case .filters: .filters
            case .outsideReferences: .outsideReferences
            case .activeContent: .activeContent
            case .tooComplex: .tooComplex
            case .overBudget: .overBudget
            }
    }
}
