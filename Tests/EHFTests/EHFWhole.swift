import Invoicing

/// A document that says all that Peppol BIS Billing 3.0 has an element for.
enum EHFWhole {
    static func xml(_ type: DocumentType) -> [UInt8] {
        let name = type == .invoice ? "Invoice" : "CreditNote"
        let schema = "urn:oasis:names:specification:ubl:schema:xsd:"
        let namespaces = """
            xmlns="\(schema)\(name)-2" xmlns:cac="\(schema)CommonAggregateComponents-2" \
            xmlns:cbc="\(schema)CommonBasicComponents-2"
            """
        let body = head(type) + references(type) + parties + payment(type) + sums
        let lines = line(type, lineHead, price) + line(type, "<cbc:ID>2</cbc:ID>", plainPrice)
        return Array("<\(name) \(namespaces)>\(body)\(lines)</\(name)>".utf8)
    }

    private static func head(_ type: DocumentType) -> String {
        let kind =
            type == .invoice
            ? """
            <cbc:DueDate>2026-12-08</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
            """ : "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>"
        return """
            <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:\
            billing:3.0</cbc:CustomizationID>
            <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
            <cbc:ID>10042</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate>\(kind)
            <cbc:Note>Takk &amp; hei</cbc:Note>
            <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
            <cbc:TaxCurrencyCode>NOK</cbc:TaxCurrencyCode>
            <cbc:AccountingCost>4000</cbc:AccountingCost>
            <cbc:BuyerReference>Avdeling 7</cbc:BuyerReference>
            <cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate>
              <cbc:EndDate>2026-11-30</cbc:EndDate><cbc:DescriptionCode>35</cbc:DescriptionCode>
            </cac:InvoicePeriod>
            """
    }

    private static func references(_ type: DocumentType) -> String {
        let project =
            type == .invoice
            ? "<cac:ProjectReference><cbc:ID>P-1</cbc:ID></cac:ProjectReference>"
            : """
            <cac:AdditionalDocumentReference><cbc:ID>P-1</cbc:ID>
              <cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
            """
        return """
            <cac:OrderReference><cbc:ID>B-1</cbc:ID><cbc:SalesOrderID>S-1</cbc:SalesOrderID>
            </cac:OrderReference>
            <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>10040</cbc:ID>
              <cbc:IssueDate>2026-10-24</cbc:IssueDate></cac:InvoiceDocumentReference>
            </cac:BillingReference>
            <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>10041</cbc:ID>
            </cac:InvoiceDocumentReference></cac:BillingReference>
            <cac:DespatchDocumentReference><cbc:ID>D-1</cbc:ID></cac:DespatchDocumentReference>
            <cac:ReceiptDocumentReference><cbc:ID>M-1</cbc:ID></cac:ReceiptDocumentReference>
            <cac:OriginatorDocumentReference><cbc:ID>T-1</cbc:ID></cac:OriginatorDocumentReference>
            <cac:ContractDocumentReference><cbc:ID>K-1</cbc:ID></cac:ContractDocumentReference>
            <cac:AdditionalDocumentReference><cbc:ID schemeID="ABT">A-1</cbc:ID>
              <cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
            \(project)
            <cac:AdditionalDocumentReference><cbc:ID>Bilag</cbc:ID>
              <cbc:DocumentDescription>Timer</cbc:DocumentDescription>
              <cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf"
                filename="Timer.pdf">AQID</cbc:EmbeddedDocumentBinaryObject>
                <cac:ExternalReference><cbc:URI>https://fjordvik.test/t</cbc:URI>
                </cac:ExternalReference></cac:Attachment>
            </cac:AdditionalDocumentReference>
            """
    }

