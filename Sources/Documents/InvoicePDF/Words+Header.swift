import Invoicing

extension Words {
    func returnAddress(of seller: Party) -> String {
        ([seller.displayName] + addressLines(seller.address, from: seller.address.country))
            .joined(separator: "  ·  ")
    }

    func buyerLines(of invoice: Invoice) -> [String] {
        let buyer = invoice.buyer
        var lines = [SingleLine(buyer.name).text]
        if let trading = line(buyer.tradingName), trading != lines[0] { lines.append(trading) }
        if let contact = line(buyer.contact?.name), contact != lines[0] { lines.append(contact) }
        return lines + addressLines(buyer.address, from: invoice.seller.address.country)
    }

    /// An address as a letter bears it; the country only where it is not the sender's.
    func addressLines(_ address: Address, from country: String?) -> [String] {
        let place = [line(address.postalCode), line(address.city)].compactMap(\.self)
            .joined(separator: " ")
        var lines = [
            line(address.street), line(address.additionalStreet), line(address.line),
            place.nonEmpty, line(address.subdivision),
        ].compactMap(\.self)
        if let code = line(address.country), code != country ?? "NO" {
            lines.append(CountryTexts.text(code, formats.language))
        }
        return lines
    }

    /// The references of both parties are the form's to choose; the rest is the law's.
    func facts(of invoice: Invoice, hiding hidden: HiddenBlocks) -> [Fact] {
        identity(of: invoice) + delivery(of: invoice)
            + [buyerNumber(of: invoice.buyer)].compactMap(\.self)
            + (hidden.contains(.references) ? [] : references(of: invoice))
    }

    private func identity(of invoice: Invoice) -> [Fact] {
        let isInvoice = invoice.type == .invoice
        let period = invoice.period.map(formats.period) ?? invoice.openPeriod.map(formats.period)
        return [
            fact(
                isInvoice ? texts.invoiceNumber : texts.creditNoteNumber, invoice.number,
                isStrong: true),
            fact(
                isInvoice ? texts.invoiceDate : texts.creditNoteDate,
                formats.date(invoice.issueDate)),
            fact(texts.dueDate, invoice.dueDate.map(formats.date), isStrong: true),
            fact(texts.taxPointDate, invoice.taxPointDate.map(formats.date)),
            fact(texts.period, period),
        ].compactMap(\.self)
            + invoice.references.precedingInvoices.compactMap { preceding in
                fact(texts.precedingInvoice, precedingText(preceding))
            }
    }

    private func precedingText(_ invoice: PrecedingInvoice) -> String {
        guard let date = invoice.issueDate else { return invoice.number }
        return "\(invoice.number) \(texts.dated) \(formats.date(date))"
    }

    private func delivery(of invoice: Invoice) -> [Fact] {
        [
            fact(texts.deliveryDate, invoice.delivery?.date.map(formats.date)),
            fact(texts.deliveryPlace, place(of: invoice)),
        ].compactMap(\.self)
    }

    /// Where it was delivered; nil where that is the buyer's address, which stands on the document.
    ///
    /// Source: bokføringsforskriften § 5-1-1 no. 4.
    private func place(of invoice: Invoice) -> String? {
        let home = invoice.seller.address.country
        let stated =
            [line(invoice.delivery?.name)].compactMap(\.self)
            + (invoice.delivery?.address.map { placeLines($0, from: home) } ?? [])
        if let stated = stated.joined(separator: ", ").nonEmpty { return stated }
        if let location = line(invoice.delivery?.location?.value) { return location }
        guard addressLines(invoice.buyer.address, from: home).isEmpty else { return nil }
        return placeLines(invoice.buyer.address, from: home).first
    }

    /// An address, or the name of its country where there is no more of it.
    private func placeLines(_ address: Address, from country: String?) -> [String] {
        let lines = addressLines(address, from: country)
        guard lines.isEmpty, let code = line(address.country) else { return lines }
        return [CountryTexts.text(code, formats.language)]
    }

    private func references(of invoice: Invoice) -> [Fact] {
        let references = invoice.references
        return [
            fact(texts.buyerReference, references.buyerReference),
            fact(texts.ourReference, invoice.seller.contact?.name),
            fact(texts.purchaseOrder, references.purchaseOrder),
            fact(texts.salesOrder, references.salesOrder),
            fact(texts.contract, references.contract),
            fact(texts.project, references.project),
            fact(texts.despatchAdvice, references.despatchAdvice),
            fact(texts.receivingAdvice, references.receivingAdvice),
            fact(texts.tenderOrLot, references.tenderOrLot),
            fact(texts.invoicedObject, references.invoicedObject?.value),
            fact(texts.accountingCost, references.accountingCost),
        ].compactMap(\.self)
    }

    /// The buyer's organisation number (bokføringsforskriften § 5-1-2), else its VAT number.
    private func buyerNumber(of buyer: Party) -> Fact? {
        if let number = line(buyer.organisationNumber?.value) {
            return fact(
                texts.customerOrganisationNumber, IdentifierFormat.organisation(number))
        }
        guard let number = line(buyer.vatNumber) else { return nil }
        guard let digits = IdentifierFormat.organisationNumber(inVATNumber: number) else {
            return fact(texts.customerVATNumber, number)
        }
        return fact(texts.customerOrganisationNumber, IdentifierFormat.organisation(digits))
    }

    func fact(_ label: String, _ value: String?, isStrong: Bool = false) -> Fact? {
        line(value).map { Fact(label: label, value: $0, isStrong: isStrong) }
    }

    /// A field on one line, or nil where it is empty.
    func line(_ text: String?) -> String? {
        text.flatMap { SingleLine($0).text.nonEmpty }
    }
}

extension Party {
    /// The name people know it by; the registered name stands in the footer in any case.
    var displayName: String {
        SingleLine(tradingName ?? name).text.nonEmpty ?? SingleLine(name).text
    }
}
