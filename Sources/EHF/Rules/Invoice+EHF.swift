package import Invoicing

extension Invoice {
    /// The invoice as written in EHF, with everything explicit that the format requires and the
    /// invoice implies.
    ///
    /// Norwegian numbers are normalised to the one form that validators accept, with the scheme
    /// 0192, which replaced 9908; the endpoint is the organisation number where there is no other
    /// endpoint than an e-mail address; a missing country is Norway; VAT categories get their
    /// mandatory rate; a minus moves from the price, where it is forbidden (BR-27), to the
    /// quantity; several notes become one (PEPPOL-EN16931-R002), followed by the exchange rate used
    /// for the VAT in kroner, for which the format allows no element; blank values that must not
    /// occur are omitted. No amount, date or reference changes.
    package var completedForEHF: Invoice {
        var invoice = self
        invoice.seller = seller.completedForEHF.inNorway.withEndpoint
        invoice.buyer = buyer.completedForEHF.inNorway.withEndpoint
        invoice.payee = payee?.completedForEHF
        invoice.taxRepresentative = taxRepresentative?.completedForEHF.inNorway
        invoice.delivery?.address?.assumeNorway()
        if let currency = taxCurrency, EHFRules.isBlank(currency.rawValue) {
            (invoice.taxCurrency, invoice.taxCurrencyVATTotal) = (nil, nil)
        }
        if EHFRules.isBlank(references.purchaseOrder) { invoice.references.purchaseOrder = nil }
        let notes = (notes + [taxCurrencyRate?.note].compactMap(\.self))
            .filter { !$0.allSatisfy(\.isWhitespace) }
        invoice.notes = notes.isEmpty ? [] : [notes.joined(separator: "\n")]
        invoice.payment = payment.completedForEHF(
            hasDueDate: type == .creditNote && dueDate != nil)
        invoice.lines = lines.map(\.completedForEHF)
        invoice.allowances = allowances.map { allowance in
            var allowance = allowance
            allowance.vat = allowance.vat?.completedForEHF
            return allowance
        }
        invoice.vatBreakdown = vatBreakdown.map { subtotal in
            var subtotal = subtotal
            subtotal.category = subtotal.category.completedForEHF
            return subtotal
        }
        return invoice
    }

    /// The buyer's address in Peppol as it will be in the document; nil where there is none, as for
    /// an e-mail address.
    package var ehfReceiver: Identifier? {
        let endpoint = buyer.completedForEHF.inNorway.withEndpoint.endpoint
        return endpoint?.isEmail == true ? nil : endpoint
    }

    /// The channels by which this buyer can be reached, as far as the invoice shows.
    package var usableChannels: Set<Channel> {
        ehfReceiver == nil ? Channel.usable : Channel.usable.union([.ehf])
    }
}

extension ExchangeRate {
    /// In words that a machine can read too, since the buyer's language is not known.
    fileprivate var note: String {
        "VAT in NOK by \(kroner) NOK per \(units) \(currency.rawValue) (\(source) \(date))"
    }
}

extension Party {
    fileprivate var completedForEHF: Party {
        var party = self
        party.organisationNumber = organisationNumber?
            .completedForEHF(isNorwegian: (address.country ?? "NO") == "NO")
        party.identifiers = identifiers.map { $0.completedForEHF(isNorwegian: false) }
        party.endpoint = endpoint?.completedForEHF(isNorwegian: false)
        if let vatNumber, vatNumber.uppercased().hasSuffix("MVA"),
            let number = OrganisationNumber(vatNumber)
        {
            party.vatNumber = "NO\(number.digits)MVA"
        }
        return party
    }

    fileprivate var inNorway: Party {
        var party = self
        party.address.assumeNorway()
        return party
    }

    fileprivate var withEndpoint: Party {
        var party = self
        if endpoint?.isEmail ?? true, organisationNumber?.scheme == "0192" {
            party.endpoint = organisationNumber
        }
        return party
    }
}

extension Identifier {
    private static let norwegian: Set = ["0192", "9908"]

