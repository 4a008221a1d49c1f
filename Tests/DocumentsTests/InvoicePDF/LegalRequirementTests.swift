import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

/// What the law asks a sales document to say, a row each: where it is read in the PDF, and what
/// is said before it goes out where it is missing.
struct LegalRequirementTests {
    struct Requirement: CustomTestStringConvertible {
        var paragraph: String
        var what: String
        /// Read in the PDF of the invoice, in this order on one line or in one paragraph.
        var seen: [String]
        var invoice = LegalRequirementTests.lawful
        /// Takes it away; nil where no invoice can be without it.
        var remove: (@Sendable (inout Invoice) -> Void)?
        var code = FaultCode.invoiceIncomplete

        var testDescription: String { "\(paragraph) \(what)" }
    }

    static let lawful: Invoice = {
        var invoice = Sample.invoice()
        invoice.seller.legalForm = "AS"
        invoice.delivery = InvoiceDelivery(
            date: Sample.day("2026-11-23"),
            address: Address(street: "Kaien 2", city: "Bodø", country: "NO"))
        return invoice
    }()

    private static let euro: Invoice = {
        var invoice = lawful
        invoice.currency = CurrencyCode(rawValue: "EUR")
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = Money(hundredths: 6_789_012)
        invoice.taxCurrencyRate = ExchangeRate(
            currency: invoice.currency, date: Sample.day("2026-11-23"),
            kroner: FixedDecimal(millionths: 11_423_000), source: "Norges Bank")
        return invoice
    }()

    private static let reversed: Invoice = {
        var invoice = Sample.invoice(lines: [Sample.line(1, vat: .reverseCharge)])
        invoice.seller.legalForm = "AS"
        return invoice
    }()

    private static let credited: Invoice = {
        var invoice = Sample.invoice(
            type: .creditNote, number: "20007",
            references: References(precedingInvoices: [PrecedingInvoice(number: "10041")]))
        invoice.seller.legalForm = "AS"
        invoice.period = nil
        invoice.taxPointDate = Sample.day("2026-11-24")
        return invoice
    }()

