import Wire

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
        let line = (text ?? "").onOneLine
        return line.isEmpty ? nil : line
    }
}
