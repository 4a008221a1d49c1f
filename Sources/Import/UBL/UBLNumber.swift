import Invoicing

/// A number as XML Schema's decimal writes it, of any length, made to fit six decimals.
struct UBLNumber {
    /// The number without the decimals after the sixth.
    let shortened: String
    /// Whether any of those was not zero.
    let isShortened: Bool
    /// Whether the first of those was five or more.
    private let isRoundedUp: Bool

    /// Optional sign, digits, optional point and digits; nil for anything else.
    init?(_ text: String) {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = unsigned.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, Self.isDigits(whole), parts.allSatisfy(Self.isDigits),
            unsigned.utf8.contains(where: { $0 != UInt8(ascii: ".") })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        let rest = decimals.dropFirst(6)
        let sign = text.hasPrefix("-") ? "-" : ""
        shortened = "\(sign)\(whole).\(decimals.prefix(6))0"
        isShortened = rest.contains { $0 != "0" }
        isRoundedUp = rest.first.map { $0 >= "5" } ?? false
    }

    /// Rounded half away from zero to six decimals; nil beyond nine milliard.
    var rounded: FixedDecimal? {
        guard let decimal = FixedDecimal(shortened) else { return nil }
        guard isRoundedUp else { return decimal }
        let step: Int64 = shortened.hasPrefix("-") ? -1 : 1
        let (sum, isOverflow) = decimal.millionths.addingReportingOverflow(step)
        return isOverflow ? nil : FixedDecimal(millionths: sum)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy(TextBytes.isDigit)
    }
}