    static let requirements = [
        Requirement(
            paragraph: "§ 5-1-1 no. 1", what: "number", seen: ["Fakturanummer", "10042"],
            remove: { $0.number = "" }),
        Requirement(
            paragraph: "§ 5-1-1 no. 1", what: "date", seen: ["Fakturadato", "24.11.2026"]),
        Requirement(
            paragraph: "§ 5-1-2", what: "seller's name", seen: ["Nordlys Regnskap AS", "Org.nr."],
            remove: { $0.seller.name = " " }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 5-1-2", what: "seller's number",
            seen: ["Org.nr. 123 456 785 MVA"],
            remove: { $0.seller.organisationNumber = nil }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 5-1-2", what: "MVA of who is registered",
            seen: ["Org.nr. 123 456 785 MVA"],
            remove: { $0.seller.vatNumber = nil }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 10-2", what: "the business register's name",
            seen: ["Org.nr. 123 456 785 MVA", "Foretaksregisteret"],
            remove: { $0.seller.taxRegistration = nil }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 10-2", what: "seller's address", seen: ["Storgata 12, 9008 Tromsø"],
            remove: { $0.seller.address = Address(country: "NO") }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 5-1-2", what: "buyer's name", seen: ["Ærfuglen Kafé og Gjestehus AS"],
            remove: { $0.buyer.name = "" }, code: .customerIncomplete),
        Requirement(
            paragraph: "§ 5-1-2", what: "buyer's address or number",
            seen: ["Deres org.nr.", "988 077 917"],
            remove: {
                $0.buyer.organisationNumber = nil
                $0.buyer.address = Address(country: "NO")
            }, code: .customerIncomplete),
        Requirement(
            paragraph: "§ 5-1-1 no. 3", what: "nature", seen: ["Lønnskjøring", "12", "stk"],
            remove: { $0.lines[1].name = " " }),
        Requirement(
            paragraph: "§ 5-1-1 no. 3", what: "extent", seen: ["7,5", "timer", "1 250,00"],
            remove: { $0.lines = [] }),
        Requirement(
            paragraph: "§ 5-1-1 no. 4", what: "time of delivery",
            seen: ["Leveringsdato", "23.11.2026"],
            remove: {
                $0.delivery?.date = nil
                $0.period = nil
            }),
        Requirement(
            paragraph: "§ 5-1-1 no. 4", what: "period of delivery",
            seen: ["Periode", "01.11.2026–30.11.2026"],
            remove: {
                $0.delivery?.date = nil
                $0.period = nil
            }),
        Requirement(
            paragraph: "§ 5-1-1 no. 4", what: "place of delivery",
            seen: ["Leveringssted", "Kaien 2, Bodø"],
            remove: {
                $0.delivery = InvoiceDelivery(date: Sample.day("2026-11-23"))
                $0.buyer.address = Address()
            }, code: .customerIncomplete),
        Requirement(
            paragraph: "§ 5-1-1 no. 5", what: "price", seen: ["Sum uten mva", "23 785,00"]),
        Requirement(
            paragraph: "§ 5-1-1 no. 5", what: "due date", seen: ["Forfallsdato", "08.12.2026"],
            remove: { $0.dueDate = nil }),
        Requirement(
            paragraph: "account to pay to", what: "by no paragraph: to be paid",
            seen: ["8601.11.17947"],
            remove: { $0.payment.accounts = [] }, code: .sellerIncomplete),
        Requirement(
            paragraph: "§ 5-1-1 no. 6", what: "VAT of each rate",
            seen: ["25 %", "19 557,00", "4 889,25"]),
        Requirement(
            paragraph: "§ 5-1-5", what: "what is outside the Act by itself",
            seen: ["Utenfor merverdiavgiftsloven", "2 228,00"]),
        Requirement(
            paragraph: "§ 5-1-1 no. 6", what: "VAT in NOK",
            seen: ["Merverdiavgift i NOK", "67 890,12"], invoice: euro,
            remove: { $0.taxCurrencyVATTotal = nil }),
        Requirement(
            paragraph: "§ 5-1-1 no. 6", what: "the rate that the VAT in NOK was reckoned by",
            seen: ["Kurs 11,4230 NOK per EUR, Norges Bank 23.11.2026"], invoice: euro),
        Requirement(
            paragraph: "§ 5-1-1 no. 7", what: "reverse charge",
            seen: ["Omvendt avgiftsplikt - Merverdiavgift ikke beregnet"], invoice: reversed),
        Requirement(
            paragraph: "§ 5-1-2", what: "buyer's number under reverse charge",
            seen: ["Deres org.nr.", "988 077 917"], invoice: reversed,
            remove: { $0.buyer.organisationNumber = nil }, code: .customerIncomplete),
        Requirement(
            paragraph: "§ 5-1-1 no. 3", what: "what a credit note credits",
            seen: ["Gjelder faktura", "10041"], invoice: credited,
            remove: { $0.references.precedingInvoices = [] }),
    ]

    @Test(arguments: requirements)
    func `it is on the document, and its lack is named with the paragraph`(
        requirement: Requirement
    ) throws {
        let pdf = try InvoiceRenderer().render(requirement.invoice, form: Sample.form)
        let lines = try PDFReader.layout(of: pdf).split(separator: "\n")
        #expect(
            lines.contains { line in
                var rest = line
                return requirement.seen.allSatisfy { part in
                    guard let range = rest.firstRange(of: part) else { return false }
                    rest = rest[range.upperBound...]
                    return true
                }
            }, "\(requirement.seen) is not on the document")
        #expect(LegalContent.faults(in: requirement.invoice).isEmpty)
        guard let remove = requirement.remove else { return }
        var without = requirement.invoice
        remove(&without)
        let faults = LegalContent.faults(in: without)
        #expect(faults.map(\.code) == [requirement.code])
        #expect(faults.first?.detail.contains(requirement.paragraph) == true, "\(faults)")
    }

    @Test func `a country alone is the place of delivery where nothing more is known`() throws {
        var invoice = Sample.invoice()
        invoice.buyer.address = Address(country: "NO")
        let pdf = try InvoiceRenderer().render(invoice, form: Sample.form)
        let layout = try PDFReader.layout(of: pdf)
        #expect(
            layout.split(separator: "\n").contains {
                $0.contains("Leveringssted") && $0.contains("Norge")
            })
        #expect(LegalContent.faults(in: invoice).isEmpty)
    }
}
