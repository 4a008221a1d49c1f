import Foundation
import Invoicing
import Testing

@testable import Documents

struct DeterminismTests {
    private static var forms: [FormTemplate] {
        [
            Sample.form,
            FormTemplate(
                name: "Med logo", language: .en, accentColour: "#aa3300",
                logo: SamplePicture.png, introduction: "Takk for handelen.", footer: "Bunntekst"),
        ]
    }

    @Test func `the same invoice and form give the same bytes, whatever came between`() throws {
        let renderer = try InvoiceRenderer()
        for form in Self.forms {
            let first = try renderer.render(Sample.invoice(), form: form)
            _ = try renderer.render(
                Sample.invoice(number: "9", lines: Sample.lines(60)), form: Sample.form)
            #expect(try renderer.render(Sample.invoice(), form: form) == first)
            #expect(try InvoiceRenderer().render(Sample.invoice(), form: form) == first)
        }
    }

    @Test func `another process gives the same bytes`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let pdf = try InvoiceRenderer().render(Sample.invoice(), form: Self.forms[1])
            print("document \(Data(pdf).base64EncodedString()) end")
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let here = try InvoiceRenderer().render(Sample.invoice(), form: Self.forms[1])
        #expect(output.contains("document \(Data(here).base64EncodedString()) end"))
    }

    @Test func `the document bears the day of the invoice, never of its drawing`() throws {
        var invoice = Sample.invoice()
        invoice.issueDate = Sample.day("2001-02-03")
        let pdf = try InvoiceRenderer().render(invoice, form: Sample.form)
        let source = String(decoding: pdf, as: UTF8.self)
        #expect(source.contains("/CreationDate (D:20010203000000Z)"))
        #expect(!source.contains("/ModDate"))
    }

    @Test(arguments: [(Language.nb, "nb-NO"), (.nn, "nn-NO"), (.en, "en")])
    func `title, author and language are in the metadata`(
        language: Language, tag: String
    ) throws {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(), form: FormTemplate(name: "f", language: language))
        #expect(String(decoding: pdf, as: UTF8.self).contains("/Lang (\(tag))"))
        let information = try PDFReader.information(of: pdf)
        #expect(information.contains(language == .en ? "Invoice 10042" : "Faktura 10042"))
        #expect(information.contains("Nordlys Regnskap AS"))
    }
}
