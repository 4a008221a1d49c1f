import Invoicing
import TestSupport
import Testing

@testable import Import

@Suite struct UBLReaderTests {
    private func read(_ xml: String) throws -> ImportedInvoice {
        try value(UBLReader.read(Array(xml.utf8), file: "faktura.xml"))
    }

    @Test func `a small invoice is read whole`() throws {
        let read = try read(UBLFixture().xml())
        let invoice = read.invoice
        #expect(invoice.type == .invoice && invoice.typeCode == nil)
        #expect(invoice.number == "10042")
        #expect(invoice.issueDate.description == "2026-11-24")
        #expect(invoice.dueDate?.description == "2026-12-08")
        #expect(invoice.currency == .nok)
        #expect(invoice.seller.name == "Fjordvik Renhold AS")
        #expect(invoice.seller.vatNumber == "NO123456785MVA")
        #expect(invoice.seller.taxRegistration == "Foretaksregisteret")
        #expect(invoice.seller.legalForm == "AS")
        #expect(invoice.seller.endpoint == Identifier("123456785", scheme: "0192"))
        #expect(invoice.references.buyerReference == "Avdeling 7")
        #expect(invoice.payment.reference == "10042000008")
        #expect(invoice.payment.meansText == "Giro")
        #expect(invoice.payment.accounts == [PaymentAccount(number: "12345678903")])
        #expect(invoice.totals.payable == Money(hundredths: 125_000))
        #expect(invoice.lines.map(\.name) == ["Vinduspuss"])
        #expect(read.recipientEmail == "styret@solsida.eksempel.test")
        #expect(read.customizationID == UBLFixture.customization)
        #expect(read.profileID == UBLFixture.profile)
        #expect(read.remarks == [])
    }

    @Test func `a credit note is read like an invoice`() throws {
        let invoice = try read(UBLFixture().creditNote()).invoice
        #expect(invoice.type == .creditNote)
        #expect(invoice.dueDate == nil)
        #expect(invoice.lines.first?.quantity == FixedDecimal(4))
    }

    @Test func `prefixes do not matter`() throws {
        let plain = try read(UBLFixture().xml())
        let other = UBLFixture().xml()
            .replacing("<cbc:", with: "<a:").replacing("</cbc:", with: "</a:")
            .replacing("<cac:", with: "<b.2:").replacing("</cac:", with: "</b.2:")
            .replacing("xmlns:cbc", with: "xmlns:a").replacing("xmlns:cac", with: "xmlns:b.2")
            .replacing("<Invoice xmlns=", with: "<q:Invoice xmlns:q=")
            .replacing("</Invoice>", with: "</q:Invoice >")
        #expect(try read(other) == plain)
    }

    @Test func `the order of elements does not matter`() throws {
        var fixture = UBLFixture()
        let plain = try read(fixture.xml())
        (fixture.head, fixture.lines) = (fixture.lines, fixture.head)
        (fixture.parties, fixture.totals) = (fixture.totals, fixture.parties)
        #expect(try read(fixture.xml()) == plain)
    }

    @Test func `comments, CDATA, instructions and references are read as XML has it`() throws {
        let xml = UBLFixture().xml(
            replacing: "Vinduspuss", with: "<!-- <x> --> <![CDATA[Puss & <gni]]>e&#248;&amp;<?x y?>"
        )
        #expect(try read(xml).invoice.lines.first?.name == "Puss & <gnieø&")
    }

    @Test func `a byte order mark is let by`() throws {
        let bytes = [0xEF, 0xBB, 0xBF] + UBLFixture().bytes()
        _ = try value(UBLReader.read(bytes, file: "faktura.xml"))
    }

    @Test func `an embedded file is decoded, under the name that it has`() throws {
        var fixture = UBLFixture()
        fixture.references = """
            <cac:AdditionalDocumentReference><cbc:ID>T1</cbc:ID>
            <cbc:DocumentDescription>Timeliste</cbc:DocumentDescription>
            <cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv"
              filename="../bilag/Måned.csv">
                VGlt
                ZXI=
            </cbc:EmbeddedDocumentBinaryObject></cac:Attachment>
            </cac:AdditionalDocumentReference>
            """
        let read = try read(fixture.xml())
        #expect(
            read.embedded == [
                Attachment(
                    fileName: "../bilag/Måned.csv", contentType: "text/csv",
                    content: Array("Timer".utf8))
            ])
        #expect(read.invoice.supportingDocuments.map(\.fileName) == ["../bilag/Måned.csv"])
        #expect(read.invoice.supportingDocuments.map(\.description) == ["Timeliste"])
    }

    @Test func `several accounts are kept, and other means beside them`() throws {
        var fixture = UBLFixture()
        fixture.payment += """
            <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
            <cbc:PaymentID>10042000008</cbc:PaymentID>
            <cac:PayeeFinancialAccount><cbc:ID>NO9386011117947</cbc:ID>
            <cac:FinancialInstitutionBranch><cbc:ID>DNBANOKK</cbc:ID>
            </cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>
            <cac:PaymentMeans><cbc:PaymentMeansCode>49</cbc:PaymentMeansCode>
            <cac:PaymentMandate><cbc:ID>M-1</cbc:ID><cac:PayerFinancialAccount>
            <cbc:ID>12345678903</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>
            </cac:PaymentMeans>
            """
        let payment = try read(fixture.xml()).invoice.payment
        #expect(payment.accounts.map(\.bic) == [nil, "DNBANOKK"])
        #expect(
            payment.further == [
                PaymentMeans(
                    code: "49",
                    mandate: DirectDebitMandate(reference: "M-1", debitedAccount: "12345678903"))
            ])
    }

    @Test func `a period may be open at one end`() throws {
        var fixture = UBLFixture()
        fixture.references =
            "<cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate></cac:InvoicePeriod>"
        let invoice = try read(fixture.xml()).invoice
        let start = try #require(CivilDate("2026-11-01"))
        #expect(invoice.period == nil)
        #expect(invoice.openPeriod == .from(start))
    }

    @Test func `what the invoice can't hold is remarked on with its line`() throws {
        let remarks = try read(
            UBLFixture().xml(
                replacing: "<cbc:BuyerReference>",
                with: "<cbc:UUID>4f1a</cbc:UUID><cbc:BuyerReference>")
        ).remarks
        #expect(remarks.map(\.column) == ["/Invoice/cbc:UUID"])
        #expect(remarks.map(\.excerpt) == ["4f1a"])
        #expect(remarks.allSatisfy { $0.line == 12 })
    }

    @Test func `a price of many decimals is rounded and remarked on`() throws {
        let read = try read(
            UBLFixture().xml(replacing: "NOK\">250<", with: "NOK\">249.9999996<"))
        #expect(read.invoice.lines.first?.unitPrice == FixedDecimal(250))
        #expect(read.remarks.map(\.excerpt) == ["249.9999996"])
    }

    @Test(arguments: [("2026-11-24Z", true), ("2026-11-24+01:00", true), ("2026-11-24T1", false)])
    func `a zone after a day is passed over`(text: String, isDate: Bool) {
        let bytes = UBLFixture().bytes(replacing: "2026-11-24", with: text)
        #expect(faults(UBLReader.read(bytes, file: "f.xml")).isEmpty == isDate)
    }
}
