import Invoicing

/// Writes the parties and the delivery: BG-4 to BG-15.
enum EHFParties {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        [
            .group("AccountingSupplierParty", [.group("Party", seller(invoice.seller))]),
            .group("AccountingCustomerParty", [.group("Party", buyer(invoice.buyer))]),
            invoice.payee.flatMap(payee),
            invoice.taxRepresentative.flatMap(taxRepresentative),
            invoice.delivery.flatMap(delivery),
        ]
    }

    private static func seller(_ party: Party) -> [EHFElement?] {
        let tax = [
            scheme("VAT", party.vatNumber), scheme("TAX", party.taxRegistration),
        ]
        return heading(party) + tax + [
            .group(
                "PartyLegalEntity",
                [
                    .value("RegistrationName", party.name),
                    .identifier("CompanyID", party.organisationNumber),
                    .value("CompanyLegalForm", party.legalForm),
                ]), contact(party.contact),
        ]
    }

    /// EN 16931 has neither another tax registration nor a legal form for the buyer.
    private static func buyer(_ party: Party) -> [EHFElement?] {
        heading(party) + [
            scheme("VAT", party.vatNumber),
            .group(
                "PartyLegalEntity",
                [
                    .value("RegistrationName", party.name),
                    .identifier("CompanyID", party.organisationNumber),
                ]), contact(party.contact),
        ]
    }

    private static func heading(_ party: Party) -> [EHFElement?] {
        [.identifier("EndpointID", party.endpoint)] + identifications(party)
            + [
                .group("PartyName", [.value("Name", party.tradingName)]),
                address("PostalAddress", party.address),
            ]
    }

    private static func payee(_ party: Party) -> EHFElement? {
        let legal = EHFElement.group(
            "PartyLegalEntity", [.identifier("CompanyID", party.organisationNumber)])
        return .group(
            "PayeeParty",
            identifications(party) + [.group("PartyName", [.value("Name", party.name)]), legal])
    }

    private static func taxRepresentative(_ party: Party) -> EHFElement? {
        .group(
            "TaxRepresentativeParty",
            [
                .group("PartyName", [.value("Name", party.name)]),
                address("PostalAddress", party.address), scheme("VAT", party.vatNumber),
            ])
    }

    private static func delivery(_ delivery: InvoiceDelivery) -> EHFElement? {
        .group(
            "Delivery",
            [
                .value("ActualDeliveryDate", delivery.date?.description),
                .group(
                    "DeliveryLocation",
                    [
                        .identifier("ID", delivery.location),
                        delivery.address.flatMap { address("Address", $0) },
                    ]),
                .group("DeliveryParty", [.group("PartyName", [.value("Name", delivery.name)])]),
            ])
    }

    private static func identifications(_ party: Party) -> [EHFElement?] {
        party.identifiers.map { .group("PartyIdentification", [.identifier("ID", $0)]) }
    }

    private static func address(_ name: String, _ address: Address) -> EHFElement? {
        .group(
            name,
            [
                .value("StreetName", address.street),
                .value("AdditionalStreetName", address.additionalStreet),
                .value("CityName", address.city), .value("PostalZone", address.postalCode),
                .value("CountrySubentity", address.subdivision),
                .group("AddressLine", [.value("Line", address.line)]),
                .group("Country", [.value("IdentificationCode", address.country)]),
            ])
    }

    private static func scheme(_ name: String, _ number: String?) -> EHFElement? {
        guard let id = EHFElement.value("CompanyID", number) else { return nil }
        return .group("PartyTaxScheme", [id, .group("TaxScheme", [.value("ID", name)])])
    }

    private static func contact(_ contact: Contact?) -> EHFElement? {
        .group(
            "Contact",
            [
                .value("Name", contact?.name), .value("Telephone", contact?.telephone),
                .value("ElectronicMail", contact?.email),
            ])
    }
}

/// Writes the payment instructions: BG-16 to BG-19 and BT-20.
enum EHFPayment {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        let terms = EHFElement.group("PaymentTerms", [.value("Note", invoice.payment.terms)])
        // A credit note has its due date in the payment means, and only once (UBL-SR-45).
        let dueDate = invoice.type == .creditNote ? invoice.dueDate : nil
        let means = invoice.payment.means.enumerated().map { place, means in
            element(of: means, dueDate: place == 0 ? dueDate : nil)
        }
        return means + [terms]
    }

    private static func element(of means: PaymentMeans, dueDate: CivilDate?) -> EHFElement? {
        .group(
            "PaymentMeans",
            [
                .value("PaymentMeansCode", means.code, ("name", means.text)),
                .value("PaymentDueDate", dueDate?.description),
                .value("PaymentID", means.reference), means.card.flatMap(card),
                means.account.flatMap(account), means.mandate.flatMap(mandate),
            ])
    }

    /// The schema requires a network, for which EN 16931 has no term.
    private static func card(_ card: PaymentCard) -> EHFElement? {
        .group(
            "CardAccount",
            [
                .value("PrimaryAccountNumberID", card.number),
                .value("NetworkID", card.network ?? "NA"), .value("HolderName", card.holder),
            ])
    }

    private static func account(_ account: PaymentAccount) -> EHFElement? {
        .group(
            "PayeeFinancialAccount",
            [
                .value("ID", account.number), .value("Name", account.name),
                .group("FinancialInstitutionBranch", [.value("ID", account.bic)]),
            ])
    }

    private static func mandate(_ mandate: DirectDebitMandate) -> EHFElement? {
        .group(
            "PaymentMandate",
            [
                .value("ID", mandate.reference),
                .group("PayerFinancialAccount", [.value("ID", mandate.debitedAccount)]),
            ])
    }
}
