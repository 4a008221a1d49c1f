import Invoicing

/// Two lines: one with all, and one with no more than it must have.
extension EHFWhole {
    static func line(_ type: DocumentType, _ head: String, _ rest: String) -> String {
        let (name, quantity) =
            type == .invoice
            ? ("InvoiceLine", "InvoicedQuantity") : ("CreditNoteLine", "CreditedQuantity")
        return "<cac:\(name)>\(head)\(rest)</cac:\(name)>"
            .replacing("QUANTITY", with: "cbc:\(quantity)")
    }

    static let lineHead = """
        <cbc:ID>1</cbc:ID><cbc:Note>Merknad</cbc:Note>
        """

    static let price = """
        <QUANTITY unitCode="EA">10</QUANTITY>\(money("LineExtensionAmount", "510.00"))
        <cbc:AccountingCost>6300</cbc:AccountingCost>
        <cac:InvoicePeriod><cbc:StartDate>2026-11-02</cbc:StartDate>
          <cbc:EndDate>2026-11-20</cbc:EndDate></cac:InvoicePeriod>
        <cac:OrderLineReference><cbc:LineID>7</cbc:LineID></cac:OrderLineReference>
        <cac:DocumentReference><cbc:ID schemeID="AVE">MÅLER-1</cbc:ID>
          <cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>
        \(allowance(isCharge: false, "95", "10.00", base: "100.00", percent: "10"))
        \(allowance(isCharge: true, "FC", "20.00", base: "200.00", percent: "10"))
        <cac:Item><cbc:Description>Ute og inne</cbc:Description><cbc:Name>Vinduspuss</cbc:Name>
          <cac:BuyersItemIdentification><cbc:ID>K-1</cbc:ID></cac:BuyersItemIdentification>
          <cac:SellersItemIdentification><cbc:ID>V-1</cbc:ID></cac:SellersItemIdentification>
          <cac:StandardItemIdentification><cbc:ID schemeID="0160">07038010000065</cbc:ID>
          </cac:StandardItemIdentification>
          <cac:OriginCountry><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:OriginCountry>
          <cac:CommodityClassification><cbc:ItemClassificationCode listID="STI"
            listVersionID="19.05">76111501</cbc:ItemClassificationCode>
          </cac:CommodityClassification>
          <cac:CommodityClassification><cbc:ItemClassificationCode listID="SRV">09</cbc:ItemClassificationCode>
          </cac:CommodityClassification>
          \(category("ClassifiedTaxCategory", "S", "25"))
          <cac:AdditionalItemProperty><cbc:Name>Farge</cbc:Name><cbc:Value>Blå</cbc:Value>
          </cac:AdditionalItemProperty></cac:Item>
        <cac:Price>\(money("PriceAmount", "100.00"))
          <cbc:BaseQuantity unitCode="EA">2</cbc:BaseQuantity>
          <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
            \(money("Amount", "10.00"))\(money("BaseAmount", "110.00"))</cac:AllowanceCharge>
        </cac:Price>
        """

    static let plainPrice = """
        <QUANTITY unitCode="HUR">1</QUANTITY>\(money("LineExtensionAmount", "490.00"))
        <cac:Item><cbc:Name>Kurs</cbc:Name>\(category("ClassifiedTaxCategory", "E", "0"))</cac:Item>
        <cac:Price>\(money("PriceAmount", "490.00"))</cac:Price>
        """
}
