/// Proves that bytes are the document of an invoice, before they are queued or sent.
///
/// What it proves: the file begins and ends as a PDF, every object stands where the table says,
/// it has a page and a drawn content, and its title names the invoice. Together with what the
/// renderer refuses (a fault of cairo's, a letter without a shape) that means that the document
/// is whole and is this invoice's. It does not read the page: its text is encoded by glyph and
/// compressed, and is read back by the tests instead.
package enum PDFValidation {
    /// Less than this holds no font, and so no text.
    static let bytesMin = 2_000

    /// How many pages a document of ours has; nil for what is none.
    package static func pages(of pdf: [UInt8]) -> Int? {
        (try? PDFFile(pdf))?.pageCount
    }

    /// Returns when all is well, and throws `notProved` otherwise.
    package static func verify(
        _ pdf: [UInt8], expecting number: String
    ) throws(DocumentError) {
        let file = try PDFFile(pdf)
        guard let pages = file.pageCount, pages > 0 else {
            throw .notProved(reason: "it has no page")
        }
        guard pdf.count >= bytesMin else { throw .notProved(reason: "its pages are empty") }
        let expected = SingleLine(number).text
        guard !expected.isEmpty, let title = file.title,
            title.hasSuffix(" \(expected)")
        else { throw .notProved(reason: "it does not name the invoice \(expected)") }
    }
}
