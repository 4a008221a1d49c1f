/// What the law requires an invoice to state, each omission with the paragraph that requires it.
///
/// Norwegian law binds sellers in Norway; for a foreign seller, whose invoice was imported, only
/// the names are required. Bokføringsforskriften §§ 5-1-1 and 5-1-2, foretaksregisterloven § 10-2;
/// no law requires an account, but the payer does.
///
/// The numbers within § 5-1-1 are as others cite them, since the text at lovdata.no was not
/// available: 1 number and date, 2 the parties, 3 nature and extent, 4 time and place of delivery,
/// 5 consideration and due date, 6 VAT, in kroner (Skattedirektoratet, 25 September 2006;
/// kontohjelp.no, "Formelle krav til faktura" and "Valuta"), 7 the words on reverse charge, and
/// with them § 5-1-2 on the buyer's number (Regnskap Norge, "Klimakvoter"). The same applies to a
/// credit note, as far as it fits (GBS 1).
package enum LegalContent {
    /// Everything that the invoice lacks: at most one fault for each party, and one for the rest.
    package static func faults(in invoice: Invoice) -> [Fault] {
        partyFaults(in: invoice) + [invoiceFault(invoice)].compactMap(\.self)
    }

    /// Everything that the parties of the invoice lack; a draft already has all of it.
    package static func partyFaults(in invoice: Invoice) -> [Fault] {
        let isReverseCharge = invoice.vatBreakdown.contains { $0.category.code == "AE" }
        return [
            sellerFault(
                invoice.seller, chargesVAT: invoice.vatBreakdown.contains { $0.taxAmount != .zero },
                accounts: invoice.payment.accounts,
                isToBePaid: invoice.type == .invoice && invoice.totals.payable > .zero),
            customerFault(
                invoice.buyer, isReverseCharge: isReverseCharge && isNorwegian(invoice.seller),
                needsPlace: isNorwegian(invoice.seller) && !hasPlace(invoice.delivery)),
        ].compactMap(\.self)
    }

    /// What the seller lacks; nil for nothing.
    package static func sellerFault(
        _ seller: Party, chargesVAT: Bool, accounts: [PaymentAccount], isToBePaid: Bool
    ) -> Fault? {
        var missing: [Trilingual] = []
        if isBlank(seller.name) { missing.append(LegalTexts.name) }
        if isNorwegian(seller) {
            missing += registrations(seller, chargesVAT: chargesVAT)
            missing += payment(accounts, isToBePaid: isToBePaid)
        }
        return fault(.sellerIncomplete, missing)
    }

    /// What the customer lacks; nil for nothing.
    package static func customerFault(
        _ buyer: Party, isReverseCharge: Bool, needsPlace: Bool
    ) -> Fault? {
        var missing: [Trilingual] = []
        let hasNumber = hasOrganisationNumber(buyer)
        if isBlank(buyer.name) { missing.append(LegalTexts.name) }
        if isReverseCharge, !hasNumber {
            missing.append(LegalTexts.numberOfReverseCharge)
        } else if !hasNumber, !hasAddress(buyer.address) {
            missing.append(LegalTexts.addressOrNumber)
        } else if needsPlace, !hasAddress(buyer.address), isBlank(buyer.address.country) {
            missing.append(LegalTexts.placeOfDelivery)
        }
        return fault(.customerIncomplete, missing)
    }

    private static func registrations(_ seller: Party, chargesVAT: Bool) -> [Trilingual] {
        var missing: [Trilingual] = []
        if !hasOrganisationNumber(seller) {
            missing.append(LegalTexts.validNumber)
        }
        if chargesVAT, !isVATNumber(seller.vatNumber) {
            missing.append(LegalTexts.vatRegistration)
        }
        if !hasAddress(seller.address) { missing.append(LegalTexts.address) }
        let form = seller.legalForm?.uppercased() ?? ""
        if ["AS", "ASA", "NUF"].contains(form), isBlank(seller.taxRegistration) {
            missing.append(LegalTexts.businessRegister(form))
        }
        return missing
    }

    private static func payment(_ accounts: [PaymentAccount], isToBePaid: Bool) -> [Trilingual] {
        guard !accounts.isEmpty else {
            return isToBePaid ? [LegalTexts.account] : []
        }
        return accounts.filter { AccountNumber($0.number) == nil && IBAN($0.number) == nil }
            .map { LegalTexts.validAccount($0.number) }
    }

    static func isNorwegian(_ party: Party) -> Bool {
        party.address.country.map { $0 == "NO" } ?? true
    }

    private static func hasOrganisationNumber(_ party: Party) -> Bool {
        guard let number = party.organisationNumber?.value, !isBlank(number) else { return false }
        return isNorwegian(party) ? OrganisationNumber(number) != nil : true
    }

    private static func isVATNumber(_ text: String?) -> Bool {
        guard let text, text.hasPrefix("NO"), text.hasSuffix("MVA") else { return false }
        return OrganisationNumber(text) != nil
    }

    static func hasAddress(_ address: Address) -> Bool {
        ![address.street, address.line, address.city].allSatisfy(isBlank)
    }

    static func isBlank(_ text: String?) -> Bool {
        text?.allSatisfy(\.isWhitespace) ?? true
    }

    static func fault(_ code: FaultCode, _ missing: [Trilingual]) -> Fault? {
        missing.isEmpty ? nil : Fault(code, missing.joined(separator: "; "))
    }
}

