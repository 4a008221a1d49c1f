import PDFTestSupport
import Testing

@testable import PDF

struct PDFFileTests {
    @Test func `what a document says of itself is read back`() throws {
        let file = try PDFFile(SamplePDF.text("Hei"))
        #expect(file.pageCount == 1)
        #expect(file.title == "Prøve 7")
        #expect(try PDFFile(SamplePDF.draw([Page(), Page()])).pageCount == 2)
    }

    @Test func `a file cut off anywhere is no whole one`() throws {
        let pdf = try SamplePDF.text("Hei")
        for length in stride(from: 0, to: pdf.count - 6, by: 997) {
            #expect(throws: PDFError.self) { try PDFFile(Array(pdf.prefix(length))) }
        }
    }

    @Test func `our own files bear the marks of any PDF`() throws {
        #expect(try PDFMarks.problem(in: SamplePDF.text("Hei")) == nil)
    }

    @Test(
        arguments: [
            ("%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\nstartxref\n29\n%%EOF", nil),
            ("junk\n%PDF-1.4\n7 0 obj\n<<>>\nstartxref\n9\n%%EOF\r\n\r\n", nil),
            ("", "it is no PDF"), ("<html>Not found</html>", "it is no PDF"),
            ("%PDF-1.7\n1 0 obj", "the PDF is cut off"),
            ("%PDF-1.7\nstartxref\n9999\n%%EOF", "the PDF is cut off"),
            ("%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF", "the PDF is cut off"),
            ("%PDF-1.7\nstartxref\n0\n%%EOF", "the PDF is damaged"),
        ] as [(String, String?)])
    func `what others write has its marks, or it is said what is wrong`(
        content: String, problem: String?
    ) {
        #expect(PDFMarks.problem(in: Array(content.utf8)) == problem)
    }

    @Test(arguments: [
        ("(Faktura \\(1\\) \\\\)", "Faktura (1) \\"), ("<FEFF00C50020>", "Å "), ("()", ""),
    ])
    func `strings are decoded`(source: String, text: String) {
        #expect(PDFString(reading: source[...])?.text == text)
    }

    @Test(arguments: ["", "(open", "<FEFF00", "<00C5>", "/Name", "<FEFF00C>", "(\\"])
    func `what is no string is none`(source: String) {
        #expect(PDFString(reading: source[...]) == nil)
    }
}
