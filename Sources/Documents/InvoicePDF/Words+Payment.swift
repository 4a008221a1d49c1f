import Invoicing

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

    /// The KID, or the text to mark the payment with; the invoice's number where there is none.
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

    /// What bokføringsforskriften § 5-1-2 and foretaksregisterloven § 10-2 ask of the seller.
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

    /// `Org.nr. 123 456 785 MVA`: the letters stand after the number of who is VAT-registered.
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