extension LegalContent {
    /// What the invoice lacks apart from its parties; nil for nothing.
    static func invoiceFault(_ invoice: Invoice) -> Fault? {
        guard isNorwegian(invoice.seller) else { return nil }
        let missing: [Trilingual?] = [
            isBlank(invoice.number) ? LegalTexts.number : nil,
            nature(of: invoice), credited(by: invoice),
            hasTime(invoice)
                ? nil : LegalTexts.timeOfDelivery,
            lacksDueDate(invoice) ? LegalTexts.dueDate : nil,
            lacksVATInKroner(invoice) ? LegalTexts.vatInKroner(invoice.currency) : nil,
        ]
        return fault(.invoiceIncomplete, missing.compactMap(\.self))
    }

    private static func nature(of invoice: Invoice) -> Trilingual? {
        guard !invoice.lines.isEmpty else { return LegalTexts.lines }
        let nameless = invoice.lines.filter { isBlank($0.name) && isBlank($0.description) }
        guard !nameless.isEmpty else { return nil }
        let numbers = nameless.prefix(10).map(\.id).joined(separator: ", ")
        return LegalTexts.description(ofLines: numbers)
    }

    /// A credit note states what it corrects: an invoice, or else a period, or words.
    private static func credited(by invoice: Invoice) -> Trilingual? {
        guard invoice.type == .creditNote, invoice.references.precedingInvoices.isEmpty,
            !hasPeriod(invoice), invoice.notes.allSatisfy(isBlank)
        else { return nil }
        return LegalTexts.credited
    }

    private static func hasTime(_ invoice: Invoice) -> Bool {
        hasPeriod(invoice) || invoice.delivery?.date != nil || invoice.taxPointDate != nil
    }

    private static func hasPeriod(_ invoice: Invoice) -> Bool {
        invoice.period != nil || invoice.openPeriod != nil
            || invoice.lines.contains { $0.period != nil || $0.openPeriod != nil }
    }

    private static func lacksDueDate(_ invoice: Invoice) -> Bool {
        invoice.type == .invoice && invoice.totals.payable > .zero && invoice.dueDate == nil
            && isBlank(invoice.payment.terms)
    }

    private static func lacksVATInKroner(_ invoice: Invoice) -> Bool {
        guard invoice.currency != .nok, invoice.totals.vatTotal != .zero else { return false }
        return invoice.taxCurrency != .nok || invoice.taxCurrencyVATTotal == nil
    }

