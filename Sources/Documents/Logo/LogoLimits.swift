/// What a logo may be at most; beyond it is no logo, and would hold up everybody's invoices.
package enum LogoLimits {
    /// Of the file, in bytes.
    package static let bytesMax = 4 * 1024 * 1024
    /// Declared by a PNG or a JPEG: more than a page at 300 dots an inch.
    static let pixelsMax = 16_000_000
    /// Drawn of a PNG or an SVG: the box that a logo stands in at `dotsPerInch`, twice.
    static let drawnPixelsMax = 1_300_000
    /// Twice what print can show.
    static let dotsPerInch = 600.0
    /// Width by height.
    static let aspectRatios = 0.01...100.0
    /// Of a PNG; a file of the most bytes in pieces of 8 kB has 512.
    static let chunksMax = 4_096
    /// Of a JPEG, before its end; and the times that its picture is refined.
    static let segmentsMax = 2_000
    static let scansMax = 100
    /// Of an SVG; what draughtsmen's programs write is nested a dozen deep.
    static let depthMax = 64
    static let elementsMax = 20_000

    /// Whether a declared size can be a logo's: its product may be larger than a number holds.
    static func allows(width: Int, height: Int) -> Bool {
        let (pixels, isOverflown) = width.multipliedReportingOverflow(by: height)
        return width > 0 && height > 0 && !isOverflown && pixels <= pixelsMax
    }

    /// How much smaller or larger a picture is to be drawn for its box, from its own pixels.
    static func scale(of size: Size) -> Double {
        let box = InvoiceLayout.logoBox
        return min(box.width / size.width, box.height / size.height) * dotsPerInch / 72
    }
}
