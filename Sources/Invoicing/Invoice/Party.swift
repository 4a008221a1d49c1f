import Wire

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

/// A tenant as its invoices need it: who it is, where it is paid, and how it reckons.
package struct Seller: Hashable, Codable, Sendable {
    /// VAT-registered where it has a `vatNumber`; in the business register where its
    /// `taxRegistration` says so.
    package var party: Party
    /// The first is the one shown in the payment box.
    package var accounts: [PaymentAccount]
    /// How its KIDs are made.
    package var kidAgreement: KIDAgreement
    /// Days to pay where neither agreement nor customer has its own.
    package var dueDays: Int
    /// Whether what is to be paid is rounded to whole kroner (øreavrunding).
    package var roundsToKrone: Bool
    /// The currency that the books are kept in, in which VAT is always stated.
    package var currency: CurrencyCode

    package init(
        party: Party, accounts: [PaymentAccount], kidAgreement: KIDAgreement = .noKID,
        dueDays: Int = 14, roundsToKrone: Bool = false, currency: CurrencyCode = .nok
    ) {
        self.party = party
        self.accounts = accounts
        self.kidAgreement = kidAgreement
        self.dueDays = dueDays
        self.roundsToKrone = roundsToKrone
        self.currency = currency
    }
}

/// A customer as its invoices need it.
package struct Customer: Hashable, Codable, Sendable {
    /// The tenant's number of it, a part of the KID.
    package var number: String
    /// Its name, numbers and address, as its invoices will keep them.
    package var party: Party
    /// What its invoices and their period variables are written in.
    package var language: Language
    /// Days to pay; nil for the seller's.
    package var dueDays: Int?
    /// "Deres ref." where the agreement has none.
    package var buyerReference: String?
    /// Whether the customer reckons the VAT itself (omvendt avgiftsplikt).
    package var hasReverseCharge: Bool
    /// Where it is delivered, if not at the customer's own address.
    package var deliveryAddress: Address?

    package init(
        number: String, party: Party, language: Language = .nb, dueDays: Int? = nil,
        buyerReference: String? = nil, hasReverseCharge: Bool = false,
        deliveryAddress: Address? = nil
    ) {
        self.number = number
        self.party = party
        self.language = language
        self.dueDays = dueDays
        self.buyerReference = buyerReference
        self.hasReverseCharge = hasReverseCharge
        self.deliveryAddress = deliveryAddress
    }
}

/// A valid Norwegian organisation number: nine digits, the last of them MOD11 of the others.
///
/// The weights 3 2 7 6 5 4 3 2 are those of Brønnøysundregistrene.
package struct OrganisationNumber: Hashable, Sendable {
    /// The nine digits.
    package let digits: String

    /// Reads the digits with or without spaces; `NO` before and `MVA` after are let by.
    package init?(_ text: String) {
        var digits = CheckDigit.stripped(text).uppercased()
        if digits.hasPrefix("NO") { digits.removeFirst(2) }
        if digits.hasSuffix("MVA") { digits.removeLast(3) }
        guard digits.utf8.count == 9, CheckDigit.endsInMod11(digits) else { return nil }
        self.digits = digits
    }

    /// As it is written on documents: `123 456 785`.
    package var formatted: String {
        "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(3))"
    }
}

extension Identifier {
    /// Reads an electronic address as set-up files and the database write it: `0192:987654325`.
    ///
    /// Nil where there is no scheme before a colon, or the address has blanks in it. A Norwegian
    /// organisation number may be spaced; it comes as its digits.
    package init?(endpoint text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2, (2...4).contains(parts[0].utf8.count),
            parts[0].allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
        else { return nil }
        let norwegian = parts[0] == "0192" ? OrganisationNumber(parts[1]) : nil
        self.init(norwegian?.digits ?? parts[1], scheme: parts[0])
        guard !value.isEmpty, !value.contains(where: \.isWhitespace) else { return nil }
    }

    /// As set-up files and the database write it.
    package var endpointText: String {
        scheme.map { "\($0):\(value)" } ?? value
    }
}

/// Where a letter goes: an address that whoever prints and posts it needs, each part on one line.
package struct PostalAddress: Hashable, Sendable {
    package var name: String
    /// Street, post box and the like: one to three.
    package var lines: [String]
    package var postalCode: String?
    package var city: String
    /// ISO 3166-1 alpha-2.
    package var country: String

    package init(
        name: String, lines: [String], postalCode: String?, city: String, country: String
    ) {
        self.name = name
        self.lines = lines
        self.postalCode = postalCode
        self.city = city
        self.country = country
    }

    /// Nil where a part is missing that a letter can't do without; the postal code may be abroad.
    package init?(_ party: Party) {
        let address = party.address
        let lines = [address.street, address.additionalStreet, address.line]
            .compactMap(Self.oneLine)
        guard let name = Self.oneLine(party.name), let city = Self.oneLine(address.city),
            !lines.isEmpty
        else { return nil }
        let country = address.country?.uppercased() ?? "NO"
        let postalCode = Self.oneLine(address.postalCode)
        guard country.wholeMatch(of: /[A-Z]{2}/) != nil, country != "NO" || postalCode != nil
        else { return nil }
        self.init(
            name: name, lines: lines, postalCode: postalCode, city: city, country: country)
    }

    /// As it is listed: `Kunde AS, Storgata 1, 5003 Bergen`.
    package var line: String {
        let place = [postalCode, city].compactMap(\.self).joined(separator: " ")
        return ([name] + lines + [place] + (country == "NO" ? [] : [country]))
            .joined(separator: ", ")
    }

    /// Nil for nothing.
    private static func oneLine(_ text: String?) -> String? {
        let line = (text ?? "").replacing(\.isControl, with: " ").onOneLine
        return line.isEmpty ? nil : line
    }
}
