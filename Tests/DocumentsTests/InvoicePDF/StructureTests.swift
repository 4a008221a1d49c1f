import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct StructureTests {
    private func structure(of invoice: Invoice, logo: [UInt8]? = nil) throws -> String {
        let pdf = try InvoiceRenderer().render(
            invoice, form: FormTemplate(name: "f", logo: try logo.map(FormLogo.drawn)))
        try PDFValidation.verify(pdf, expecting: invoice.number)
        return try PDFReader.structure(of: pdf)
    }

    @Test func `the document says what its parts are, to who hears it read`() throws {
        let text = try structure(of: Sample.invoice(), logo: SamplePicture.png)
        #expect(text.hasPrefix("Document\n"))
        #expect(text.contains("H1 (block)\n    \"Faktura"))
        #expect(text.contains("Figure"))
        // The head and eight lines, the VAT's head and four rates, three sums.
        #expect(text.ranges(of: "    TR\n").count == 1 + 8 + 1 + 4 + 3)
        // Of the columns of both tables, the four rates and the three sums.
        #expect(text.ranges(of: "      TH").count == 5 + 3 + 4 + 3)
    }

    @Test func `what stands on two lines is not run together`() throws {
        let text = try structure(of: Sample.invoice())
        #expect(text.contains("Ærfuglen Kafé og Gjestehus AS Sjøgata 4 8006 Bodø"))
        #expect(text.contains("Fakturanummer 10042"))
        #expect(text.contains("7,5 timer"))
    }

    @Test func `a remark on a sum is a part of what the sum is called`() throws {
        var invoice = Sample.invoice(currency: CurrencyCode(rawValue: "EUR"))
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = Money(hundredths: 6_012_345)
        invoice.taxCurrencyRate = ExchangeRate(
            currency: invoice.currency, date: Sample.day("2026-11-23"),
            kroner: FixedDecimal(millionths: 11_423_000), source: "Norges Bank")
        let words = try structure(of: invoice).split(separator: "\n")
            .map { $0.trimmingPrefix { $0.isWhitespace } }
        let label = try #require(words.firstIndex { $0.hasPrefix("\"Merverdiavgift i NOK") })
        #expect(words[label - 1] == "/Scope /Row" && words[label - 2].hasPrefix("TH"))
        #expect(words[label + 1].hasPrefix("\"Kurs 11,4230 NOK per EUR, Norges Bank 23.11.2026"))
        #expect(words[label + 2].hasPrefix("TD"))
    }

    @Test func `what repeats on each page is read once`() throws {
        let text = try structure(of: Sample.invoice(lines: Sample.lines(60)))
        #expect(text.ranges(of: "Beskrivelse").count == 1)
        #expect(text.ranges(of: "Foretaksregisteret").count == 1)
        #expect(!text.contains("Side 1 av 3"))
        for line in 1...60 { #expect(text.ranges(of: "Oppdrag nr. \(line) ").count == 1) }
    }
}
