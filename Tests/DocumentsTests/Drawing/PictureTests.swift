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
