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

    /// List and version are combined in the scheme, as `list:version`.
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

/// Writes allowances, VAT and the totals: BG-20 to BG-23.
enum EHFSums {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        let currency = invoice.currency
        return invoice.allowances.map { allowance($0, currency) }
            + [taxTotal(invoice), taxCurrencyTotal(invoice), totals(invoice)]
    }

    /// An allowance or charge of the document or a line.
    static func allowance(_ allowance: AllowanceCharge, _ currency: CurrencyCode) -> EHFElement? {
        .group(
            "AllowanceCharge",
            [
                .value("ChargeIndicator", allowance.isCharge ? "true" : "false"),
                .value("AllowanceChargeReasonCode", allowance.reasonCode),
                .value("AllowanceChargeReason", allowance.reason),
                .value("MultiplierFactorNumeric", allowance.percent?.description),
                amount("Amount", allowance.amount, currency),
                amount("BaseAmount", allowance.baseAmount, currency),
                allowance.vat.flatMap { category("TaxCategory", $0) },
            ])
    }

    static func amount(_ name: String, _ amount: Money?, _ currency: CurrencyCode) -> EHFElement? {
        .value(name, amount?.description, ("currencyID", currency.rawValue))
    }

    static func category(
        _ name: String, _ category: VATCategory, reason: String? = nil, reasonCode: String? = nil
    ) -> EHFElement? {
        .group(
            name,
            [
                .value("ID", category.code), .value("Percent", category.rate?.description),
                .value("TaxExemptionReasonCode", reasonCode),
                .value("TaxExemptionReason", reason),
                .group("TaxScheme", [.value("ID", "VAT")]),
            ])
    }

    private static func taxTotal(_ invoice: Invoice) -> EHFElement? {
        let subtotals = invoice.vatBreakdown.map { subtotal in
            EHFElement.group(
                "TaxSubtotal",
                [
                    amount("TaxableAmount", subtotal.taxableAmount, invoice.currency),
                    amount("TaxAmount", subtotal.taxAmount, invoice.currency),
                    category(
                        "TaxCategory", subtotal.category, reason: subtotal.exemptionReason,
                        reasonCode: subtotal.exemptionReasonCode),
                ])
        }
        return .group(
            "TaxTotal", [amount("TaxAmount", invoice.totals.vatTotal, invoice.currency)] + subtotals
        )
    }

    /// BT-111; the currency without it is rejected (BR-53), which the rules report.
    private static func taxCurrencyTotal(_ invoice: Invoice) -> EHFElement? {
        guard let currency = invoice.taxCurrency else { return nil }
        return .group("TaxTotal", [amount("TaxAmount", invoice.taxCurrencyVATTotal, currency)])
    }

    /// Totals that are zero and have nothing to sum up are omitted, as in the standard's examples.
    private static func totals(_ invoice: Invoice) -> EHFElement? {
        let totals = invoice.totals
        let stated = { (name: String, money: Money, isNeeded: Bool) -> EHFElement? in
            isNeeded || money != .zero ? amount(name, money, invoice.currency) : nil
        }
        return .group(
            "LegalMonetaryTotal",
            [
                amount("LineExtensionAmount", totals.lineTotal, invoice.currency),
                amount("TaxExclusiveAmount", totals.taxExclusive, invoice.currency),
                amount("TaxInclusiveAmount", totals.taxInclusive, invoice.currency),
                stated(
                    "AllowanceTotalAmount", totals.allowanceTotal,
                    invoice.allowances.contains { !$0.isCharge }),
                stated(
                    "ChargeTotalAmount", totals.chargeTotal,
                    invoice.allowances.contains(where: \.isCharge)),
                stated("PrepaidAmount", totals.prepaid, false),
                stated("PayableRoundingAmount", totals.rounding, false),
                amount("PayableAmount", totals.payable, invoice.currency),
            ])
    }
}
