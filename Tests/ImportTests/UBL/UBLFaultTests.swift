import Invoicing
import TestSupport
import Testing

@testable import Import

@Suite struct UBLFaultTests {
    struct Case: CustomTestStringConvertible {
        let old: String
        let new: String
        let column: String
        let message: String

        init(_ old: String, _ new: String, _ column: String, _ message: String) {
            (self.old, self.new, self.column, self.message) = (old, new, column, message)
        }

        var testDescription: String { "\(column) \(message)" }
    }

    static let cases = [
        Case("<cbc:ID>10042</cbc:ID>", "", "/Invoice", "BT-1"),
        Case("<cbc:ID>10042</cbc:ID>", "<cbc:ID> </cbc:ID>", "/Invoice/cbc:ID", "BT-1"),
        Case("2026-11-24", "2026-11-31", "/Invoice/cbc:IssueDate", "no date"),
        Case("2026-11-24", "24.11.2026", "/Invoice/cbc:IssueDate", "no date"),
        Case(">380<", ">381<", "/Invoice/cbc:InvoiceTypeCode", "no code for an Invoice"),
        Case("Fjordvik Renhold AS", "", "/Invoice/cac:AccountingSupplierParty/cac:Party", "BT-27"),
        Case(
            "<cbc:PriceAmount currencyID=\"NOK\">250<", "<cbc:PriceAmount currencyID=\"EUR\">250<",
            "/Invoice/cac:InvoiceLine/cac:Price/cbc:PriceAmount", "another currency"),
        Case(
            "currencyID=\"NOK\">250<", ">250<",
            "/Invoice/cac:InvoiceLine/cac:Price/cbc:PriceAmount", "does not say its currency"),
        Case(
            "<cbc:PayableAmount currencyID=\"NOK\">1250.00",
            "<cbc:PayableAmount currencyID=\"NOK\">1250.001",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "two decimals"),
        Case(
            "<cbc:PayableAmount currencyID=\"NOK\">1250.00",
            "<cbc:PayableAmount currencyID=\"NOK\">1250,00",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "no number"),
        Case(
            "<cbc:PayableAmount currencyID=\"NOK\">1250.00",
            "<cbc:PayableAmount currencyID=\"NOK\">99999999999999999999",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "larger"),
        Case(
            "<cbc:PayableAmount currencyID=\"NOK\">1250.00",
            "<cbc:PayableAmount currencyID=\"NOK\">1250.01",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "BR-CO-16"),
        Case(
            "<cbc:TaxInclusiveAmount currencyID=\"NOK\">1250.00",
            "<cbc:TaxInclusiveAmount currencyID=\"NOK\">1250.10",
            "/Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "BR-CO-15"),
        Case(
            "<cbc:LineExtensionAmount currencyID=\"NOK\">1000.00</cbc:LineExtensionAmount>\n  "
                + "<cbc:TaxE",
            "<cbc:LineExtensionAmount currencyID=\"NOK\">999.00</cbc:LineExtensionAmount>\n  "
                + "<cbc:TaxE",
            "/Invoice/cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "BR-CO-10"),
        Case(
            "</cac:LegalMonetaryTotal>",
            "<cbc:ChargeTotalAmount currencyID=\"NOK\">1</cbc:ChargeTotalAmount>"
                + "</cac:LegalMonetaryTotal>",
            "/Invoice/cac:LegalMonetaryTotal/cbc:ChargeTotalAmount", "BR-CO-12"),
        Case(
            "</cac:LegalMonetaryTotal>",
            "<cbc:AllowanceTotalAmount currencyID=\"NOK\">1</cbc:AllowanceTotalAmount>"
                + "</cac:LegalMonetaryTotal>",
            "/Invoice/cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount", "BR-CO-11"),
        Case(
            "<cbc:TaxExclusiveAmount currencyID=\"NOK\">1000.00",
            "<cbc:TaxExclusiveAmount currencyID=\"NOK\">1001.00",
            "/Invoice/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", "BR-CO-13"),
        Case(
            "<cac:TaxTotal><cbc:TaxAmount currencyID=\"NOK\">250.00",
            "<cac:TaxTotal><cbc:TaxAmount currencyID=\"NOK\">250.01",
            "/Invoice/cac:TaxTotal/cbc:TaxAmount", "BR-CO-14"),
        Case(
            "<cbc:TaxAmount currencyID=\"NOK\">250.00",
            "<cbc:TaxAmount currencyID=\"NOK\">251.00",
            "/Invoice/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "BR-CO-17"),
        Case(
            "<cbc:Percent>25<", "<cbc:Percent>2500<",
            "/Invoice/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent", "no VAT rate"),
        Case(" unitCode=\"HUR\"", "", "/Invoice/cac:InvoiceLine/cbc:InvoicedQuantity", "unitCode"),
        Case("Vinduspuss", "", "/Invoice/cac:InvoiceLine/cac:Item/cbc:Name", "BT-153"),
        Case("cac:InvoiceLine", "cac:Other", "/Invoice", "cac:InvoiceLine (BG-25)"),
        Case("cac:LegalMonetaryTotal", "cac:Other", "/Invoice", "BG-22"),
        Case("cac:TaxTotal", "cac:Other", "/Invoice", "BT-110"),
        Case(
            "</cac:Price>",
            "<cbc:BaseQuantity>0</cbc:BaseQuantity></cac:Price>",
            "/Invoice/cac:InvoiceLine/cac:Price/cbc:BaseQuantity", "R121"),
        Case(
            "<cac:PaymentMeans>",
            "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
                + "<cbc:EmbeddedDocumentBinaryObject mimeCode=\"a/b\" filename=\"a\">AAA"
                + "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
                + "</cac:AdditionalDocumentReference><cac:PaymentMeans>",
            "/Invoice/cac:AdditionalDocumentReference/cac:Attachment"
                + "/cbc:EmbeddedDocumentBinaryObject", "base64"),
    ]

    @Test(arguments: cases)
    func `a fault names the element and what is wrong with it`(testCase: Case) throws {
        let xml = UBLFixture().xml(replacing: testCase.old, with: testCase.new)
        try #require(xml != UBLFixture().xml(), "the case replaces nothing")
        let faults = faults(UBLReader.read(Array(xml.utf8), file: "faktura.xml"))
        let fault = faults.first { $0.column == testCase.column }
        #expect(fault?.message.contains(testCase.message) == true, "\(faults)")
        #expect(
            faults.allSatisfy {
                $0.file == "faktura.xml" && $0.line > 1 && !$0.column.isEmpty
                    && !$0.message.isEmpty && !$0.advice.isEmpty
            })
    }

    @Test func `a fault names the line of the element`() {
        let xml = UBLFixture().xml(replacing: "2026-12-08", with: "soon")
        let line = xml.split(separator: "\n").firstIndex { $0.contains("soon") }
        let faults = faults(UBLReader.read(Array(xml.utf8), file: "f.xml"))
        #expect(faults.map(\.line) == [line.map { $0 + 1 }])
    }

    @Test func `all faults are found at once`() {
        let xml = UBLFixture().xml(replacing: "2026", with: "26").replacing("HUR", with: "")
        #expect(faults(UBLReader.read(Array(xml.utf8), file: "f.xml")).count == 3)
    }

    @Test func `VAT may be reckoned line by line`() throws {
        let xml = UBLFixture().xml().replacing("250.00<", with: "250.99<")
            .replacing("1250.00", with: "1250.99")
        _ = try value(UBLReader.read(Array(xml.utf8), file: "f.xml"))
    }

    @Test func `a second total is in the tax currency, no other`() throws {
        var fixture = UBLFixture()
        fixture.head += "<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>"
        let missing = faults(UBLReader.read(fixture.bytes(), file: "f.xml"))
        #expect(missing.map(\.message).contains { $0.contains("BT-111") })
        fixture.taxTotal =
            "<cac:TaxTotal><cbc:TaxAmount currencyID=\"SEK\">243.17</cbc:TaxAmount></cac:TaxTotal>"
            + fixture.taxTotal
        let invoice = try value(UBLReader.read(fixture.bytes(), file: "f.xml")).invoice
        #expect(invoice.taxCurrency?.rawValue == "SEK")
        #expect(invoice.taxCurrencyVATTotal?.description == "243.17")
        #expect(invoice.totals.vatTotal.description == "250.00")
    }
}