    private static func address(_ name: String, _ city: String) -> String {
        """
        <cac:\(name)><cbc:StreetName>Brygga 3</cbc:StreetName>
          <cbc:AdditionalStreetName>Inngang B</cbc:AdditionalStreetName>
          <cbc:CityName>\(city)</cbc:CityName><cbc:PostalZone>6800</cbc:PostalZone>
          <cbc:CountrySubentity>Vestland</cbc:CountrySubentity>
          <cac:AddressLine><cbc:Line>2. etasje</cbc:Line></cac:AddressLine>
          <cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:Country>
        </cac:\(name)>
        """
    }

    private static func taxScheme(_ number: String, _ scheme: String = "VAT") -> String {
        """
        <cac:PartyTaxScheme><cbc:CompanyID>\(number)</cbc:CompanyID>
          <cac:TaxScheme><cbc:ID>\(scheme)</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
        """
    }

    private static func trader(
        _ name: String, _ number: String, id: String, tax: String = "", form: String = ""
    ) -> String {
        """
        <cac:Party><cbc:EndpointID schemeID="0192">\(number)</cbc:EndpointID>
          <cac:PartyIdentification><cbc:ID schemeID="0088">7080000000005</cbc:ID>
          </cac:PartyIdentification>\(id)
          <cac:PartyName><cbc:Name>\(name)</cbc:Name></cac:PartyName>
          \(address("PostalAddress", name))
          \(taxScheme("NO\(number)MVA"))\(tax)
          <cac:PartyLegalEntity><cbc:RegistrationName>\(name) AS</cbc:RegistrationName>
            <cbc:CompanyID schemeID="0192">\(number)</cbc:CompanyID>\(form)
          </cac:PartyLegalEntity>
          <cac:Contact><cbc:Name>\(name)s Åse</cbc:Name>
            <cbc:Telephone>+47 57 00 00 00</cbc:Telephone>
            <cbc:ElectronicMail>ase@\(number).test</cbc:ElectronicMail></cac:Contact>
        </cac:Party>
        """
    }

    private static let sepa = """
        <cac:PartyIdentification><cbc:ID schemeID="SEPA">NO12ZZZ00123456785</cbc:ID>
        </cac:PartyIdentification>
        """

    private static let parties = """
        <cac:AccountingSupplierParty>\(trader(
            "Fjordvik", "123456785", id: sepa, tax: taxScheme("Foretaksregisteret", "TAX"),
            form: "<cbc:CompanyLegalForm>AS</cbc:CompanyLegalForm>"))</cac:AccountingSupplierParty>
        <cac:AccountingCustomerParty>\(trader("Solsida", "987654325", id: ""))
        </cac:AccountingCustomerParty>
        <cac:PayeeParty>
          <cac:PartyIdentification><cbc:ID schemeID="0088">7080000000012</cbc:ID>
          </cac:PartyIdentification>
          <cac:PartyName><cbc:Name>Faktoring AS</cbc:Name></cac:PartyName>
          <cac:PartyLegalEntity><cbc:CompanyID schemeID="0192">999999999</cbc:CompanyID>
          </cac:PartyLegalEntity></cac:PayeeParty>
        <cac:TaxRepresentativeParty><cac:PartyName><cbc:Name>Avgift AS</cbc:Name></cac:PartyName>
          \(address("PostalAddress", "Oslo"))\(taxScheme("NO999999999MVA"))
        </cac:TaxRepresentativeParty>
        <cac:Delivery><cbc:ActualDeliveryDate>2026-11-20</cbc:ActualDeliveryDate>
          <cac:DeliveryLocation><cbc:ID schemeID="0088">7080000000005</cbc:ID>
            \(address("Address", "Bodø"))</cac:DeliveryLocation>
          <cac:DeliveryParty><cac:PartyName><cbc:Name>Lageret</cbc:Name></cac:PartyName>
          </cac:DeliveryParty></cac:Delivery>
        """

