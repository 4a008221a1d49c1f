import Invoicing

/// Reads the lines of an invoice or credit note: BG-25 to BG-32.
struct UBLLineReader {
    let type: DocumentType

    func lines(of document: UBLElement) -> [InvoiceLine] {
        let name = type == .invoice ? "InvoiceLine" : "CreditNoteLine"
        let elements = document.elements(name)
        if elements.isEmpty { document.faultMissing(name, "BG-25", isAggregate: true) }
        return elements.map(line)
    }

    private func line(_ element: UBLElement) -> InvoiceLine {
        let quantityName = type == .invoice ? "InvoicedQuantity" : "CreditedQuantity"
        var line = InvoiceLine(
            id: element.requiredText("ID", "BT-126"), name: "",
            note: joined(element.texts("Note")),
            quantity: element.requiredDecimal(quantityName, "BT-129"),
            unit: unit(of: element, quantityName), unitPrice: .zero,
            allowances: element.elements("AllowanceCharge").map {
                UBLVATReader.allowance($0, isOfDocument: false)
            },
            vat: VATCategory(code: "", rate: nil),
            netAmount: element.requiredMoney("LineExtensionAmount", "BT-131"),
            orderLine: element.element("OrderLineReference")?.text("LineID"),
            accountingCost: element.text("AccountingCost"))
        (line.period, line.openPeriod) = UBLPeriodReader.period(element.element("InvoicePeriod"))
        line.invoicedObject = element.element("DocumentReference").flatMap(invoicedObject)
        readItem(of: element, into: &line)
        readPrice(of: element, into: &line)
        remarkOnAmount(of: line, element)
        return line
    }

    private func unit(of element: UBLElement, _ quantityName: String) -> String {
        guard let quantity = element.component(quantityName) else { return "" }
        if let unit = quantity.attribute("unitCode") { return unit }
        element.findings.fault(
            quantity, value: quantity.node.text, "has no unitCode (BT-130)",
            advice: "Let the file state one, as EA for pieces or HUR for hours")
        return ""
    }

    private func invoicedObject(_ reference: UBLElement) -> Identifier? {
        guard reference.text("DocumentTypeCode") == "130" else { return nil }
        return reference.identifier("ID")
    }

    private func readItem(of element: UBLElement, into line: inout InvoiceLine) {
        guard let item = element.element("Item") else {
            return element.faultMissing("Item", "BG-31", isAggregate: true)
        }
        line.name = item.requiredText("Name", "BT-153")
        line.description = joined(item.texts("Description"))
        line.buyerItemNumber = item.element("BuyersItemIdentification")?.text("ID")
        line.sellerItemNumber = item.element("SellersItemIdentification")?.text("ID")
        line.standardItemNumber = item.element("StandardItemIdentification")?.identifier("ID")
        line.originCountry = item.element("OriginCountry")?.text("IdentificationCode")
        line.classifications = item.elements("CommodityClassification")
            .flatMap { $0.components("ItemClassificationCode") }.compactMap(classification)
        line.properties = item.elements("AdditionalItemProperty").compactMap { property in
            let name = property.requiredText("Name", "BT-160")
            return ItemProperty(name: name, value: property.text("Value") ?? "")
        }
        guard let category = item.element("ClassifiedTaxCategory") else {
            return item.faultMissing("ClassifiedTaxCategory", "BT-151", isAggregate: true)
        }
        line.vat = UBLVATReader.category(category)
    }

    /// The list and its version are combined in the scheme, as `list:version`.
    private func classification(_ code: UBLElement) -> Identifier? {
        guard let text = code.text else { return nil }
        let scheme = [code.attribute("listID"), code.attribute("listVersionID")]
            .compactMap(\.self)
        return Identifier(text, scheme: scheme.isEmpty ? nil : scheme.joined(separator: ":"))
    }

    private func readPrice(of element: UBLElement, into line: inout InvoiceLine) {
        guard let price = element.element("Price") else {
            return element.faultMissing("Price", "BG-29", isAggregate: true)
        }
        line.unitPrice = price.requiredPrice("PriceAmount", "BT-146")
        line.priceBaseQuantity = price.decimal("BaseQuantity")
        if let base = line.priceBaseQuantity, base <= .zero {
            element.findings.fault(
                price.component("BaseQuantity") ?? price, value: "\(base)",
                "is a price's quantity, and not above zero (PEPPOL-EN16931-R121)",
                advice: "Correct the quantity, or leave it out for a price per one")
            line.priceBaseQuantity = nil
        }
        guard let allowance = price.element("AllowanceCharge") else { return }
        if allowance.requiredBool("ChargeIndicator", "UBL") {
            element.findings.fault(
                allowance, "is a charge on a price, which only may be lowered",
                advice: "Put the charge on the line instead")
        }
        line.priceDiscount = allowance.price("Amount")
        line.grossPrice = allowance.price("BaseAmount")
    }

    private func joined(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}

extension UBLLineReader {
    /// The largest difference between a line's amount and its quantity × price
    /// (PEPPOL-EN16931-R120).
    private static let toleranceMillionths: Int128 = 20_000

    /// Adds a remark where quantity × price + charges − allowances is not the line's amount.
    ///
    /// It is not a fault: the amount is what is owed, and prices are often shown with fewer
    /// decimals than they were calculated with. A recipient in Peppol rejects it nevertheless.
    private func remarkOnAmount(of line: InvoiceLine, _ element: UBLElement) {
        let base = line.priceBaseQuantity ?? .one
        let product = Int128(line.quantity.millionths) * Int128(line.unitPrice.millionths)
        let gross = product / Int128(base.millionths)
        let net = line.allowances.reduce(Int128(line.netAmount.hundredths)) {
            $0 - Int128($1.signedAmount.hundredths)
        }
        let difference = gross - net * 10_000
        guard difference.magnitude > UInt128(Self.toleranceMillionths) else { return }
        element.findings.remark(
            element, value: "\(line.netAmount)",
            "is a line whose quantity × price is not its amount (PEPPOL-EN16931-R120)",
            advice: "Nothing needs to be done for e-mail; as EHF it may be refused")
    }
}

/// Reads an invoicing period: BG-14 and BG-26, which may have only one end.
enum UBLPeriodReader {
    static func period(_ element: UBLElement?) -> (closed: DatePeriod?, open: OpenPeriod?) {
        guard let element else { return (nil, nil) }
        switch (element.date("StartDate"), element.date("EndDate")) {
        case (let start?, let end?):
            if end < start {
                element.findings.fault(
                    element, value: "\(start) to \(end)", "ends before it starts",
                    advice: "Correct the period where the file is made")
            }
            return (DatePeriod(start: start, end: end), nil)
        case (let start?, nil): return (nil, .from(start))
        case (nil, let end?): return (nil, .until(end))
        case (nil, nil): return (nil, nil)
        }
    }
}
