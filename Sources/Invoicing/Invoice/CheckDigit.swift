/// The check digits of Norwegian numbers, over strings of ASCII digits.
///
/// MOD10 is Luhn's (ISO/IEC 7812-1 annex B); MOD11 has the weights 2 to 7 from the right, over
/// and over, as Mastercard Payment Services' KID and the register of entities use it.
package enum CheckDigit {
    /// The digit that MOD10 puts after the number.
    package static func mod10(_ digits: String) -> Int {
        var sum = 0
        for (place, digit) in values(digits).reversed().enumerated() {
            let doubled = place.isMultiple(of: 2) ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return (10 - sum % 10) % 10
    }

    /// The digit that MOD11 puts after the number; nil where it would be ten, which is no digit.
    package static func mod11(_ digits: String) -> Int? {
        var sum = 0
        for (place, digit) in values(digits).reversed().enumerated() {
            sum += digit * (place % 6 + 2)
        }
        let check = (11 - sum % 11) % 11
        return check == 10 ? nil : check
    }

    /// Whether the text is digits that end in their own MOD11 check digit.
    static func endsInMod11(_ text: String) -> Bool {
        guard let last = values(text).last, isDigits(text) else { return false }
        return mod11(String(text.dropLast())) == last
    }

    /// Whether the text is one or more of the digits 0 to 9.
    package static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// A national number as people write it: its spaces and points taken out.
    static func stripped(_ text: String) -> String {
        text.filter { !" .\u{a0}".contains($0) }
    }

    private static func values(_ digits: String) -> [Int] {
        digits.utf8.map { Int($0) - 48 }
    }
}