    private static func payment(_ type: DocumentType) -> String {
        let dueDate =
            type == .invoice ? "" : "<cbc:PaymentDueDate>2026-12-08</cbc:PaymentDueDate>"
        return """
            <cac:PaymentMeans><cbc:PaymentMeansCode name="Giro">30</cbc:PaymentMeansCode>\(dueDate)
              <cbc:PaymentID>10042000008</cbc:PaymentID>
              <cac:CardAccount><cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID>
                <cbc:NetworkID>VISA</cbc:NetworkID><cbc:HolderName>Per</cbc:HolderName>
              </cac:CardAccount>
              <cac:PayeeFinancialAccount><cbc:ID>NO9386011117947</cbc:ID><cbc:Name>Drift</cbc:Name>
                <cac:FinancialInstitutionBranch><cbc:ID>DNBANOKK</cbc:ID>
                </cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
              <cac:PaymentMandate><cbc:ID>AG-1</cbc:ID><cac:PayerFinancialAccount>
                <cbc:ID>86011117947</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>
            </cac:PaymentMeans>
            <cac:PaymentTerms><cbc:Note>14 dager</cbc:Note></cac:PaymentTerms>
            """
    }

    static func category(_ name: String, _ code: String, _ rate: String) -> String {
        """
        <cac:\(name)><cbc:ID>\(code)</cbc:ID><cbc:Percent>\(rate)</cbc:Percent>
          <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:\(name)>
        """
    }

    static func allowance(
        isCharge: Bool, _ code: String, _ amount: String, base: String, percent: String,
        vat: String = ""
    ) -> String {
        """
        <cac:AllowanceCharge><cbc:ChargeIndicator>\(isCharge)</cbc:ChargeIndicator>
          <cbc:AllowanceChargeReasonCode>\(code)</cbc:AllowanceChargeReasonCode>
          <cbc:AllowanceChargeReason>Av \(code)</cbc:AllowanceChargeReason>
          <cbc:MultiplierFactorNumeric>\(percent)</cbc:MultiplierFactorNumeric>
          \(money("Amount", amount))\(money("BaseAmount", base))\(vat)</cac:AllowanceCharge>
        """
    }

    static func money(_ name: String, _ amount: String, _ currency: String = "EUR")
        -> String
    {
        "<cbc:\(name) currencyID=\"\(currency)\">\(amount)</cbc:\(name)>"
    }

    private static let standard = category("TaxCategory", "S", "25")
    private static let exempt = """
        <cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
          <cbc:TaxExemptionReasonCode>VATEX-EU-132</cbc:TaxExemptionReasonCode>
          <cbc:TaxExemptionReason>Unntatt</cbc:TaxExemptionReason>
          <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
        """

    private static let sums =
        allowance(isCharge: false, "95", "100.00", base: "1000.00", percent: "10", vat: standard)
        + allowance(isCharge: true, "FC", "50.00", base: "1000.00", percent: "5", vat: standard)
            + """
            <cac:TaxTotal>\(money("TaxAmount", "115.00"))
              <cac:TaxSubtotal>\(money("TaxableAmount", "460.00"))\(money("TaxAmount", "115.00"))
                \(standard)</cac:TaxSubtotal>
              <cac:TaxSubtotal>\(money("TaxableAmount", "490.00"))\(money("TaxAmount", "0.00"))
                \(exempt)</cac:TaxSubtotal></cac:TaxTotal>
            <cac:TaxTotal>\(money("TaxAmount", "1349.47", "NOK"))</cac:TaxTotal>
            <cac:LegalMonetaryTotal>\(money("LineExtensionAmount", "1000.00"))
              \(money("TaxExclusiveAmount", "950.00"))\(money("TaxInclusiveAmount", "1065.00"))
              \(money("AllowanceTotalAmount", "100.00"))\(money("ChargeTotalAmount", "50.00"))
              \(money("PrepaidAmount", "65.40"))\(money("PayableRoundingAmount", "0.40"))
              \(money("PayableAmount", "1000.00"))</cac:LegalMonetaryTotal>
            """
}