    /// Whether it is an endpoint of EN 16931's scheme for e-mail, to which Peppol delivers nothing.
    fileprivate var isEmail: Bool {
        scheme == "EM"
    }

    /// A Norwegian organisation number, recognised by its scheme or otherwise, with the scheme
    /// `0192`.
    fileprivate func completedForEHF(isNorwegian: Bool) -> Identifier {
        if scheme?.uppercased() == "SEPA" { return Identifier(value, scheme: "SEPA") }
        let isByScheme = scheme.map(Self.norwegian.contains) ?? isNorwegian
        guard isByScheme, let number = OrganisationNumber(value) else { return self }
        return Identifier(number.digits, scheme: "0192")
    }
}

extension Address {
    fileprivate mutating func assumeNorway() {
        country = country ?? "NO"
    }
}

extension Payment {
    /// The code states how to pay: to an account, by card, by direct debit, or unspecified (1).
    fileprivate func completedForEHF(hasDueDate: Bool) -> Payment {
        var payment = self
        payment.accounts = accounts.map { account in
            var account = account
            account.number =
                AccountNumber(account.number)?.digits ?? IBAN(account.number)?.text
                ?? account.number
            return account
        }
        payment.card = card?.completedForEHF
        payment.further = further.map { means in
            var means = means
            means.card = means.card?.completedForEHF
            return means
        }
        guard meansCode == nil else { return payment }
        if !accounts.isEmpty {
            payment.meansCode = "30"
        } else if mandate != nil {
            payment.meansCode = "49"
        } else if payment.card != nil {
            payment.meansCode = "48"
        } else if reference != nil || (hasDueDate && further.isEmpty) {
            payment.meansCode = "1"
        }
        return payment
    }
}

extension PaymentCard {
    /// Nil where there is no number, which is what identifies a card.
    fileprivate var completedForEHF: PaymentCard? {
        guard !EHFRules.isBlank(number) else { return nil }
        var card = self
        if EHFRules.isBlank(network) { card.network = nil }
        return card
    }
}

extension InvoiceLine {
    fileprivate var completedForEHF: InvoiceLine {
        var line = self
        line.vat = vat.completedForEHF
        if unitPrice < .zero, grossPrice == nil, priceDiscount == nil,
            let price = unitPrice.negatedIfFits, let quantity = quantity.negatedIfFits
        {
            (line.unitPrice, line.quantity) = (price, quantity)
        }
        if let grossPrice, priceDiscount == nil {
            let (discount, isOverflow) = grossPrice.millionths
                .subtractingReportingOverflow(unitPrice.millionths)
            line.priceDiscount = isOverflow ? nil : FixedDecimal(millionths: discount)
        }
        return line
    }
}

extension VATCategory {
    /// O has no rate, not even zero (BR-O-05); the other categories without VAT have zero.
    fileprivate var completedForEHF: VATCategory {
        switch (code, rate) {
        case ("O", .zero?): VATCategory(code: code, rate: nil)
        case ("Z", nil), ("E", nil), ("AE", nil), ("K", nil), ("G", nil):
            VATCategory(code: code, rate: .zero)
        default: self
        }
    }
}

extension Identifier {
    /// Whether Peppol delivers to addresses of this scheme.
    package var isOfPeppol: Bool {
        scheme.map(EHFCodes.endpointSchemes.contains) ?? false
    }
}

extension Payment {
    /// One payment means for each account, as in UBL, followed by the further ones; empty without a
    /// code.
    ///
    /// Card, mandate and text are in the first one, since everything except the account may occur
    /// only once (UBL-SR-46, BR-66, BR-67).
    package var means: [PaymentMeans] {
        guard let meansCode else { return further }
        var means = PaymentMeans(
            code: meansCode, text: meansText, reference: reference, account: accounts.first,
            card: card, mandate: mandate)
        var all = [means]
        (means.text, means.card, means.mandate) = (nil, nil, nil)
        for account in accounts.dropFirst() {
            means.account = account
            all.append(means)
        }
        return all + further
    }
}
