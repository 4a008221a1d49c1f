import Foundation
import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct InvoiceRendererTests {
    private let renderer: InvoiceRenderer

    init() throws {
        renderer = try InvoiceRenderer()
    }

    @Test func `an invoice shows its number, what is to be paid, where and by when`() throws {
        let text = try text(of: Sample.invoice())
        for expected in [
            "Faktura", "10042", "NOK 28 925,05", "8601.11.17947", "101000000428", "08.12.2026",
            "Org.nr. 123 456 785 MVA", "Foretaksregisteret", "Side 1 av 1",
            "Ærfuglen Kafé og Gjestehus AS", "988 077 917", "01.11.2026–30.11.2026",
            "19 557,00", "4 889,25", "Utenfor merverdiavgiftsloven",
        ] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
    }

    @Test func `sixty lines go over three pages, with header and sum carried`() throws {
        let pages = try pages(of: Sample.invoice(lines: Sample.lines(60)))
        try #require(pages.count == 3)
        for (index, page) in pages.enumerated() {
            #expect(page.contains("Side \(index + 1) av 3"))
            #expect(page.contains("Beskrivelse"))
            #expect(page.contains("Faktura"))
        }
        for (page, next) in zip(pages, pages.dropFirst()) {
            let carried = try #require(amount(after: "Overføres til neste side", in: page))
            #expect(amount(after: "Overført fra forrige side", in: next) == carried)
        }
        for line in 1...60 {
            #expect(pages.count { $0.contains("Oppdrag nr. \(line) ") } == 1)
        }
    }

    @Test(arguments: [
        (Language.nb, "Kreditnota", "Gjelder faktura", "Til gode", "Skal ikke betales"),
        (.nn, "Kreditnota", "Gjeld faktura", "Til gode", "Skal ikkje betalast"),
        (.en, "Credit note", "Refers to invoice", "Credited", "Not to be paid"),
    ])
    func `a credit note says so, and what it corrects`(
        language: Language, name: String, reference: String, total: String, statement: String
    ) throws {
        let preceding = PrecedingInvoice(number: "10042", issueDate: Sample.day("2026-11-24"))
        let text = try text(
            of: Sample.invoice(
                type: .creditNote, number: "20007",
                references: References(precedingInvoices: [preceding])),
            form: FormTemplate(name: "k", documentType: .creditNote, language: language))
        for expected in [name, reference, "10042", "20007", total, statement] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
        #expect(!text.contains("8601.11.17947"), "nobody is to pay a credit note")
    }

    @Test(arguments: [
        (Language.nb, "NOK 28 925,05", "08.12.2026", "Side 1 av 1"),
        (.nn, "NOK 28 925,05", "08.12.2026", "Side 1 av 1"),
        (.en, "NOK 28,925.05", "8 Dec 2026", "Page 1 of 1"),
    ])
    func `numbers and dates are written as the language does`(
        language: Language, amount: String, date: String, page: String
    ) throws {
        let pdf = try render(
            Sample.invoice(), form: FormTemplate(name: "f", language: language))
        let text = try PDFReader.text(of: pdf)
        for expected in [amount, date, page] { #expect(text.contains(expected)) }
    }

    @Test(arguments: Language.allCases)
    func `reverse charge is stated in the words of the regulation`(language: Language) throws {
        let line = Sample.line(1, vat: VATCategory(code: "AE", rate: .zero))
        let text = try text(
            of: Sample.invoice(lines: [line]),
            form: FormTemplate(name: "f", language: language))
        #expect(text.contains("Omvendt avgiftsplikt - Merverdiavgift ikke beregnet"))
    }

    @Test func `a customer abroad gets IBAN and BIC, and the VAT in kroner`() throws {
        var invoice = Sample.invoice(
            buyer: Party(
                name: "Müller & Söhne GmbH", vatNumber: "DE123456789",
                address: Address(
                    street: "Hauptstraße 1", postalCode: "10115", city: "Berlin",
                    country: "DE")),
            currency: CurrencyCode(rawValue: "EUR"),
            payment: Payment(
                reference: "RF18539007547034",
                accounts: [PaymentAccount(number: "NO9386011117947", bic: "DNBANOKKXXX")]))
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = Money(hundredths: 6_012_345)
        let text = try text(of: invoice, form: FormTemplate(name: "f", language: .en))
        for expected in [
            "EUR 28,925.05", "NO93 8601 1117 947", "DNBANOKKXXX", "RF18539007547034",
            "VAT in NOK", "60,123.45", "DE123456789", "Müller & Söhne GmbH", "Germany",
        ] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
    }

    @Test func `allowances, prepayment and rounding lead to what is to be paid`() throws {
        let vat = VATCategory(code: "S", rate: FixedDecimal(25))
        let text = try text(
            of: Sample.invoice(
                lines: [Sample.line(1)],
                allowances: [
                    AllowanceCharge(
                        isCharge: false, amount: Money(hundredths: 93_750),
                        percent: FixedDecimal(10), reason: "Julerabatt", vat: vat),
                    AllowanceCharge(
                        isCharge: true, amount: Money(hundredths: 4_933), reason: "Gebyr",
                        vat: vat),
                ], rounding: Money(hundredths: 41), prepaid: Money(hundredths: 100_000)))
        for expected in [
            "Julerabatt 10 %", "−937,50", "Gebyr", "49,33", "8 486,83", "Forskuddsbetalt",
            "−1 000,00", "Øreavrunding", "0,41", "NOK 9 608,95",
        ] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
    }

    @Test func `a negative invoice is owed to the customer, and not to be paid`() throws {
        let text = try text(
            of: Sample.invoice(lines: [Sample.line(1, quantity: FixedDecimal(-2))]))
        #expect(text.contains("−2 500,00"))
        #expect(text.contains("Til gode"))
        #expect(text.contains("NOK 3 125,00"))
        #expect(text.contains("Skal ikke betales"))
    }

    @Test func `an invoice without lines is still a whole document`() throws {
        let text = try text(of: Sample.invoice(lines: []))
        #expect(text.contains("NOK 0,00"))
        #expect(text.contains("Side 1 av 1"))
    }

    // MARK: - Reading it back

    func render(
        _ invoice: Invoice, form: FormTemplate = Sample.form, keep name: String = #function
    ) throws -> [UInt8] {
        let pdf = try renderer.render(invoice, form: form)
        try PDFValidation.verify(pdf, expecting: invoice.number)
        try PDFReader.keep(pdf, as: "\(name) \(form.language)")
        return pdf
    }

    private func text(
        of invoice: Invoice, form: FormTemplate = Sample.form, keep name: String = #function
    ) throws -> String {
        try PDFReader.text(of: render(invoice, form: form, keep: name))
    }

    private func pages(
        of invoice: Invoice, keep name: String = #function
    ) throws -> [Substring] {
        try PDFReader.layout(of: render(invoice, keep: name))
            .split(separator: "\u{C}", omittingEmptySubsequences: true)
    }

    private func amount(after label: String, in page: Substring) -> String? {
        page.split(separator: "\n").first { $0.contains(label) }
            .map { $0.replacing(label, with: "").filter { !$0.isWhitespace } }
    }
}
