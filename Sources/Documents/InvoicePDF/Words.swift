import Invoicing

/// The words and number formats of one language.
struct Words: Hashable {
    let texts: DocumentTexts
    let formats: Formats
}

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

    /// An address as on a letter; with the country only where it differs from the sender's.
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

    /// The references of both parties can be hidden by the form; everything else is required by
    /// law.
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

    /// Where it was delivered; nil where that is the buyer's address, which is on the document.
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

    /// An address, or the name of its country where nothing else is known.
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

extension Words {
    func paymentBox(of invoice: Invoice) -> PaymentBox {
        guard isToBePaid(invoice) else {
            return PaymentBox(cells: [], remarks: [texts.notToBePaid])
        }
        let account = invoice.payment.accounts.first
        let cells = [
            Fact(
                label: texts.payable,
                value: formats.amount(invoice.totals.payable, in: invoice.currency),
                isStrong: true),
            fact(texts.dueShort, invoice.dueDate.map(formats.date)),
            account.flatMap { fact(accountLabel($0), IdentifierFormat.account($0.number)) },
            fact("BIC", account?.bic),
            reference(of: invoice),
        ]
        let payee = line(invoice.payee?.name) ?? line(account?.name)
        let remarks = [
            payee == SingleLine(invoice.seller.name).text
                ? nil : payee.map { "\(texts.payee): \($0)" },
            line(invoice.payment.terms).map { "\(texts.paymentTerms): \($0)" },
        ]
        return PaymentBox(cells: cells.compactMap(\.self), remarks: remarks.compactMap(\.self))
    }

    private func accountLabel(_ account: PaymentAccount) -> String {
        IdentifierFormat.isIBAN(account.number) ? "IBAN" : texts.account
    }

    /// The KID, or the reference for the payment; the invoice number where there is neither.
    private func reference(of invoice: Invoice) -> Fact? {
        guard let reference = line(invoice.payment.reference) else {
            return fact(texts.reference, invoice.number)
        }
        let isKID = IdentifierFormat.isKID(
            reference, account: invoice.payment.accounts.first?.number)
        return fact(isKID ? "KID" : texts.reference, reference)
    }

    func notes(of invoice: Invoice) -> [String] {
        let attachments = invoice.supportingDocuments.compactMap { document in
            line(document.description) ?? line(document.fileName) ?? line(document.id)
        }
        return invoice.notes.compactMap(\.nonEmpty)
            + (attachments.isEmpty
                ? [] : ["\(texts.attachments): \(attachments.joined(separator: ", "))"])
    }

    /// The details of the seller required by bokføringsforskriften § 5-1-2 and
    /// foretaksregisterloven § 10-2.
    func footer(of invoice: Invoice, form: FormTemplate) -> [String] {
        let seller = invoice.seller
        let registration = [
            line(seller.name), sellerNumber(of: seller), line(seller.taxRegistration),
        ]
        let contact = [
            addressLines(seller.address, from: seller.address.country).joined(separator: ", ")
                .nonEmpty,
            line(seller.contact?.telephone).map { "\(texts.telephone) \($0)" },
            line(seller.contact?.email),
        ]
        return [joined(registration), joined(contact)].compactMap(\.self)
            + [representative(of: invoice), form.footer.flatMap(\.nonEmpty)].compactMap(\.self)
    }

    /// `Org.nr. 123 456 785 MVA`, where `MVA` marks a seller registered for VAT.
    private func sellerNumber(of seller: Party) -> String? {
        guard let vat = line(seller.vatNumber) else {
            return line(seller.organisationNumber?.value).map {
                "\(texts.organisationNumber) \(IdentifierFormat.organisation($0))"
            }
        }
        guard let digits = IdentifierFormat.organisationNumber(inVATNumber: vat) else {
            let organisation = line(seller.organisationNumber?.value).map {
                "\(texts.organisationNumber) \(IdentifierFormat.organisation($0))"
            }
            return joined([organisation, "\(texts.vatNumber) \(vat)"])
        }
        return "\(texts.organisationNumber) \(IdentifierFormat.organisation(digits))\u{A0}MVA"
    }

    private func representative(of invoice: Invoice) -> String? {
        invoice.taxRepresentative.flatMap { representative in
            joined([
                "\(texts.taxRepresentative): \(SingleLine(representative.name).text)",
                line(representative.vatNumber),
                addressLines(representative.address, from: invoice.seller.address.country)
                    .joined(separator: ", ").nonEmpty,
            ])
        }
    }

    private func joined(_ parts: [String?]) -> String? {
        parts.compactMap(\.self).joined(separator: "  ·  ").nonEmpty
    }
}

extension Party {
    /// The name by which people know it; the registered name is in the footer in any case.
    var displayName: String {
        SingleLine(tradingName ?? name).text.nonEmpty ?? SingleLine(name).text
    }
}

extension String {
    /// Nil where there is only white space.
    var nonEmpty: String? {
        allSatisfy(\.isWhitespace) ? nil : self
    }
}
