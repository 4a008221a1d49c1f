import Invoicing
import Testing

@testable import Documents

struct PictureTests {
    private func render(_ logo: [UInt8], keep name: String = #function) throws -> [UInt8] {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(), form: FormTemplate(name: "f", logo: logo))
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

    private static func changed(_ logo: [UInt8], _ marker: UInt8, at: Int, to byte: UInt8)
        -> [UInt8]
    {
        var changed = logo
        guard let start = logo.firstRange(of: [0xFF, marker])?.lowerBound else { return [] }
        changed[start + at] = byte
        return changed
    }

    @Test(arguments: [
        changed(SamplePicture.jpeg, 0xC0, at: 1, to: 0xC9),
        changed(SamplePicture.jpeg, 0xC0, at: 1, to: 0xC3),
        changed(SamplePicture.jpeg, 0xC0, at: 4, to: 12),
        changed(SamplePicture.jpeg, 0xC0, at: 9, to: 2),
    ])
    func `a JPEG that PDF has no way to show is refused`(logo: [UInt8]) throws {
        let reason =
            "the JPEG is of a kind that PDF can't show; save it in grey, RGB or CMYK of 8 bits"
        #expect(throws: DocumentError.logoUnreadable(reason: reason)) { try render(logo) }
    }

    @Test(arguments: [
        ([], "it is not PNG, JPEG or SVG"),
        (Array("<svg".utf8), "the SVG is damaged"),
        (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "the SVG has no size"),
        (
            Array(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text>A</text></svg>"
                    .utf8), "its letters must be turned into outlines"
        ),
        (Array(SamplePicture.png.prefix(60)), "the PNG is damaged"),
        (Array(SamplePicture.png.prefix(20)), "it is not PNG, JPEG or SVG"),
        (Array(SamplePicture.jpeg.prefix(30)), "it is not PNG, JPEG or SVG"),
        (Array(SamplePicture.jpeg.dropLast(2)), "the JPEG is cut off"),
    ])
    func `a logo that can't be read is refused`(logo: [UInt8], reason: String) throws {
        #expect(throws: DocumentError.logoUnreadable(reason: reason)) { try render(logo) }
    }

    @Test func `a picture that would unpack to gigabytes is refused unopened`() throws {
        var bomb = SamplePicture.png
        bomb.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        #expect(
            throws: DocumentError.logoUnreadable(reason: "its 65536 × 65536 pixels are too many")
        ) {
            try render(bomb)
        }
    }
}
