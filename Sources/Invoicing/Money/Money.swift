/// An amount in hundredths of its currency (øre, cent); the currency stands on the invoice.
///
/// Amounts are integers throughout: EN 16931 (BR-DEC) and bokføringsforskriften § 5-1-1 allow
/// two decimals, and no sum of hundredths is ever rounded. Nothing overflows: what goes beyond
/// ninety-two million milliard stays at that end, which no amount can be read as, so that a sum
/// which got there agrees with nothing and is refused.
package struct Money: Hashable, Sendable {
    package var hundredths: Int64

    package init(hundredths: Int64) {
        self.hundredths = hundredths
    }

    package static let zero = Money(hundredths: 0)
}

extension Money: Comparable, AdditiveArithmetic {
    package static func < (left: Money, right: Money) -> Bool {
        left.hundredths < right.hundredths
    }

    package static func + (left: Money, right: Money) -> Money {
        Money(hundredths: left.hundredths.adding(right.hundredths))
    }

    package static func - (left: Money, right: Money) -> Money {
        Money(hundredths: left.hundredths.subtracting(right.hundredths))
    }

    package static prefix func - (money: Money) -> Money {
        Money.zero - money
    }
}

extension Money {
    /// The amount in whole units, rounded half away from zero: øreavrunding.
    package var roundedToUnit: Money {
        Money(hundredths: Int64(clamping: Int128(roundedQuotient(Int128(hundredths), 100)) * 100))
    }
}

extension Sequence<Money> {
    /// The sum, zero of none.
    package func sum() -> Money {
        reduce(.zero, +)
    }
}

extension Money: LosslessStringConvertible {
    /// Plain notation with a point and two decimals, as in UBL and SQL: `-1234.50`.
    package var description: String {
        let (units, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(hundredths < 0 ? "-" : "")\(units).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Reads plain notation; more than two decimals are refused unless they are zeros.
    package init?(_ text: String) {
        guard let decimal = FixedDecimal(text), decimal.millionths % 10_000 == 0 else {
            return nil
        }
        self.init(hundredths: decimal.millionths / 10_000)
    }
}

extension Money: Codable {
    package init(from decoder: any Decoder) throws {
        hundredths = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hundredths)
    }
}

extension Int64 {
    /// The sum, or the end of the range that it goes beyond.
    func adding(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the end of the range that it goes beyond.
    func subtracting(_ other: Int64) -> Int64 {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other < 0 ? .max : .min) : difference
    }
}
