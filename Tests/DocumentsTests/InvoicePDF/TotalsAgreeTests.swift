import EHF
import Foundation
import Import
import Invoicing
import TestSupport
import Testing

@testable import Documents

/// What is to be paid, its VAT and the sum without it, as each of the documents of an invoice
/// tells them: the PDF by poppler, both bodies of the e-mail, and the EHF by our own reader.
struct TotalsAgreeTests {
    private let renderer: InvoiceRenderer
    private let languages = Language.allCases

    init() throws {
        renderer = try InvoiceRenderer()
    }

    private func check(_ invoices: [(name: String, invoice: Invoice)]) throws {
        let batch = try PDFBatch()
        let forms = languages.map { FormTemplate(name: "f", language: $0) }
        for (index, (_, invoice)) in invoices.enumerated() {
            try batch.add(renderer.render(invoice, form: forms[index % forms.count]))
        }
        let layouts = try batch.layouts()
        var emails: [FormTemplate: InvoiceEmail] = [:]
        for (index, (name, invoice)) in invoices.enumerated() {
            var form = forms[index % forms.count]
            form.documentType = invoice.type
            let (type, language) = (invoice.type, form.language)
            let totals = ReadTotals(invoice.totals)
            let composer = try emails[form] ?? InvoiceEmail(form: form)
            emails[form] = composer
            let email = try composer.compose(invoice)
            let ehf = try UBLReader.read(EHFDocument.bytes(of: invoice), file: name).get()
            #expect(ReadTotals.pdf(layouts[index], type, language) == totals, "\(name), PDF")
            #expect(ReadTotals.text(email.text, type, language) == totals, "\(name), text")
            #expect(ReadTotals.html(email.html, type, language) == totals, "\(name), HTML")
            #expect(ReadTotals(ehf.invoice.totals) == totals, "\(name), EHF")
        }
    }

    /// In four parts, which run beside each other.
    @Test(arguments: 1...4)
    func `of a thousand invoices of every sort they agree to the øre`(part: Int) throws {
        var generator = EHFGenerator(seed: UInt64(part))
        try check((1...250).map { ("invoice \(part)/\($0)", generator.invoice()) })
    }

    @Test(.enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"))
    func `of the published examples they agree to the cent`() throws {
        let files = ReferenceData.files("peppol", "xml")
        try #require(!files.isEmpty)
        // Each in every language.
        try check(
            files.flatMap { file in
                let bytes = try ReferenceData.bytes("peppol/\(file)")
                let invoice = try UBLReader.read(bytes, file: file).get().invoice
                return languages.map { _ in (file, invoice) }
            })
    }

    @Test func `a sum that one of them tells otherwise is found`() throws {
        let invoice = Sample.invoice()
        let batch = try PDFBatch()
        try batch.add(renderer.render(invoice, form: Sample.form))
        let email = try InvoiceEmail.compose(invoice, form: Sample.form)
        var other = invoice.totals
        other.payable = other.payable + Money(hundredths: 1)
        for read in [
            ReadTotals.pdf(try batch.layouts()[0], .invoice, .nb),
            .text(email.text, .invoice, .nb), .html(email.html, .invoice, .nb),
        ] {
            #expect(read == ReadTotals(invoice.totals))
            #expect(read != ReadTotals(other))
        }
    }
}
