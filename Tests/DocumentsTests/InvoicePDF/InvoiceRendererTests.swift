import Foundation
import Invoicing
import Testing

@testable import Documents

struct InvoiceRendererTests {
    private let renderer: InvoiceRenderer

    init() throws {
        renderer = try InvoiceRenderer()
    }

    private func render(
        _ invoice: Invoice, form: FormTemplate = Sample.form, keep name: String = #function
    ) throws -> [UInt8] {
        let pdf = try renderer.render(invoice, form: form)
        try PDFProof.verify(pdf, expecting: invoice.number)
        // For looking at: BUDSTIKKE_KEEP_DOCUMENTS names a folder where the documents stay.
        if let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_KEEP_DOCUMENTS"] {
            let file = name.filter { $0.isLetter || $0.isNumber || $0 == " " } + ".pdf"
            try Data(pdf).write(to: URL(filePath: folder).appending(path: file))
        }
        return pdf
    }

    @Test func `an invoice shows its number, what is to be paid, where and by when`() throws {
        let text = try PDFReader.text(of: render(Sample.invoice()))
        for expected in [
            "Faktura", "10042", "NOK 28 925,05", "8601.11.17947", "101000000428", "08.12.2026",
            "Org.nr. 123 456 785 MVA", "Foretaksregisteret", "Side 1 av 1",
            "Ærfuglen Kafé og Gjestehus AS", "988 077 917",
        ] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
    }

    @Test func `sixty lines go over three pages, with header and sum carried`() throws {
        let text = try PDFReader.layout(
            of: render(Sample.invoice(lines: Sample.lines(60))))
        let pages = text.split(separator: "\u{C}", omittingEmptySubsequences: true)
        #expect(pages.count == 3)
        for (index, page) in pages.enumerated() {
            #expect(page.contains("Side \(index + 1) av 3"))
            #expect(page.contains("Beskrivelse"))
        }
    }
}
