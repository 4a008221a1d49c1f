import Invoicing
import Testing

@testable import Documents

struct PictureTests {
    private func render(_ logo: [UInt8], keep name: String = #function) throws -> [UInt8] {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(), form: FormTemplate(name: "f", logo: try .drawn(logo)))
        try PDFReader.keep(pdf, as: name)
        return pdf
    }

    @Test(arguments: [SamplePicture.png, SamplePicture.jpeg])
    func `a logo is drawn once`(logo: [UInt8]) throws {
        let source = String(decoding: try render(logo), as: UTF8.self)
        #expect(source.ranges(of: "/Subtype/Image").count == 1)
        #expect(!source.contains("/SMask"), "a transparent logo is laid on white")
    }

    @Test func `an SVG is drawn once, in its own proportions`() throws {
        let picture = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">
            <rect width="30" height="10" fill="#1f3a5f"/><circle cx="5" cy="5" r="4"/></svg>
            """
        let source = String(decoding: try render(Array(picture.utf8)), as: UTF8.self)
        #expect(source.ranges(of: "/Subtype/Image/Width 1276/Height 425").count == 1)
    }

    @Test func `a JPEG is passed through as it is`() throws {
        let pdf = try render(SamplePicture.jpeg)
        #expect(pdf.firstRange(of: SamplePicture.jpeg) != nil)
    }

    /// Where a logo's left and right halves are, if it is twice as wide as high.
    private static let (left, right, middle) = (85, 140, 60)

    /// A colour as poppler shows it, which turns print's colours into a screen's in its own way.
    private func shown(_ logo: [UInt8], at x: Int = Self.left) throws -> [Int] {
        let pdf = try render(logo)
        try PDFReader.check(pdf)
        return try PDFReader.colour(of: pdf, x: x, y: Self.middle).map(Int.init)
    }

    @Test(arguments: [
        (SamplePicture.grey, [128, 128, 128]), (SamplePicture.grey16, [128, 128, 128]),
        (SamplePicture.greyAlpha, [127, 127, 127]), (SamplePicture.red16, [200, 40, 60]),
        (SamplePicture.redInterlaced, [200, 40, 60]), (SamplePicture.redPalette, [200, 40, 60]),
    ])
    func `every kind of PNG has its own colours`(logo: [UInt8], colour: [Int]) throws {
        let shown = try shown(logo)
        #expect(zip(shown, colour).allSatisfy { abs($0 - $1) <= 2 }, "\(shown)")
    }

    @Test func `what is transparent in a palette is white`() throws {
        #expect(try shown(SamplePicture.redPalette, at: Self.right) == [255, 255, 255])
    }

    @Test(arguments: [SamplePicture.printRed, SamplePicture.printRedByAdobe])
    func `a JPEG in the colours of print is red whether it is inverted or not`(
        logo: [UInt8]
    ) throws {
        let shown = try shown(logo)
        #expect(shown[0] > 200 && shown[1] < 80 && shown[2] < 80, "\(shown)")
    }
}
