import Foundation
import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct InvoiceEmailTests {
    private func keep(_ email: EmailContent, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_KEEP_DOCUMENTS"] else {
            return
        }
        try Data(email.html.utf8).write(to: URL(filePath: "\(folder)/\(name).html"))
        try Data(email.text.utf8).write(to: URL(filePath: "\(folder)/\(name).txt"))
    }

    @Test(arguments: [
        (
            Language.nb, "Faktura 10042 fra Nordlys Regnskap AS", "NOK\u{A0}28\u{A0}925,05",
            "08.12.2026"
        ),
        (.nn, "Faktura 10042 frå Nordlys Regnskap AS", "NOK\u{A0}28\u{A0}925,05", "08.12.2026"),
        (
            .en, "Invoice 10042 from Nordlys Regnskap AS", "NOK\u{A0}28,925.05",
            "8\u{A0}Dec\u{A0}2026"
        ),
    ])
    func `the built-in e-mail says all that one pays from`(
        language: Language, subject: String, amount: String, dueDate: String
    ) throws {
        let email = try InvoiceEmail.compose(
            Sample.invoice(), form: FormTemplate(name: "f", language: language))
        try keep(email, "email \(language)")
        #expect(email.subject == subject)
        for part in [amount, dueDate, "8601.11.17947", "101000000428", "10042"] {
            #expect(email.text.contains(part), "\(part) is not in the text")
            #expect(email.html.contains(part), "\(part) is not in the HTML")
        }
    }

    @Test(arguments: Language.allCases)
    func `a credit note's e-mail names its invoice and no account`(language: Language) throws {
        let invoice = Sample.invoice(
            type: .creditNote, number: "20007",
            references: References(precedingInvoices: [PrecedingInvoice(number: "10042")]))
        let email = try InvoiceEmail.compose(
            invoice, form: FormTemplate(name: "k", documentType: .creditNote, language: language))
        #expect(email.text.contains("20007"))
        #expect(email.text.contains("10042"))
        #expect(!email.text.contains("8601.11.17947"))
        #expect(!email.html.contains("8601.11.17947"))
    }

    @Test func `a form's own text stands in place of ours, above what one pays from`() throws {
        let form = FormTemplate(
            name: "f", emailSubject: "{{seller}}: {{amount}} {{currency}}",
            emailText: "Kjære {{buyer}}\n{{#contact}}v/{{contact}}{{/contact}}{{^contact}}!"
                + "{{/contact}}\n\nNy linje.")
        let email = try InvoiceEmail.compose(Sample.invoice(), form: form)
        #expect(email.subject == "Nordlys Regnskap AS: 28\u{A0}925,05 NOK")
        #expect(email.text.hasPrefix("Kjære Ærfuglen Kafé og Gjestehus AS\n!\n\nNy linje.\n\n"))
        #expect(email.text.contains("Kontonummer:     8601.11.17947\n"))
        #expect(email.html.contains("<p style=\"margin:0 0 16px\">Ny linje.</p>"))
    }

    @Test func `values become neither markup nor templates`() throws {
        var invoice = Sample.invoice(number: "{{seller}}{{{kid}}}")
        invoice.buyer.name = "<script>alert('x')</script> & \"Sønn\" {{#number}}"
        invoice.seller.name = "<b>{{amount}}</b>"
        invoice.seller.tradingName = nil
        let form = FormTemplate(name: "f", emailText: "{{{buyer}}} {{&seller}} {{number}} <i>")
        let email = try InvoiceEmail.compose(invoice, form: form)
        #expect(
            email.text.hasPrefix(
                "<script>alert('x')</script> & \"Sønn\" {{#number}} <b>{{amount}}</b>"
                    + " {{seller}}{{{kid}}} <i>\n"))
        #expect(
            email.html.contains(
                "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Sønn&quot;"))
        for markup in ["<script", "<b>", "<i>"] { #expect(!email.html.contains(markup)) }
        #expect(email.subject == "Faktura {{seller}}{{{kid}}} fra <b>{{amount}}</b>")
    }

    @Test func `no value and no template can start a header of its own`() throws {
        var invoice = Sample.invoice(number: "1\r\nBcc: alle@eksempel.example")
        invoice.seller.name = "Firma\nX-Evil: 1\u{0}\u{85}\u{2028}Y: 2"
        let form = FormTemplate(
            name: "f", emailSubject: "{{number}}\r\nTo: {{seller}}\n\n<html>")
        let subject = try InvoiceEmail.compose(invoice, form: form).subject
        #expect(
            subject
                == "1 Bcc: alle@eksempel.example To: Firma X-Evil: 1 Y: 2 <html>")
        #expect(!subject.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test func `a subject is never empty and never without end`() throws {
        let empty = try InvoiceEmail.compose(
            Sample.invoice(), form: FormTemplate(name: "f", emailSubject: "{{contact}} \n"))
        #expect(empty.subject == "Faktura 10042")
        let long = try InvoiceEmail.compose(
            Sample.invoice(),
            form: FormTemplate(name: "f", emailSubject: String(repeating: "å", count: 5_000)))
        #expect(long.subject.count == 200)
    }

    @Test func `a template can't grow to megabytes`() {
        var invoice = Sample.invoice()
        invoice.buyer.name = String(repeating: "a", count: 100_000)
        let form = FormTemplate(
            name: "f", emailText: String(repeating: "{{buyer}}", count: 1_000))
        #expect(throws: DocumentError.self) { try InvoiceEmail.compose(invoice, form: form) }
    }

    @Test func `nothing is fetched from anywhere`() throws {
        let email = try InvoiceEmail.compose(
            Sample.invoice(),
            form: FormTemplate(name: "f", logo: try .drawn(SamplePicture.png)))
        for remote in ["http:", "https:", "<img", "url(", "<link", "@import"] {
            #expect(!email.html.contains(remote))
        }
    }

    @Test func `an accent colour that is none does not reach the HTML`() throws {
        let form = FormTemplate(name: "f", accentColour: "red;\"><script>")
        #expect(!(try InvoiceEmail.compose(Sample.invoice(), form: form).html.contains("<script")))
    }

    @Test func `the HTML reads from the left though its card is in the middle, and knows the dark`()
        throws
    {
        let html = try InvoiceEmail.compose(Sample.invoice(), form: Sample.form).html
        // The card is centred, and what stands in it is not.
        let card = try #require(html.firstRange(of: "<table class=\"card\""))
        let cell = try #require(html[card.upperBound...].firstRange(of: "<td"))
        #expect(html[cell.upperBound...].prefix { $0 != ">" }.contains("text-align:left"))
        #expect(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
        #expect(html.contains("prefers-color-scheme: dark"))
    }
}
