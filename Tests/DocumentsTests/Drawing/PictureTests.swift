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

    @Test func `a JPEG is passed through as it is`() throws {
        let pdf = try render(SamplePicture.jpeg)
        #expect(pdf.firstRange(of: SamplePicture.jpeg) != nil)
    }

    @Test(arguments: [
        ([], "it is not PNG or JPEG"),
        (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "it is not PNG or JPEG"),
        (Array(SamplePicture.png.prefix(60)), "the PNG is damaged"),
        (Array(SamplePicture.png.prefix(20)), "it is not PNG or JPEG"),
        (Array(SamplePicture.jpeg.prefix(30)), "it is not PNG or JPEG"),
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
