/// A small UBL invoice of our own, conforming to Peppol BIS Billing 3.0, with parts to replace.
package struct UBLFixture {
    package var head = """
        <cbc:ID>10042</cbc:ID>
        <cbc:IssueDate>2026-11-24</cbc:IssueDate>
        <cbc:DueDate>2026-12-08</cbc:DueDate>
        <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
        <cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode>
        <cbc:BuyerReference>Avdeling 7</cbc:BuyerReference>
        """
    package var references = ""
    package var parties = """
        <cac:AccountingSupplierParty><cac:Party>
          <cbc:EndpointID schemeID="0192">123456785</cbc:EndpointID>
          <cac:PostalAddress><cbc:CityName>Fjordvik</cbc:CityName>
            <cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:Country>
          </cac:PostalAddress>
          <cac:PartyTaxScheme><cbc:CompanyID>NO123456785MVA</cbc:CompanyID>
            <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
          <cac:PartyTaxScheme><cbc:CompanyID>Foretaksregisteret</cbc:CompanyID>
            <cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
          <cac:PartyLegalEntity><cbc:RegistrationName>Fjordvik Renhold AS</cbc:RegistrationName>
            <cbc:CompanyID schemeID="0192">123456785</cbc:CompanyID>
            <cbc:CompanyLegalForm>AS</cbc:CompanyLegalForm></cac:PartyLegalEntity>
        </cac:Party></cac:AccountingSupplierParty>
        <cac:AccountingCustomerParty><cac:Party>
          <cac:PostalAddress>
            <cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:Country>
          </cac:PostalAddress>
          <cac:PartyLegalEntity><cbc:RegistrationName>Borettslaget Solsida</cbc:RegistrationName>
          </cac:PartyLegalEntity>
          <cac:Contact><cbc:ElectronicMail>styret@solsida.eksempel.test</cbc:ElectronicMail>
          </cac:Contact>
        </cac:Party></cac:AccountingCustomerParty>
        """
    package var payment = """
        <cac:PaymentMeans><cbc:PaymentMeansCode name="Giro">30</cbc:PaymentMeansCode>
          <cbc:PaymentID>10042000008</cbc:PaymentID>
          <cac:PayeeFinancialAccount><cbc:ID>12345678903</cbc:ID></cac:PayeeFinancialAccount>
        </cac:PaymentMeans>
        """
    package var allowances = ""
    package var taxTotal = """
        <cac:TaxTotal><cbc:TaxAmount currencyID="NOK">250.00</cbc:TaxAmount>
          <cac:TaxSubtotal><cbc:TaxableAmount currencyID="NOK">1000.00</cbc:TaxableAmount>
            <cbc:TaxAmount currencyID="NOK">250.00</cbc:TaxAmount>
            <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>
              <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
          </cac:TaxSubtotal></cac:TaxTotal>
        """
    package var totals = """
        <cac:LegalMonetaryTotal>
          <cbc:LineExtensionAmount currencyID="NOK">1000.00</cbc:LineExtensionAmount>
          <cbc:TaxExclusiveAmount currencyID="NOK">1000.00</cbc:TaxExclusiveAmount>
          <cbc:TaxInclusiveAmount currencyID="NOK">1250.00</cbc:TaxInclusiveAmount>
          <cbc:PayableAmount currencyID="NOK">1250.00</cbc:PayableAmount>
        </cac:LegalMonetaryTotal>
        """
    package var lines = """
        <cac:InvoiceLine><cbc:ID>1</cbc:ID>
          <cbc:InvoicedQuantity unitCode="HUR">4</cbc:InvoicedQuantity>
          <cbc:LineExtensionAmount currencyID="NOK">1000.00</cbc:LineExtensionAmount>
          <cac:Item><cbc:Name>Vinduspuss</cbc:Name>
            <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>
              <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>
          </cac:Item>
          <cac:Price><cbc:PriceAmount currencyID="NOK">250</cbc:PriceAmount></cac:Price>
        </cac:InvoiceLine>
        """

    package init() {}

    /// The document, with one text put in the place of another where a test asks for it.
    package func xml(replacing old: String = "", with new: String = "") -> String {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
              xmlns:cac="\(Self.schema)CommonAggregateComponents-2"
              xmlns:cbc="\(Self.schema)CommonBasicComponents-2">
            <cbc:CustomizationID>\(Self.customization)</cbc:CustomizationID>
            <cbc:ProfileID>\(Self.profile)</cbc:ProfileID>
            \(head)\(references)\(parties)\(payment)\(allowances)\(taxTotal)\(totals)\(lines)
            </Invoice>
            """
        return old.isEmpty ? text : text.replacing(old, with: new)
    }

    package func bytes(replacing old: String = "", with new: String = "") -> [UInt8] {
        Array(xml(replacing: old, with: new).utf8)
    }

    package static let schema = "urn:oasis:names:specification:ubl:schema:xsd:"
    package static let customization =
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    package static let profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

    /// The same document as a credit note.
    package func creditNote() -> String {
        xml().replacing("InvoiceTypeCode>380", with: "CreditNoteTypeCode>381")
            .replacing("/cbc:InvoiceTypeCode", with: "/cbc:CreditNoteTypeCode")
            .replacing("<Invoice ", with: "<CreditNote ")
            .replacing("</Invoice>", with: "</CreditNote>")
            .replacing("xsd:Invoice-2", with: "xsd:CreditNote-2")
            .replacing("InvoiceLine", with: "CreditNoteLine")
            .replacing("InvoicedQuantity", with: "CreditedQuantity")
            .replacing("<cbc:DueDate>2026-12-08</cbc:DueDate>", with: "")
    }
}
