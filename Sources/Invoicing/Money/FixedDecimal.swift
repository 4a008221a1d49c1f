/// A decimal number with six decimals: a quantity, a unit price, a rate, a factor.
///
/// Stored in millionths as an Int64, so its range is ±9.2 × 10^12; products are calculated in
/// Int128 and rounded half away from zero, as in Norwegian practice and EN 16931. What exceeds the
/// range becomes its end.
package struct FixedDecimal: Hashable, Sendable {
    /// The number × 1,000,000.
    package var millionths: Int64

    package init(millionths: Int64) {
        self.millionths = millionths
    }

    /// A whole number; one beyond the range becomes its end.
    package init(_ whole: Int64) {
        millionths = Int64(clamping: Int128(whole) * 1_000_000)
    }

    package static let zero = FixedDecimal(millionths: 0)
    package static let one = FixedDecimal(1)

    /// The product, rounded to millionths half away from zero.
    package static func * (left: FixedDecimal, right: FixedDecimal) -> FixedDecimal {
        let product = Int128(left.millionths) * Int128(right.millionths)
        return FixedDecimal(millionths: roundedQuotient(product, 1_000_000))
    }

    /// The negated number; nil for the lowest one, whose opposite does not fit.
    package var negatedIfFits: FixedDecimal? {
        millionths == .min ? nil : FixedDecimal(millionths: -millionths)
    }

    /// The product as by `*`; nil where it exceeds the range.
    package func multipliedIfFits(by other: FixedDecimal) -> FixedDecimal? {
        let product = Int128(millionths) * Int128(other.millionths)
        return roundedQuotientIfFits(product, 1_000_000).map(FixedDecimal.init(millionths:))
    }
}

extension FixedDecimal: ExpressibleByIntegerLiteral {
    package init(integerLiteral whole: Int64) {
        self.init(whole)
    }
}

extension FixedDecimal: Comparable {
    package static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
        left.millionths < right.millionths
    }
}

extension Money {
    /// Quantity × unit price ÷ base quantity, rounded once to hundredths.
    package init(quantity: FixedDecimal, price: FixedDecimal, per base: FixedDecimal = .one) {
        precondition(base.millionths != 0, "a price is per a quantity other than zero")
        let product = Int128(quantity.millionths) * Int128(price.millionths)
        self.init(hundredths: roundedQuotient(product, Int128(base.millionths) * 10_000))
    }

    /// Quantity × unit price, rounded once to hundredths; nil where it exceeds `ceiling`.
    ///
    /// For figures entered by people: the sum of a thousand lines at the ceiling still fits an
    /// Int64.
    package static func product(of quantity: FixedDecimal, and price: FixedDecimal) -> Money? {
        let product = Int128(quantity.millionths) * Int128(price.millionths)
        return roundedQuotientIfFits(product, 10_000_000_000)
            .map(Money.init(hundredths:))
            .flatMap { $0.hundredths.magnitude <= ceiling.hundredths ? $0 : nil }
    }

    /// This amount × a number, rounded to hundredths; nil where it exceeds Int64.
    package func multipliedIfFits(by factor: FixedDecimal) -> Money? {
        roundedQuotientIfFits(Int128(hundredths) * Int128(factor.millionths), 1_000_000)
            .map(Money.init(hundredths:))
    }

    /// 10^12 kroner, more than any invoice; the sum of a thousand lines of it, with VAT, is still
    /// exact.
    package static let ceiling = Money(hundredths: 100_000_000_000_000)

    /// A percentage of this amount, rounded to hundredths: VAT, allowances.
    package func percent(_ rate: FixedDecimal) -> Money {
        Money(
            hundredths: roundedQuotient(Int128(hundredths) * Int128(rate.millionths), 100_000_000))
    }
}

/// Integer division rounded half away from zero; a quotient that exceeds Int64 becomes its end.
package func roundedQuotient(_ dividend: Int128, _ divisor: Int128) -> Int64 {
    roundedQuotientIfFits(dividend, divisor)
        ?? ((dividend < 0) == (divisor < 0) ? .max : .min)
}

/// Integer division rounded half away from zero; nil where the quotient exceeds Int64.
func roundedQuotientIfFits(_ dividend: Int128, _ divisor: Int128) -> Int64? {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard remainder.magnitude * 2 >= divisor.magnitude else { return Int64(exactly: quotient) }
    return Int64(exactly: quotient + ((dividend < 0) == (divisor < 0) ? 1 : -1))
}

extension FixedDecimal: LosslessStringConvertible {
    /// Plain notation without trailing zeros: `1.5`, `-0.333333`, `25`.
    package var description: String {
        let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        var text = "\(millionths < 0 ? "-" : "")\(whole)"
        guard rest != 0 else { return text }
        var digits = String(rest)
        digits = String(repeating: "0", count: 6 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        text += ".\(digits)"
        return text
    }

    /// Reads an optional sign, digits, and a point with at most six significant decimals; nil for
    /// anything else.
    package init?(_ text: String) {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if let sign = digits.first, sign == "-" || sign == "+" { digits.removeFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first else { return nil }
        var decimals = parts.count == 2 ? parts[1] : ""
        while decimals.last == "0" { decimals.removeLast() }
        guard !(whole.isEmpty && (parts.count == 1 || parts[1].isEmpty)), decimals.count <= 6,
            (whole + decimals).utf8.allSatisfy({ (48...57).contains($0) }),
            let magnitude = Int64(
                (whole + decimals).isEmpty
                    ? "0" : whole + decimals + String(repeating: "0", count: 6 - decimals.count))
        else { return nil }
        millionths = isNegative ? -magnitude : magnitude
    }
}

extension FixedDecimal: Codable {
    package init(from decoder: any Decoder) throws {
        millionths = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millionths)
    }
}
