/// An international bank account number whose check digits are right (ISO 13616, ISO 7064 MOD 97-10).
///
/// Each country's own length and account rules are not looked at, Norway's excepted: fifteen
/// characters, of which the last eleven are an account number.
package struct IBAN: Hashable, Sendable {
    /// Letters and digits without spaces, in capitals.
    package let text: String

    /// Reads an IBAN with or without spaces, in capitals or not.
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

    /// In groups of four, as it is printed: `NO93 8601 1117 947`.
    package var formatted: String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    /// The remainder by 97 with A as 10 to Z as 35; nil where there is anything else.
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
