/// A seller, buyer, payee or tax representative, as it stood when the invoice was made.
package struct Party: Hashable, Codable, Sendable {
    /// The registered name (BT-27, BT-44).
    package var name: String
    /// The name it trades under, where that is another (BT-28, BT-45).
    package var tradingName: String?
    /// The organisation number (BT-30, BT-47); for Norwegian firms nine digits.
    package var organisationNumber: Identifier?
    /// The VAT identifier (BT-31, BT-48, BT-63); for Norwegian firms `NO` + nine digits + `MVA`.
    package var vatNumber: String?
    /// BT-32: other tax registration, on Norwegian invoices `Foretaksregisteret`.
    package var taxRegistration: String?
    /// BT-33.
    package var legalForm: String?
    /// BT-29, BT-46, BT-60.
    package var identifiers: [Identifier]
    /// The electronic address (BT-34, BT-49).
    package var endpoint: Identifier?
    package var address: Address
    /// BG-6, BG-9.
    package var contact: Contact?

    package init(
        name: String, tradingName: String? = nil, organisationNumber: Identifier? = nil,
        vatNumber: String? = nil, taxRegistration: String? = nil, legalForm: String? = nil,
        identifiers: [Identifier] = [], endpoint: Identifier? = nil,
        address: Address = Address(), contact: Contact? = nil
    ) {
        self.name = name
        self.tradingName = tradingName
        self.organisationNumber = organisationNumber
        self.vatNumber = vatNumber
        self.taxRegistration = taxRegistration
        self.legalForm = legalForm
        self.identifiers = identifiers
        self.endpoint = endpoint
        self.address = address
        self.contact = contact
    }
}

/// A value with the scheme that gives it meaning, as `0192:987654321`.
package struct Identifier: Hashable, Codable, Sendable {
    package var value: String
    package var scheme: String?

    package init(_ value: String, scheme: String? = nil) {
        self.value = value
        self.scheme = scheme
    }
}

/// A postal address (BG-5, BG-8, BG-12, BG-15).
package struct Address: Hashable, Codable, Sendable {
    package var street: String?
    package var additionalStreet: String?
    package var line: String?
    package var postalCode: String?
    package var city: String?
    package var subdivision: String?
    /// ISO 3166-1 alpha-2.
    package var country: String?

    package init(
        street: String? = nil, additionalStreet: String? = nil, line: String? = nil,
        postalCode: String? = nil, city: String? = nil, subdivision: String? = nil,
        country: String? = nil
    ) {
        self.street = street
        self.additionalStreet = additionalStreet
        self.line = line
        self.postalCode = postalCode
        self.city = city
        self.subdivision = subdivision
        self.country = country
    }
}

/// A person or desk to turn to (BG-6, BG-9).
package struct Contact: Hashable, Codable, Sendable {
    package var name: String?
    package var telephone: String?
    package var email: String?

    package init(name: String? = nil, telephone: String? = nil, email: String? = nil) {
        self.name = name
        self.telephone = telephone
        self.email = email
    }
}
