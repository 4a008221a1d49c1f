import Invoicing

/// Reads parties and addresses: BG-4 to BG-15.
enum UBLPartyReader {
    /// A seller or buyer, whose name and address the standard requires (BR-06 to BR-11).
    static func trader(_ role: UBLElement?, of document: UBLElement, name: String) -> Party {
        guard let element = role?.element("Party") else {
            (role ?? document).faultMissing(
                role == nil ? name : "Party", "BR-06 or BR-07", isAggregate: true)
            return Party(name: "")
        }
        let party = party(element)
        if party.name.isEmpty {
            element.faultMissing("RegistrationName", "BT-27 or BT-44")
        }
        if party.address.country == nil {
            element.faultMissing("IdentificationCode", "BT-40 or BT-55, the country")
        }
        return party
    }

    /// Any party, with its registered name, else its trading name.
    static func party(_ element: UBLElement) -> Party {
        let legal = element.element("PartyLegalEntity")
        let tradingName = element.element("PartyName")?.text("Name")
        let name = legal?.text("RegistrationName") ?? tradingName ?? ""
        let schemes = element.elements("PartyTaxScheme")
        return Party(
            name: name, tradingName: tradingName == name ? nil : tradingName,
            organisationNumber: legal?.identifier("CompanyID"),
            vatNumber: schemes.first(where: isVAT)?.text("CompanyID"),
            taxRegistration: schemes.first { !isVAT($0) }?.text("CompanyID"),
            legalForm: legal?.text("CompanyLegalForm"),
            identifiers: element.elements("PartyIdentification").compactMap {
                $0.identifier("ID")
            },
            endpoint: element.identifier("EndpointID"),
            address: element.element("PostalAddress").map(address) ?? Address(),
            contact: element.element("Contact").flatMap(contact))
    }

    static func address(_ element: UBLElement) -> Address {
        Address(
            street: element.text("StreetName"),
            additionalStreet: element.text("AdditionalStreetName"),
            line: element.element("AddressLine")?.text("Line"),
            postalCode: element.text("PostalZone"), city: element.text("CityName"),
            subdivision: element.text("CountrySubentity"),
            country: element.element("Country")?.text("IdentificationCode"))
    }

    static func delivery(_ element: UBLElement) -> InvoiceDelivery {
        let location = element.element("DeliveryLocation")
        return InvoiceDelivery(
            date: element.date("ActualDeliveryDate"), location: location?.identifier("ID"),
            name: element.element("DeliveryParty", "PartyName")?.text("Name"),
            address: location?.element("Address").map(address))
    }

    private static func contact(_ element: UBLElement) -> Contact? {
        let contact = Contact(
            name: element.text("Name"), telephone: element.text("Telephone"),
            email: element.text("ElectronicMail"))
        return contact == Contact() ? nil : contact
    }

    private static func isVAT(_ scheme: UBLElement) -> Bool {
        scheme.element("TaxScheme")?.text("ID") ?? "VAT" == "VAT"
    }
}
