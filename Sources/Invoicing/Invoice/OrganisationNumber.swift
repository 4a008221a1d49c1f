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