    /// Whether the place of delivery is stated; otherwise it is the customer's address.
    static func hasPlace(_ delivery: InvoiceDelivery?) -> Bool {
        guard let delivery else { return false }
        return !isBlank(delivery.name) || !isBlank(delivery.location?.value)
            || delivery.address.map { hasAddress($0) || !isBlank($0.country) } ?? false
    }
}

/// The texts for what an invoice lacks by law, each with the paragraph that requires it.
enum LegalTexts {
    static let name = missing("navn", "namn", "name", parties)
    static let numberOfReverseCharge = missing(
        "organisasjonsnummer, siden kjøperen beregner avgiften",
        "organisasjonsnummer, sidan kjøparen reknar ut avgifta",
        "organisation number, since the buyer reckons the VAT", parties)
    static let addressOrNumber = missing(
        "adresse eller organisasjonsnummer", "adresse eller organisasjonsnummer",
        "address or organisation number", parties)
    static let placeOfDelivery = missing(
        "adresse eller land, som er leveringsstedet", "adresse eller land, som er leveringsstaden",
        "address or country, the place of delivery", content(4))
    static let validNumber = missing(
        "gyldig organisasjonsnummer", "gyldig organisasjonsnummer", "valid organisation number",
        parties)
    static let vatRegistration = missing(
        "merverdiavgiftsregistrering: NO, organisasjonsnummer og MVA",
        "meirverdiavgiftsregistrering: NO, organisasjonsnummer og MVA",
        "VAT registration, NO + organisation number + MVA", parties)
    static let address = missing("adresse", "adresse", "address", businessRegisterAct)
    static let account = Trilingual(
        nb: "konto å betale til", nn: "konto å betale til", en: "account to pay to")
    static let number = missing("fakturanummer", "fakturanummer", "number", content(1))
    static let timeOfDelivery = missing(
        "leveringsdato eller periode", "leveringsdato eller periode", "day or period of delivery",
        content(4))
    static let dueDate = missing("forfallsdato", "forfallsdato", "due date", content(5))
    static let lines = missing("linjer", "linjer", "lines", content(3))
    static let credited = missing(
        "nummeret på fakturaen som krediteres", "nummeret på fakturaen som blir kreditert",
        "number of the invoice that it credits", content(3))

    static func businessRegister(_ form: String) -> Trilingual {
        missing(
            "Foretaksregisteret, siden firmaet er \(form)",
            "Føretaksregisteret, sidan firmaet er \(form)",
            "Foretaksregisteret, since it is \(form)", businessRegisterAct)
    }

    static func validAccount(_ number: String) -> Trilingual {
        Trilingual(
            nb: "gyldig kontonummer, og \(number) er ikke det",
            nn: "gyldig kontonummer, og \(number) er ikkje det",
            en: "valid account number, which \(number) is not")
    }

    static func description(ofLines numbers: String) -> Trilingual {
        missing(
            "beskrivelse på linje \(numbers)", "skildring på linje \(numbers)",
            "description of line \(numbers)", content(3))
    }

    static func vatInKroner(_ currency: CurrencyCode) -> Trilingual {
        missing(
            "merverdiavgift i norske kroner, siden fakturaen er i \(currency.rawValue)",
            "meirverdiavgift i norske kroner, sidan fakturaen er i \(currency.rawValue)",
            "VAT in NOK, since it is in \(currency.rawValue)", content(6))
    }

    static let parties = "bokføringsforskriften § 5-1-2"
    private static let businessRegisterAct = "foretaksregisterloven § 10-2"

    private static func content(_ number: Int) -> String {
        "bokføringsforskriften § 5-1-1 no. \(number)"
    }

    private static func missing(
        _ nb: String, _ nn: String, _ en: String, _ paragraph: String
    ) -> Trilingual {
        let norwegian = paragraph.replacing(" no. ", with: " nr. ")
        return Trilingual(
            nb: "\(nb) (\(norwegian))", nn: "\(nn) (\(norwegian))", en: "\(en) (\(paragraph))")
    }
}
