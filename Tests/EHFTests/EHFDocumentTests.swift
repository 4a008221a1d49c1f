import Import
import TestSupport
import Testing

@testable import EHF
@testable import Invoicing

/// Documents read back by the importer, which tells whatever was lost.
struct EHFDocumentTests {
    static func read(_ bytes: [UInt8]) throws -> ImportedInvoice {
        try UBLReader.read(bytes, file: "out.xml").get()
    }

    /// Two hundred invoices, or a thousand where they are kept.
    @Test func `generated invoices break no rule and are read back as they were`() throws {
        var generator = EHFGenerator(seed: 1)
        for number in 1...(EHFOutput.folder == nil ? 200 : 1_000) {
            let invoice = generator.invoice()
            let files = invoice.supportingDocuments.filter { $0.fileName != nil }
                .map {
                    Attachment(
                        fileName: "Bilag-o.pdf", contentType: $0.contentType ?? "",
                        content: [1, 2, 3])
                }
            let bytes = EHFDocument.bytes(of: invoice, embedded: files)
            let read = try Self.read(bytes)
            #expect(read.invoice == invoice.completedForEHF)
            #expect(read.embedded.map(\.content) == files.map(\.content))
            #expect(read.remarks == [])
            #expect(EHFRules.violations(in: invoice).filter { !$0.isWarning } == [], "\(number)")
            #expect(EHFDocument.bytes(of: invoice, embedded: files) == bytes)
            try EHFOutput.write(bytes, "generated-\(number)")
        }
    }

    @Test func `the head of a document says which rules it follows`() throws {
        let read = try Self.read(EHFDocument.bytes(of: EHFSample.invoice()))
        #expect(read.customizationID == EHFDocument.customization)
        #expect(read.profileID == EHFDocument.profile)
        #expect(read.invoice == EHFSample.invoice())
    }

    @Test func `letters that XML can't hold are left out and the others are kept`() throws {
        let invoice = EHFSample.invoice().with {
            $0.lines[0].name = "A\u{0}\u{1b}&<>\"' \u{1f600}]]>\u{fffe}"
            $0.seller.contact?.name = " \n "
        }
        let read = try Self.read(EHFDocument.bytes(of: invoice)).invoice
        #expect(read.lines[0].name == "A&<>\"' \u{1f600}]]>")
        #expect(read.seller.contact?.name == nil)
    }

    @Test func `several notes become one`() throws {
        let invoice = EHFSample.invoice().with { $0.notes = ["Første", " ", "Andre"] }
        #expect(try Self.read(EHFDocument.bytes(of: invoice)).invoice.notes == ["Første\nAndre"])
    }

    @Test func `a Norwegian firm is named by its number alone`() throws {
        let invoice = EHFSample.invoice().with {
            $0.seller.endpoint = Identifier("123456785", scheme: "9908")
            $0.seller.organisationNumber = Identifier("NO 123 456 785 MVA")
            $0.seller.vatNumber = "123 456 785 mva"
            $0.buyer.endpoint = nil
            $0.buyer.organisationNumber = Identifier("987 654 325")
            $0.buyer.address.country = nil
            $0.payment.meansCode = nil
            $0.payment.accounts[0].number = "1234.56.78903"
        }
        #expect(try Self.read(EHFDocument.bytes(of: invoice)).invoice == EHFSample.invoice())
    }

    @Test func `an address of e-mail is no endpoint`() throws {
        let email = Identifier("post@solsida.test", scheme: "EM")
        let invoice = EHFSample.invoice().with { $0.buyer.endpoint = email }
        #expect(try Self.read(EHFDocument.bytes(of: invoice)).invoice == EHFSample.invoice())
        #expect(invoice.ehfReceiver == Identifier("987654325", scheme: "0192"))
        let unknown = invoice.with { $0.buyer.organisationNumber = nil }
        #expect(unknown.ehfReceiver == nil)
        #expect(!unknown.usableChannels.contains(.ehf))
        #expect(EHFRules.violations(in: unknown).map(\.rule) == ["PEPPOL-EN16931-CL008"])
    }

    @Test func `what is blank and must not stand alone is not stated`() throws {
        let card = PaymentCard(number: "1234", network: " ")
        let invoice = EHFSample.invoice().with {
            $0.taxCurrency = CurrencyCode(rawValue: "")
            $0.taxCurrencyVATTotal = Money(hundredths: 1)
            ($0.references.purchaseOrder, $0.references.salesOrder) = (" ", "S-1")
            $0.seller.identifiers = [Identifier("NO12", scheme: "sepa")]
            $0.payment.card = card
        }
        let read = try Self.read(EHFDocument.bytes(of: invoice)).invoice
        #expect(read.taxCurrency == nil && read.taxCurrencyVATTotal == nil)
        #expect(read.references.purchaseOrder == nil && read.references.salesOrder == "S-1")
        #expect(read.seller.identifiers == [Identifier("NO12", scheme: "SEPA")])
        #expect(read.payment.card?.number == "1234" && read.payment.card?.network == "NA")
        let unnumbered = invoice.with { $0.payment.card?.number = "" }
        #expect(try Self.read(EHFDocument.bytes(of: unnumbered)).invoice.payment.card == nil)
    }

    @Test func `a minus moves from the price to the quantity`() throws {
        let lines = [EHFSample.line(), EHFSample.line("2", quantity: 1, price: FixedDecimal(-50))]
        let invoice = EHFSample.invoice(lines: lines)
        let line = try Self.read(EHFDocument.bytes(of: invoice)).invoice.lines[1]
        #expect(line.quantity == FixedDecimal(-1))
        #expect(line.unitPrice == 50)
        #expect(line.netAmount == lines[1].netAmount)
        #expect(EHFRules.violations(in: invoice) == [])
    }

    @Test func `a file that is not given is referred to`() throws {
        let invoice = EHFSample.invoice().with {
            $0.supportingDocuments = [
                SupportingDocument(id: "Bilag", fileName: "a.pdf", contentType: "application/pdf")
            ]
        }
        let read = try Self.read(EHFDocument.bytes(of: invoice))
        #expect(read.invoice.supportingDocuments == [SupportingDocument(id: "Bilag")])
    }
}

/// EHF of what the nightly job makes: agreements of every sort become invoices.
struct EHFAgreementTests {
    @Test func `invoices of agreements break no rule`() throws {
        var generator = EHFGenerator(seed: 7)
        var broken = 0
        var foreign = 0
        for number in 1...300 {
            let invoice = try generator.agreementInvoice(number)
            let violations = EHFRules.violations(in: invoice)
            #expect(violations == [], "\(number): \(violations)")
            #expect(LegalContent.faults(in: invoice).isEmpty)
            try EHFOutput.write(EHFDocument.bytes(of: invoice), "agreement-\(number)")
            broken += invoice.lines.contains { !$0.allowances.isEmpty } ? 1 : 0
            foreign += invoice.taxCurrency == nil ? 0 : 1
        }
        #expect(broken > 50)
        #expect(foreign > 20)
    }
}
