import PDFTestSupport
import Testing

@testable import PDF

struct PictureTests {
    private func draw(_ file: [UInt8]) throws -> [UInt8] {
        let drawn = try DrawnPicture(of: file, limits: .letterhead)
        let picture = Picture(
            encoding: drawn.encoding, width: drawn.width, height: drawn.height,
            aspectRatio: drawn.aspectRatio, stream: try drawn.stream())
        var page = Page()
        page.add(.picture(picture, Rectangle(x: 56, y: 40, width: 102, height: 51)))
        return try SamplePDF.draw([page])
    }

    @Test func `a JPEG is passed through as it is`() throws {
        let pdf = try draw(SamplePicture.jpeg)
        #expect(pdf.firstRange(of: SamplePicture.jpeg) != nil)
    }

    @Test func `a picture on two pages is in the file once`() throws {
        let picture = Picture(
            encoding: .jpegGrey, width: 16, height: 8, aspectRatio: 2, stream: SamplePicture.jpeg)
        var page = Page()
        page.add(.picture(picture, Rectangle(x: 56, y: 40, width: 102, height: 51)))
        let pdf = try SamplePDF.draw([page, page])
        #expect(String(decoding: pdf, as: UTF8.self).ranges(of: "/Subtype/Image").count == 1)
        #expect(try PDFReader.colour(of: pdf, x: 85, y: 60) != [255, 255, 255])
    }

    /// Where a picture's left and right halves are, if it is twice as wide as high.
    private static let (left, right, middle) = (85, 140, 60)

    /// A colour as poppler shows it, which turns print's colours into a screen's in its own way.
    private func shown(_ file: [UInt8], at x: Int = Self.left) throws -> [Int] {
        let pdf = try draw(file)
        try PDFReader.check(pdf)
        return try PDFReader.colour(of: pdf, x: x, y: Self.middle).map(Int.init)
    }

    @Test(arguments: [
        (SamplePicture.grey, [128, 128, 128]), (SamplePicture.grey16, [128, 128, 128]),
        (SamplePicture.greyAlpha, [127, 127, 127]), (SamplePicture.red16, [200, 40, 60]),
        (SamplePicture.redInterlaced, [200, 40, 60]), (SamplePicture.redPalette, [200, 40, 60]),
    ])
    func `every kind of PNG has its own colours`(file: [UInt8], colour: [Int]) throws {
        let shown = try shown(file)
        #expect(zip(shown, colour).allSatisfy { abs($0 - $1) <= 2 }, "\(shown)")
    }

    @Test func `what is transparent in a palette is white`() throws {
        #expect(try shown(SamplePicture.redPalette, at: Self.right) == [255, 255, 255])
    }

    @Test(arguments: [SamplePicture.printRed, SamplePicture.printRedByAdobe])
    func `a JPEG in the colours of print is red whether it is inverted or not`(
        file: [UInt8]
    ) throws {
        let shown = try shown(file)
        #expect(shown[0] > 200 && shown[1] < 80 && shown[2] < 80, "\(shown)")
    }
}
