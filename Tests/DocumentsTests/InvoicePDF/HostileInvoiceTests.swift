import Foundation
import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct HostileInvoiceTests {
    private let renderer: InvoiceRenderer

    init() throws {
        renderer = try InvoiceRenderer()
    }

    private func text(of invoice: Invoice, keep name: String = #function) throws -> String {
        let pdf = try renderer.render(invoice, form: Sample.form)
        try PDFValidation.verify(pdf, expecting: invoice.number)
        try PDFReader.keep(pdf, as: name)
        return try PDFReader.text(of: pdf)
    }

    @Test func `every Nordic and Sámi letter is in the fonts`() throws {
        let letters = "æøå ÆØÅ äöü ÄÖÜ éèêëàâôóòü þðÞÐ áčđŋšŧž ÁČĐŊŠŦŽ õâÕÂ łŁ §€–—«»„“”·•−"
        #expect(try renderer.missingGlyphs(in: letters).isEmpty)
        let text = try text(of: Sample.invoice(lines: [Sample.line(1, name: letters)]))
        #expect(text.contains("áčđŋšŧž ÁČĐŊŠŦŽ"))
    }

    @Test func `a letter without a shape refuses the document and is named`() throws {
        #expect(try renderer.missingGlyphs(in: "Kafé 漢字 og 漢 😀") == ["漢", "字", "😀"])
        #expect(throws: DocumentError.lettersMissing(["漢", "字"])) {
            try renderer.render(
                Sample.invoice(lines: [Sample.line(1, name: "漢字 og 漢")]), form: Sample.form)
        }
    }

    @Test func `a description longer than a page goes on at the next one, whole`() throws {
        let words = (1...2_000).map { "ord\($0)" }
        let text = try text(
            of: Sample.invoice(
                lines: [
                    Sample.line(1, description: words.joined(separator: " ")), Sample.line(2),
                ]))
        let found = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
        #expect(words.allSatisfy(found.contains))
    }

    @Test func `a word wider than its column is broken`() throws {
        let word = String(repeating: "Fakturamottakeradresse", count: 12)
        let text = try text(of: Sample.invoice(lines: [Sample.line(1, name: word)]))
        #expect(text.filter { !$0.isWhitespace }.contains(word))
    }

    @Test func `notes without end flow over pages`() throws {
        let notes = (1...120).map { "Merknad nummer \($0), som står for seg selv." }
        let text = try text(of: Sample.invoice(notes: notes))
        for note in notes { #expect(text.contains(note)) }
    }

    @Test func `many rates and allowances flow over pages`() throws {
        let lines = (1...90).map { number in
            Sample.line(
                number,
                vat: VATCategory(
                    code: "S", rate: FixedDecimal(millionths: Int64(number) * 100_000)))
        }
        let text = try text(of: Sample.invoice(lines: lines))
        #expect(text.contains("8,9 %"))
        #expect(text.contains("Å betale"))
    }

    @Test(arguments: [
        "10\u{0}042", "1\r\n2", "(10042)", "10\\042", "10042\u{202E}24001", "<FEFF>", "№ 7",
        "../../etc/passwd", "%PDF-%%EOF", "{{number}}", "10042) /Lang (xx",
    ])
    func `a hostile number still makes a sound document`(number: String) throws {
        let pdf = try renderer.render(Sample.invoice(number: number), form: Sample.form)
        try PDFValidation.verify(pdf, expecting: number)
        let information = try PDFReader.information(of: pdf)
        #expect(information.contains("Pages:           1"))
        #expect(information.contains("Faktura \(SingleLine(number).text)"))
    }

    @Test func `control characters leave no boxes behind`() throws {
        let text = try text(
            of: Sample.invoice(lines: [Sample.line(1, name: "Før\u{0}\u{7}\u{1B}etter\tslutt")]))
        #expect(text.contains("Før"))
        #expect(text.contains("etter slutt"))
    }

    @Test func `amounts as large as they come stay apart`() throws {
        let line = Sample.line(
            1, quantity: FixedDecimal(9_000_000), price: FixedDecimal(9_000_000))
        let text = try text(of: Sample.invoice(lines: [line]))
        #expect(text.contains("81 000 000 000 000,00"))
        #expect(text.contains("NOK 101 250 000 000 000,00"))
    }

    @Test func `what can not stand whole on a page is refused with its name`() {
        var seller = Sample.seller
        seller.address.street = String(repeating: "Storgata ", count: 900)
        #expect(throws: DocumentError.doesNotFit(.footer)) {
            try renderer.render(Sample.invoice(seller: seller), form: Sample.form)
        }
        var buyer = Sample.buyer
        buyer.name = String(repeating: "Ærfuglen ", count: 900)
        #expect(throws: DocumentError.doesNotFit(.header)) {
            try renderer.render(Sample.invoice(buyer: buyer), form: Sample.form)
        }
        #expect(throws: DocumentError.doesNotFit(.payment)) {
            try renderer.render(
                Sample.invoice(
                    payment: Payment(
                        accounts: [PaymentAccount(number: "86011117947")],
                        terms: String(repeating: "netto ", count: 2_500))),
                form: Sample.form)
        }
    }

    @Test func `a text beyond all measure is refused with its length`() {
        let name = String(repeating: "a", count: 20_001)
        #expect(throws: DocumentError.textTooLong(characters: 20_001, charactersMax: 20_000)) {
            try renderer.render(
                Sample.invoice(lines: [Sample.line(1, name: name)]), form: Sample.form)
        }
    }

    @Test func `an invoice without end is refused`() {
        #expect(throws: DocumentError.tooManyPages(pagesMax: 500)) {
            try renderer.render(
                Sample.invoice(
                    notes: Array(
                        repeating: String(repeating: "a\n", count: 9_000), count: 5)),
                form: Sample.form)
        }
    }
}
