package import Invoicing

/// A logo that was proved and drawn: its pixels, or a JPEG that passes as it is.
///
/// A PNG is laid on white and brought down to the size at which print can show it; an SVG is drawn
/// once, at the resolution of print. Made by the program `draw-logo`, in a process of its own.
package struct DrawnLogo: Hashable, Sendable {
    let encoding: LogoPicture.Encoding
    let width: Int
    let height: Int
    let aspectRatio: Double
    /// Three a pixel, row by row; or the JPEG.
    let bytes: [UInt8]

    /// Proves and draws PNG, JPEG or SVG.
    package init(of file: [UInt8]) throws(LogoFault) {
        guard file.count <= LogoLimits.bytesMax else { throw .tooLarge }
        let size: Size
        if file.starts(with: PNGFile.signature) {
            let png = try PNGFile(file)
            size = Size(width: Double(png.width), height: Double(png.height))
            let pixels = try Bitmap(
                png: png.essence, size: size, scale: min(1, LogoLimits.scale(of: size)))
            (encoding, width, height) = (.rows, pixels.width, pixels.height)
            bytes = pixels.bytes
        } else if file.starts(with: [0xFF, 0xD8, 0xFF]) {
            let jpeg = try JPEGFile(file)
            size = Size(width: Double(jpeg.width), height: Double(jpeg.height))
            (encoding, width, height) = (jpeg.encoding, jpeg.width, jpeg.height)
            bytes = file
        } else if SVGPicture.isSVG(file) {
            try SVGValidation.verify(file)
            let picture = try SVGPicture(file)
            size = picture.size
            let pixels = try picture.pixels()
            (encoding, width, height) = (.rows, pixels.width, pixels.height)
            bytes = pixels.bytes
        } else {
            throw .notAPicture
        }
        aspectRatio = size.width / size.height
        guard LogoLimits.aspectRatios.contains(aspectRatio) else { throw .withoutSize }
    }

    /// The image as a PDF holds it.
    package func picture() throws(DocumentError) -> LogoPicture {
        let stream =
            encoding == .rows
            ? try Compressor(level: 9).compress(
                Bitmap(width: width, height: height, bytes: bytes).filteredRows) : bytes
        return LogoPicture(
            encoding: encoding, width: width, height: height, aspectRatio: aspectRatio,
            stream: stream)
    }
}

/// What `draw-logo` writes: a line, and after it what it drew.
///
/// Whoever reads it takes nothing on trust: the process may have been turned by what it drew.
package enum LogoAnswer: Hashable, Sendable {
    case drawn(DrawnLogo)
    case refused(LogoFault)

    /// The line, and the most that is drawn.
    package static let bytesMax = LogoLimits.bytesMax + 200

    /// Proves and draws a file.
    package init(to file: [UInt8]) {
        do throws(LogoFault) {
            self = .drawn(try DrawnLogo(of: file))
        } catch {
            self = .refused(error)
        }
    }

    package var bytes: [UInt8] {
        switch self {
        case .drawn(let logo):
            Array(
                "drawn \(logo.encoding.rawValue) \(logo.width) \(logo.height) \(logo.aspectRatio)\n"
                    .utf8) + logo.bytes
        case .refused(let fault): Array("refused \(fault.rawValue)\n".utf8)
        }
    }

    /// Nil for what is no answer.
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
    fileprivate init?(words: [String], bytes: [UInt8]) {
        guard let encoding = LogoPicture.Encoding(rawValue: words[1]), let width = Int(words[2]),
            let height = Int(words[3]), let aspectRatio = Double(words[4]),
            LogoLimits.aspectRatios.contains(aspectRatio),
            LogoLimits.allows(width: width, height: height), bytes.count <= LogoLimits.bytesMax
        else { return nil }
        // What is allowed is far below what could overflow here.
        let isWhole =
            encoding == .rows
            ? width * height <= LogoLimits.drawnPixelsMax && bytes.count == width * height * 3
            : bytes.starts(with: [0xFF, 0xD8, 0xFF])
        guard isWhole else { return nil }
        self.encoding = encoding
        self.width = width
        self.height = height
        self.aspectRatio = aspectRatio
        self.bytes = bytes
    }
}
