import Wire

/// A seller, buyer, payee or tax representative, as at the time of the invoice.
package struct Party: Hashable, Codable, Sendable {
    /// The registered name (BT-27, BT-44).
    package var name: String
    /// The trading name, where it differs (BT-28, BT-45).
    package var tradingName: String?
    /// The organisation number (BT-30, BT-47); for Norwegian firms nine digits.
    package var organisationNumber: Identifier?
    /// The VAT identifier (BT-31, BT-48, BT-63); for Norwegian firms `NO` + nine digits + `MVA`.
    package var vatNumber: String?
    /// BT-32: other tax registration; `Foretaksregisteret` on Norwegian invoices.
    package var taxRegistration: String?
    /// BT-33.
    package var legalForm: String?
    /// BT-29, BT-46, BT-60.
    package var identifiers: [Identifier]
    /// The electronic address (BT-34, BT-49).
    package var endpoint: Identifier?
    /// BG-5, BG-8 or BG-12.
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

/// A value with the scheme in which it is defined, as `0192:987654321`.
package struct Identifier: Hashable, Codable, Sendable {
    package var value: String
    /// The scheme, as `0192` (ISO 6523 ICD) or an EAS code; nil where none is stated.
    package var scheme: String?

    package init(_ value: String, scheme: String? = nil) {
        self.value = value
        self.scheme = scheme
    }
}

/// A postal address (BG-5, BG-8, BG-12, BG-15); parts that are not stated are nil.
package struct Address: Hashable, Codable, Sendable {
    /// The first line (BT-35, BT-50, BT-64, BT-75).
    package var street: String?
    /// The second line.
    package var additionalStreet: String?
    /// The third line.
    package var line: String?
    package var postalCode: String?
    package var city: String?
    /// The county, region or state.
    package var subdivision: String?
    /// ISO 3166-1 alpha-2, as `NO`.
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

/// A contact person or department (BG-6, BG-9); what is not stated is nil.
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

/// A tenant as the seller of its invoices: who it is, where it is paid, and its rules for amounts.
package struct Seller: Hashable, Codable, Sendable {
    /// Registered for VAT where it has a `vatNumber`; in the business register where its
    /// `taxRegistration` says so.
    package var party: Party
    /// The accounts for payment; the first is shown in the payment box.
    package var accounts: [PaymentAccount]
    /// How its KIDs are formed.
    package var kidAgreement: KIDAgreement
    /// Days to pay, where neither the agreement nor the customer has its own.
    package var dueDays: Int
    /// Whether the amount due is rounded to whole kroner (øreavrunding).
    package var roundsToKrone: Bool
    /// The currency of its accounts, in which VAT is always stated.
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

/// A valid Norwegian organisation number: nine digits, of which the last is the MOD11 check digit.
///
/// The weights 3 2 7 6 5 4 3 2 are those of Brønnøysundregistrene.
package struct OrganisationNumber: Hashable, Sendable {
    /// The nine digits.
    package let digits: String

    /// Nil where it is not valid; spaces, `NO` before and `MVA` after the digits are ignored.
    package init?(_ text: String) {
        var digits = CheckDigit.stripped(text).uppercased()
        if digits.hasPrefix("NO") { digits.removeFirst(2) }
        if digits.hasSuffix("MVA") { digits.removeLast(3) }
        guard digits.utf8.count == 9, CheckDigit.endsInMod11(digits) else { return nil }
        self.digits = digits
    }

    /// As written on documents: `123 456 785`.
    package var formatted: String {
        "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(3))"
    }
}

extension Identifier {
    /// Parses an electronic address as set-up files and the database write it: `0192:987654325`.
    ///
    /// Nil where there is no scheme before a colon, or the address contains spaces. Spaces in a
    /// Norwegian organisation number are removed.
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

    /// The notation of set-up files and the database.
    package var endpointText: String {
        scheme.map { "\($0):\(value)" } ?? value
    }
}

/// The address for a letter, as whoever prints and posts it needs it, each part on one line.
package struct PostalAddress: Hashable, Sendable {
    package var name: String
    /// Street, post box and the like: one to three lines.
    package var lines: [String]
    /// Nil only for an address abroad.
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

    /// Nil where an indispensable part is missing; the postal code may be, for an address abroad.
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

    /// The address on one line for lists: `Kunde AS, Storgata 1, 5003 Bergen`.
    package var line: String {
        let place = [postalCode, city].compactMap(\.self).joined(separator: " ")
        return ([name] + lines + [place] + (country == "NO" ? [] : [country]))
            .joined(separator: ", ")
    }

    /// Nil for a blank text.
    private static func oneLine(_ text: String?) -> String? {
        let line = (text ?? "").replacing(\.isControl, with: " ").onOneLine
        return line.isEmpty ? nil : line
    }
}
