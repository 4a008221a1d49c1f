import Invoicing

/// Writes the lines: BG-25 to BG-32.
enum EHFLines {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        invoice.lines.map { element(of: $0, invoice) }
    }

    private static func element(of line: InvoiceLine, _ invoice: Invoice) -> EHFElement? {
        let isInvoice = invoice.type == .invoice
        let quantity = isInvoice ? "InvoicedQuantity" : "CreditedQuantity"
        let head: [EHFElement?] = [
            .value("ID", line.id), .value("Note", line.note),
            .value(quantity, line.quantity.description, ("unitCode", line.unit)),
            EHFSums.amount("LineExtensionAmount", line.netAmount, invoice.currency),
            .value("AccountingCost", line.accountingCost),
            EHFDocument.period(line.period, line.openPeriod),
            .group("OrderLineReference", [.value("LineID", line.orderLine)]),
            EHFReferences.object("DocumentReference", line.invoicedObject),
        ]
        let allowances = line.allowances.map { EHFSums.allowance($0, invoice.currency) }
        return .group(
            isInvoice ? "InvoiceLine" : "CreditNoteLine",
            head + allowances + [item(line), price(line, invoice.currency)])
    }

    private static func item(_ line: InvoiceLine) -> EHFElement? {
        let head: [EHFElement?] = [
            .value("Description", line.description), .value("Name", line.name),
            .group("BuyersItemIdentification", [.value("ID", line.buyerItemNumber)]),
            .group("SellersItemIdentification", [.value("ID", line.sellerItemNumber)]),
            .group("StandardItemIdentification", [.identifier("ID", line.standardItemNumber)]),
            .group("OriginCountry", [.value("IdentificationCode", line.originCountry)]),
        ]
        let properties = line.properties.map { property in
            EHFElement.group(
                "AdditionalItemProperty",
                [.value("Name", property.name), .value("Value", property.value)])
        }
        return .group(
            "Item",
            head + line.classifications.map(classification)
                + [EHFSums.category("ClassifiedTaxCategory", line.vat)] + properties)
    }

    /// List and version stand together in the scheme, as `list:version`.
    private static func classification(_ code: Identifier) -> EHFElement? {
        let parts = code.scheme?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
        return .group(
            "CommodityClassification",
            [
                .value(
                    "ItemClassificationCode", code.value, ("listID", parts.first),
                    ("listVersionID", parts.dropFirst().first))
            ])
    }

    private static func price(_ line: InvoiceLine, _ currency: CurrencyCode) -> EHFElement? {
        .group(
            "Price",
            [
                price("PriceAmount", line.unitPrice, currency),
                .value(
                    "BaseQuantity", line.priceBaseQuantity?.description, ("unitCode", line.unit)),
                discount(line, currency),
            ])
    }

    private static func discount(_ line: InvoiceLine, _ currency: CurrencyCode) -> EHFElement? {
        guard let discount = line.priceDiscount else { return nil }
        return .group(
            "AllowanceCharge",
            [
                .value("ChargeIndicator", "false"), price("Amount", discount, currency),
                price("BaseAmount", line.grossPrice, currency),
            ])
    }

    private static func price(_ name: String, _ price: FixedDecimal?, _ currency: CurrencyCode)
        -> EHFElement?
    {
        .value(name, price?.description, ("currencyID", currency.rawValue))
    }
}
