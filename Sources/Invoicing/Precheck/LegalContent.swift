/// What the law asks an invoice to say, each lack with the paragraph that asks.
///
/// Norwegian law binds sellers in Norway; of a foreign seller, whose invoice was imported, only
/// the names are asked for. Bokføringsforskriften §§ 5-1-1 and 5-1-2, foretaksregisterloven
/// § 10-2; an account is asked for by no law, but by whoever is to pay.
///
/// The numbers within § 5-1-1 are those by which others cite it, since its own text at lovdata.no
/// could not be read: 1 number and date, 2 the parties, 3 nature and extent, 4 time and place of
/// delivery, 5 consideration and due date, 6 VAT, in kroner (Skattedirektoratet, 25 September
/// 2006; kontohjelp.no, "Formelle krav til faktura" and "Valuta"), 7 the words on reverse charge,
/// and with them § 5-1-2 on the buyer's number (Regnskap Norge, "Klimakvoter"). Of a credit note
/// the same is asked, as far as it fits (GBS 1).
package enum LegalContent {
    /// All that the invoice lacks: at most one fault for each party, and one for the rest.
    package static func faults(in invoice: Invoice) -> [Fault] {
        partyFaults(in: invoice) + [invoiceFault(invoice)].compactMap(\.self)
    }

    /// All that the parties of the invoice lack, of which a draft knows all that it will.
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
