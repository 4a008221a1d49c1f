import Invoicing

extension EHFRules {
    /// Seller, buyer, payee and tax representative.
    static let parties: [EHFRule] = [
        EHFRule("BR-06", "The seller has no name", "Set its name") { isBlank($0.seller.name) },
        EHFRule("BR-07", "The buyer has no name", "Set its name") { isBlank($0.buyer.name) },
        EHFRule("BR-09", "The seller has no country", "Set it, as NO") {
            isBlank($0.seller.address.country)
        },
        EHFRule("BR-11", "The buyer has no country", "Set it, as NO") {
            isBlank($0.buyer.address.country)
        },
        EHFRule(
            "BR-17", "The payee has no name, or is the seller",
            "Name another payee than the seller, or none"
        ) { invoice in invoice.payee.map { isSeller($0, of: invoice) } ?? false },
        EHFRule("BR-18", "The tax representative has no name", "Set its name") {
            $0.taxRepresentative.map { isBlank($0.name) } ?? false
        },
        EHFRule("BR-20", "The tax representative has no country", "Set it, as NO") {
            $0.taxRepresentative.map { isBlank($0.address.country) } ?? false
        },
        EHFRule("BR-56", "The tax representative has no VAT number", "Set it") {
            $0.taxRepresentative.map { isBlank($0.vatNumber) } ?? false
        },
        EHFRule("BR-57", "The address of delivery has no country", "Set it, as NO") {
            $0.delivery?.address.map { isBlank($0.country) } ?? false
        },
        EHFRule("BR-62", "The seller's electronic address has no scheme", "State it, as 0192") {
            $0.seller.endpoint.map { isBlank($0.scheme) } ?? false
        },
        EHFRule("BR-63", "The buyer's electronic address has no scheme", "State it, as 0192") {
            $0.buyer.endpoint.map { isBlank($0.scheme) } ?? false
        },
        EHFRule(
            "BR-CO-26", "The seller has neither organisation number nor VAT number",
            "Set its organisation number"
        ) { invoice in
            isBlank(invoice.seller.vatNumber) && isBlank(invoice.seller.organisationNumber?.value)
                && invoice.seller.identifiers.allSatisfy { isBlank($0.value) }
        },
        EHFRule("BR-CO-09", advice: "Begin it with the country's code, as NO123456785MVA") {
            [$0.seller.vatNumber, $0.taxRepresentative?.vatNumber, $0.buyer.vatNumber]
                .compactMap(\.self).filter { !isBlank($0) && !hasCountry($0) }
                .map { EHFTexts.text("The VAT number % does not begin with a country", $0) }
        },
        EHFRule("PEPPOL-EN16931-R010", "The buyer has no electronic address", endpointAdvice) {
            isBlank($0.buyer.endpoint?.value)
        },
        EHFRule("PEPPOL-EN16931-R020", "The seller has no electronic address", endpointAdvice) {
            isBlank($0.seller.endpoint?.value)
        },
        EHFRule(
            "NO-R-001", "The seller's VAT number is not NO, organisation number, MVA",
            "Correct it, as NO123456785MVA"
        ) { invoice in
            guard let number = invoice.seller.vatNumber, number.hasPrefix("NO") else {
                return false
            }
            return OrganisationNumber(number).map { "NO\($0.digits)MVA" != number } ?? true
        },
        EHFRule(
            "NO-R-002", "The seller is not said to be in Foretaksregisteret",
            "Write Foretaksregisteret as its tax registration, if it is AS, ASA or NUF",
            isWarning: true
        ) { isNorwegianSeller($0) && $0.seller.taxRegistration != "Foretaksregisteret" },
    ]

    private static let endpointAdvice =
        "Set its organisation number (0192), or the address that it has in Peppol"

    private static func hasCountry(_ number: String) -> Bool {
        let country = String(number.prefix(2))
        return country == "EL" || EHFCodes.countries.contains(country)
    }

    /// By the seller's VAT number, else by its tax representative's, else by its address.
    private static func isNorwegianSeller(_ invoice: Invoice) -> Bool {
        let number = invoice.seller.vatNumber ?? invoice.taxRepresentative?.vatNumber
        return (number ?? invoice.seller.address.country ?? "").uppercased().hasPrefix("NO")
    }

    private static func isSeller(_ payee: Party, of invoice: Invoice) -> Bool {
        let seller = invoice.seller
        return isBlank(payee.name) || payee.name == seller.tradingName
            || payee.identifiers.contains { id in
                seller.identifiers.contains { $0.value == id.value }
            }
    }
}

extension EHFRules {
    /// The payment instructions.
    static let payment: [EHFRule] = [
        EHFRule("BR-49", "A means of payment has no code", "State one, as 30 for a transfer") {
            means($0).contains { isBlank($0.code) }
        },
        EHFRule("BR-50", "An account to pay to has no number", "Set the account's number") {
            means($0).contains { isTransfer($0) && $0.account.map { isBlank($0.number) } ?? false }
        },
        EHFRule(
            "BR-51", "The number of a payment card is written out",
            "Keep its last four to six digits only", isWarning: true
        ) { means($0).contains { ($0.card?.number.utf8.count ?? 0) > 10 } },
        EHFRule(
            "BR-61", "It is to be paid by transfer, and there is no account to pay to",
            "Set the account's number"
        ) { means($0).contains { isTransfer($0) && isBlank($0.account?.number) } },
        EHFRule("BR-66", "There are several payment cards", "Keep the one that was used") {
            means($0).filter { $0.card != nil }.count > 1
        },
        EHFRule("BR-67", "There are several direct debit mandates", "Keep the one to be used") {
            means($0).filter { $0.mandate != nil }.count > 1
        },
        EHFRule(
            "PEPPOL-EN16931-R061", "It is paid by direct debit, and the mandate has no reference",
            "Set the mandate's reference"
        ) {
            means($0).contains {
                ["49", "59"].contains($0.code) && isBlank($0.mandate?.reference)
            }
        },
        EHFRule(
            "UBL-SR-29", "The creditor has several SEPA ids", "Keep the one that the mandate names"
        ) { invoice in
            let parties = [invoice.seller, invoice.buyer, invoice.payee].compactMap(\.self)
            return parties.flatMap(\.identifiers).filter(isSEPA).count > 1
        },
        EHFRule(
            "UBL-SR-44", "There are several payment references", "Keep one for all accounts"
        ) { Set(means($0).compactMap(\.reference)).count > 1 },
        EHFRule("UBL-SR-46", "There are several texts of means of payment", "Keep the first") {
            means($0).filter { !isBlank($0.text) }.count > 1
        },
        EHFRule("UBL-SR-47", "There are several ways to pay", "Keep one, with all its accounts") {
            Set(means($0).map(\.code)).count > 1
        },
    ]

    static func isSEPA(_ identifier: Identifier) -> Bool {
        identifier.scheme?.uppercased() == "SEPA"
    }

    private static func isTransfer(_ means: PaymentMeans) -> Bool {
        ["30", "58"].contains(means.code)
    }

    private static func means(_ invoice: Invoice) -> [PaymentMeans] {
        invoice.payment.means
    }
}
