/// BG-16: a further means of payment, where an invoice states more than one.
package struct PaymentMeans: Hashable, Codable, Sendable {
    /// BT-81, UNCL 4461.
    package var code: String
    /// BT-82.
    package var text: String?
    /// BT-83.
    package var reference: String?
    /// BG-17.
    package var account: PaymentAccount?
    /// BG-18.
    package var card: PaymentCard?
    /// BG-19.
    package var mandate: DirectDebitMandate?

    package init(
        code: String, text: String? = nil, reference: String? = nil,
        account: PaymentAccount? = nil, card: PaymentCard? = nil,
        mandate: DirectDebitMandate? = nil
    ) {
        self.code = code
        self.text = text
        self.reference = reference
        self.account = account
        self.card = card
        self.mandate = mandate
    }
}

/// BG-18: the card used for payment.
package struct PaymentCard: Hashable, Codable, Sendable {
    /// BT-87: only the last digits, as the card schemes require.
    package var number: String
    /// The card scheme, which UBL requires and EN 16931 has no term for.
    package var network: String?
    /// BT-88.
    package var holder: String?

    package init(number: String, network: String? = nil, holder: String? = nil) {
        self.number = number
        self.network = network
        self.holder = holder
    }
}

/// BG-19: the buyer's authorisation to debit an account; the creditor's id (BT-90) is on the party.
package struct DirectDebitMandate: Hashable, Codable, Sendable {
    /// BT-89.
    package var reference: String?
    /// BT-91.
    package var debitedAccount: String?

    package init(reference: String? = nil, debitedAccount: String? = nil) {
        self.reference = reference
        self.debitedAccount = debitedAccount
    }
}

/// A valid Norwegian bank account number: eleven digits, of which the last is the MOD11 check
/// digit.
package struct AccountNumber: Hashable, Sendable {
    /// The eleven digits.
    package let digits: String

    /// Nil where it is not valid; points and spaces are ignored.
    package init?(_ text: String) {
        let digits = CheckDigit.stripped(text)
        guard digits.utf8.count == 11, CheckDigit.endsInMod11(digits) else { return nil }
        self.digits = digits
    }

    /// As written on documents: `1234.56.78903`.
    package var formatted: String {
        "\(digits.prefix(4)).\(digits.dropFirst(4).prefix(2)).\(digits.suffix(5))"
    }

    /// The same account for payers abroad: `NO`, two check digits, the eleven digits.
    package var iban: IBAN {
        IBAN(country: "NO", account: digits)
    }
}

/// An international bank account number with correct check digits (ISO 13616, ISO 7064 MOD 97-10).
///
/// Each country's own length and account rules are not checked, except for Norway: fifteen
/// characters, of which the last eleven are an account number.
package struct IBAN: Hashable, Sendable {
    /// Letters and digits without spaces, in upper case.
    package let text: String

    /// Nil where it is not valid; spaces and case are ignored.
    package init?(_ text: String) {
        let text = text.filter { !" \u{a0}".contains($0) }.uppercased()
        guard (15...34).contains(text.utf8.count),
            text.prefix(2).utf8.allSatisfy({ (65...90).contains($0) }),
            CheckDigit.isDigits(text.dropFirst(2).prefix(2)),
            Self.remainder(String(text.dropFirst(4) + text.prefix(4))) == 1
        else { return nil }
        if text.hasPrefix("NO") {
            guard text.utf8.count == 15, AccountNumber(String(text.dropFirst(4))) != nil else {
                return nil
            }
        }
        self.text = text
    }

    init(country: String, account: String) {
        let check = 98 - (Self.remainder(account + country + "00") ?? 0)
        text = country + (check < 10 ? "0" : "") + String(check) + account
    }

    /// In groups of four, as printed: `NO93 8601 1117 947`.
    package var formatted: String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    /// The remainder modulo 97 with A as 10 to Z as 35; nil for any other character.
    private static func remainder(_ text: String) -> Int? {
        var remainder = 0
        for byte in text.utf8 {
            switch byte {
            case 48...57: remainder = (remainder * 10 + Int(byte) - 48) % 97
            case 65...90: remainder = (remainder * 100 + Int(byte) - 55) % 97
            default: return nil
            }
        }
        return remainder
    }
}

/// The check digits of Norwegian numbers, over strings of ASCII digits.
///
/// MOD10 is Luhn's (ISO/IEC 7812-1 annex B); MOD11 has the repeated weights 2 to 7 from the right,
/// as in Mastercard Payment Services' KID and the register of entities.
package enum CheckDigit {
    /// The MOD10 check digit of a number.
    package static func mod10(_ digits: String) -> Int {
        var sum = 0
        for (place, digit) in values(digits).reversed().enumerated() {
            let doubled = place.isMultiple(of: 2) ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return (10 - sum % 10) % 10
    }

    /// The MOD11 check digit of a number; nil where it would be ten.
    package static func mod11(_ digits: String) -> Int? {
        var sum = 0
        for (place, digit) in values(digits).reversed().enumerated() {
            sum += digit * (place % 6 + 2)
        }
        let check = (11 - sum % 11) % 11
        return check == 10 ? nil : check
    }

    /// Whether the text is digits with a correct MOD11 check digit at the end.
    static func endsInMod11(_ text: String) -> Bool {
        guard let last = values(text).last, isDigits(text) else { return false }
        return mod11(String(text.dropLast())) == last
    }

    /// Whether the text is one or more of the digits 0 to 9.
    package static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// A national number without the spaces and points with which people write it.
    static func stripped(_ text: String) -> String {
        text.filter { !" .\u{a0}".contains($0) }
    }

    private static func values(_ digits: String) -> [Int] {
        digits.utf8.map { Int($0) - 48 }
    }
}
