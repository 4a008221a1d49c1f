import PDFTestSupport
import Testing

@testable import PDF

struct CanvasTests {
    @Test func `a document without a page is refused`() {
        #expect(throws: PDFError.drawingFailed(reason: "the document has no page")) {
            try SamplePDF.draw([])
        }
    }

    @Test func `a file is sound to others, and says who and what it is`() throws {
        let pdf = try SamplePDF.text("Hei")
        try PDFReader.check(pdf)
        let information = try PDFReader.information(of: pdf)
        for word in ["Prøve 7", "Åse", "Nov 24", "Test"] { #expect(information.contains(word)) }
    }

    @Test func `the same pages give the same bytes`() throws {
        #expect(try SamplePDF.text("Ærlig øl") == SamplePDF.text("Ærlig øl"))
        #expect(try SamplePDF.text("Ærlig øl") != SamplePDF.text("Ærlig ål"))
    }
}
