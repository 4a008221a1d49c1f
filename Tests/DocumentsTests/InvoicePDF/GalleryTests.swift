import Foundation
import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

/// One document of each kind, sound, and kept for looking at where the environment asks for it.
struct GalleryTests {
    struct Picture: CustomTestStringConvertible {
        var name: String
        var invoice: Invoice
        var form: FormTemplate = Sample.form

        var testDescription: String { name }
    }

    static let pictures: [Picture] = [
        Picture(name: "invoice nb", invoice: Sample.invoice()),
        Picture(
            name: "invoice nn", invoice: Sample.invoice(notes: ["Takk for handelen!"]),
            form: FormTemplate(name: "f", language: .nn, accentColour: "#1f5f4a")),
        Picture(
            name: "invoice en", invoice: Sample.invoice(),
            form: FormTemplate(name: "f", language: .en, accentColour: "#8a1c3b")),
        Picture(
            name: "credit note",
            invoice: Sample.invoice(
                type: .creditNote, number: "20007",
                references: References(precedingInvoices: [
                    PrecedingInvoice(number: "10042", issueDate: Sample.day("2026-11-24"))
                ]), lines: [Sample.line(1)]),
            form: FormTemplate(name: "k", documentType: .creditNote)),
        Picture(name: "foreign currency", invoice: foreign, form: english),
        Picture(
            name: "reverse charge",
            invoice: Sample.invoice(lines: [
                Sample.line(1, vat: .reverseCharge),
                Sample.line(2, name: "Betong B35", vat: .reverseCharge),
            ])),
        Picture(name: "sixty lines", invoice: Sample.invoice(lines: Sample.lines(60))),
        Picture(
            name: "logo and texts", invoice: Sample.invoice(notes: ["Vi takker for oppdraget."]),
            form: FormTemplate(
                name: "f", accentColour: "#aa3300", logo: try? .drawn(SamplePicture.png),
                introduction: "Vi viser til avtale om regnskapstjenester av 1. januar 2026.",
                footer: "Ved forsinket betaling svares forsinkelsesrente etter loven.")),
        Picture(
            name: "all columns", invoice: discounted,
            form: FormTemplate(name: "f", columns: all)),
        Picture(
            name: "least",
            invoice: Sample.invoice(lines: [Sample.line(1), Sample.line(2, name: "Gulvvask")]),
            form: FormTemplate(name: "f", columns: least, hiddenBlocks: bare)),
        Picture(name: "long texts", invoice: long),
    ]

    private static let english = FormTemplate(name: "f", language: .en)
    private static let all = (try? FormColumns(FormColumn.allCases)) ?? .standard
    private static let least =
        (try? FormColumns([.description, .quantity, .amount])) ?? .standard
    private static let bare =
        (try? HiddenBlocks([.returnAddress, .references, .paymentBox, .notes])) ?? .none

    private static let foreign: Invoice = {
        var invoice = Sample.invoice(
            buyer: Party(
                name: "Müller & Söhne GmbH", vatNumber: "DE123456789",
                address: Address(
                    street: "Hauptstraße 1", postalCode: "10115", city: "Berlin",
                    country: "DE")),
            currency: CurrencyCode(rawValue: "EUR"),
            payment: Payment(
                reference: "RF18539007547034",
                accounts: [PaymentAccount(number: "NO9386011117947", bic: "DNBANOKKXXX")],
                terms: "Net 14 days"))
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = Money(hundredths: 6_012_345)
        invoice.taxCurrencyRate = ExchangeRate(
            currency: invoice.currency, date: Sample.day("2026-11-23"),
            kroner: FixedDecimal(millionths: 11_423_000), source: "Norges Bank")
        return invoice
    }()

    private static let discounted: Invoice = {
        var lines = Sample.eightLines
        for index in lines.indices {
            lines[index].sellerItemNumber = "V-\(1_040 + index)"
            guard index.isMultiple(of: 2) else { continue }
            let off = lines[index].netAmount.percent(10)
            lines[index].allowances = [
                AllowanceCharge(isCharge: false, amount: off, percent: 10, reason: "Rabatt")
            ]
            lines[index].netAmount = lines[index].netAmount - off
        }
        return Sample.invoice(lines: lines, rounding: Money(hundredths: -5))
    }()

    private static let long: Invoice = {
        let sentence =
            "Gjennomgang av rutiner for fakturering og oppfølging av utsendelser, "
            + "med forslag til forbedringer og opplæring av nye medarbeidere. "
        var buyer = Sample.buyer
        buyer.name = "Stiftelsen for bevaring av kystkultur og tradisjonelt båtbyggeri i Nordland"
        buyer.contact = Contact(name: "Anne-Kristine Henriksen Solbakken")
        var invoice = Sample.invoice(
            buyer: buyer,
            references: References(
                buyerReference: "Avdeling for økonomi og administrasjon, 4. etasje",
                purchaseOrder: "PO-2026-000000123456", salesOrder: "S-77812",
                contract: "Rammeavtale 2024/118 om regnskap og rådgivning",
                project: "Nytt økonomisystem", accountingCost: "4000-6705-12"),
            notes: [String(repeating: sentence, count: 4), "Merknad to."],
            payment: Payment(
                reference: "101000000428",
                accounts: [PaymentAccount(number: "86011117947", name: "Nordisk Faktoring AS")],
                terms: "Netto 14 dager. Ved forsinket betaling påløper forsinkelsesrente etter "
                    + "forsinkelsesrenteloven, og purregebyr etter inkassoforskriften."),
            lines: [
                Sample.line(1, name: sentence, description: String(repeating: sentence, count: 3)),
                Sample.line(2, name: "Kort"),
            ],
            allowances: [
                AllowanceCharge(
                    isCharge: false, amount: Money(hundredths: 93_750),
                    percent: FixedDecimal(5), reason: "Avtalt rabatt etter rammeavtale",
                    vat: .standard(25)),
                AllowanceCharge(
                    isCharge: true, amount: Money(hundredths: 4_900), reason: "Fakturagebyr",
                    vat: .standard(25)),
            ], rounding: Money(hundredths: 25), prepaid: Money(hundredths: 500_000))
        invoice.delivery = InvoiceDelivery(
            date: Sample.day("2026-11-20"), name: "Kystmuseet",
            address: Address(
                street: "Bryggeveien 14", postalCode: "8373", city: "Ballstad", country: "NO"))
        return invoice
    }()

    @Test(arguments: pictures)
    func `every kind of document is sound`(picture: Picture) throws {
        let pdf = try InvoiceRenderer().render(picture.invoice, form: picture.form)
        try PDFValidation.verify(pdf, expecting: picture.invoice.number)
        try PDFReader.keep(pdf, as: "gallery \(picture.name)")
        #expect(try PDFReader.text(of: pdf).contains(picture.invoice.number))
        try PDFReader.check(pdf)
        let fonts = try PDFReader.fonts(of: pdf)
        #expect(!fonts.isEmpty)
        for font in fonts {
            // Embedded, cut down to what is used, and with a map back to letters.
            #expect(font.dropLast(2).suffix(3) == ["yes", "yes", "yes"], "\(font)")
        }
        let information = try PDFReader.information(of: pdf)
        #expect(information.contains(try Regex(#"Tagged: +yes"#)))
        #expect(information.contains(try Regex(#"Metadata Stream: +yes"#)))
    }
}
