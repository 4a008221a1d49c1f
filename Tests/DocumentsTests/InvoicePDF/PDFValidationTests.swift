import Invoicing
import Testing

@testable import Documents

struct PDFValidationTests {
    private let pdf: [UInt8]

    init() throws {
        pdf = try InvoiceRenderer().render(Sample.invoice(), form: Sample.form)
    }

    private func replacing(_ text: String, with other: String) throws -> [UInt8] {
        let range = try #require(pdf.firstRange(of: Array(text.utf8)))
        var changed = pdf
        changed.replaceSubrange(range, with: Array(other.utf8))
        return changed
    }

    @Test func `a whole document of the invoice is proved`() throws {
        try PDFValidation.verify(pdf, expecting: "10042")
    }

    @Test(arguments: ["10043", "1004", "0042", "", " ", "Faktura"])
    func `a document of another invoice is not`(number: String) {
        #expect(throws: DocumentError.self) { try PDFValidation.verify(pdf, expecting: number) }
    }

    @Test func `a document cut off anywhere is refused`() {
        for length in stride(from: 0, to: pdf.count - 6, by: 997) {
            #expect(throws: DocumentError.self) {
                try PDFValidation.verify(Array(pdf.prefix(length)), expecting: "10042")
            }
        }
        #expect(throws: DocumentError.self) {
            try PDFValidation.verify(pdf.dropLast(6) + Array("%%EOX\n".utf8), expecting: "10042")
        }
    }

    @Test func `bytes lost in the middle are noticed`() {
        var torn = pdf
        torn.removeSubrange(1_000..<1_003)
        #expect(throws: DocumentError.unvalidated(reason: "its table of objects can't be read")) {
            try PDFValidation.verify(torn, expecting: "10042")
        }
    }

    @Test func `a document without a page is refused`() throws {
        #expect(throws: DocumentError.unvalidated(reason: "it has no page")) {
            try PDFValidation.verify(replacing("/Count 1", with: "/Count 0"), expecting: "10042")
        }
    }
}
