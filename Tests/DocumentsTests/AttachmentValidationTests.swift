import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct AttachmentValidationTests {
    @Test func `documents and pictures of ours are readable`() throws {
        let pdf = try InvoiceRenderer().render(Sample.invoice(), form: Sample.form)
        try AttachmentValidation.verify(pdf, fileName: "a.pdf", contentType: "application/pdf")
        try AttachmentValidation.verify(
            SamplePicture.png, fileName: "a.png", contentType: "image/png; name=a.png")
        try AttachmentValidation.verify(
            SamplePicture.jpeg, fileName: "a.jpg", contentType: "application/octet-stream")
    }

    @Test(arguments: [
        ("%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\nstartxref\n29\n%%EOF", "application/pdf"),
        ("junk\n%PDF-1.4\n7 0 obj\n<<>>\nstartxref\n9\n%%EOF\r\n\r\n", "application/pdf"),
        ("\u{FEFF}<?xml version=\"1.0\"?><a/>", "text/xml"),
        ("  <a/>", "application/xml"),
        ("navn;beløp\nåse;12,50\n", "text/csv"),
        ("anything", "application/x-unknown"),
    ])
    func `what others write is readable too`(content: String, type: String) throws {
        try AttachmentValidation.verify(Array(content.utf8), fileName: "file", contentType: type)
    }

    @Test(arguments: [
        ("", "a.pdf", "application/pdf", "the file is empty"),
        ("", "a", "application/x-unknown", "the file is empty"),
        ("<html>Not found</html>", "a.pdf", "application/pdf", "it is no PDF"),
        ("%PDF-1.7\n1 0 obj", "a.pdf", "application/pdf", "the PDF is cut off"),
        ("%PDF-1.7\nstartxref\n9999\n%%EOF", "a.pdf", "", "the PDF is cut off"),
        ("%PDF-1.7\nstartxref\n0\n%%EOF", "a.PDF", "", "the PDF is damaged"),
        ("GIF89a", "a.png", "image/png", "it is no PNG"),
        ("a\u{0}b", "a.txt", "text/plain", "it is no text"),
        ("{}", "a.xml", "", "it is no XML"),
        ("PDF", "a.docx", "", "it is no ZIP or Office file"),
        (
            "x", "a", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "it is no ZIP or Office file"
        ),
    ])
    func `what is not what it says is refused`(
        content: String, fileName: String, type: String, reason: String
    ) {
        let error = DocumentError.attachmentUnreadable(fileName: fileName, reason: reason)
        #expect(throws: error) {
            try AttachmentValidation.verify(
                Array(content.utf8), fileName: fileName, contentType: type)
        }
    }
}
