import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct LogoTests {
    private func render(_ logo: [UInt8], keep name: String = #function) throws -> String {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(lines: Sample.lines(60)),
            form: FormTemplate(name: "f", logo: try .drawn(logo)))
        try PDFReader.keep(pdf, as: name)
        return String(decoding: pdf, as: UTF8.self)
    }

    @Test(arguments: [SamplePicture.png, SamplePicture.jpeg])
    func `a logo is drawn once`(logo: [UInt8]) throws {
        let source = try render(logo)
        #expect(source.ranges(of: "/Subtype/Image").count == 1)
        #expect(!source.contains("/SMask"), "a transparent logo is laid on white")
    }

    @Test func `an SVG is drawn once, in its own proportions`() throws {
        let picture = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">
            <rect width="30" height="10" fill="#1f3a5f"/><circle cx="5" cy="5" r="4"/></svg>
            """
        let source = try render(Array(picture.utf8))
        #expect(source.ranges(of: "/Subtype/Image/Width 1276/Height 425").count == 1)
    }
}
