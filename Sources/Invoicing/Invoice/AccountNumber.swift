/// A valid Norwegian bank account number: eleven digits, the last of them MOD11 of the others.
package struct AccountNumber: Hashable, Sendable {
    /// The eleven digits.
    package let digits: String

    /// Reads the digits with or without points and spaces.
    package init?(_ text: String) {
        let digits = CheckDigit.stripped(text)
        guard digits.utf8.count == 11, CheckDigit.endsInMod11(digits) else { return nil }
        self.digits = digits
    }

    /// As it is written on documents: `1234.56.78903`.
    package var formatted: String {
        "\(digits.prefix(4)).\(digits.dropFirst(4).prefix(2)).\(digits.suffix(5))"
    }

    /// The same account for payers abroad: `NO`, two check digits, the eleven digits.
    package var iban: IBAN {
        IBAN(country: "NO", account: digits)
    }
}
