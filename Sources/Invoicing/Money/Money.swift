/// An amount in hundredths of its currency (øre, cent); the currency is stated on the invoice.
///
/// Amounts are integers throughout: EN 16931 (BR-DEC) and bokføringsforskriften § 5-1-1 allow two
/// decimals, and sums of hundredths are never rounded. Nothing overflows: what exceeds the range
/// (9.2 × 10^16) becomes its end, which no input can be, so a total that reached it agrees with
/// nothing and is rejected.
package struct Money: Hashable, Sendable {
    /// The amount × 100.
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
    /// The amount in whole units, rounded half away from zero (øreavrunding).
    package var roundedToUnit: Money {
        Money(hundredths: Int64(clamping: Int128(roundedQuotient(Int128(hundredths), 100)) * 100))
    }
}

extension Sequence<Money> {
    /// The sum; zero for none.
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

    /// Reads plain notation; nil for anything else, and for more than two decimals unless the
    /// others are zeros.
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
    /// The sum, or the end of the range that it exceeds.
    func adding(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the end of the range that it exceeds.
    func subtracting(_ other: Int64) -> Int64 {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other < 0 ? .max : .min) : difference
    }
}

/// The exchange rate of a foreign currency in Norwegian kroner on a day.
package struct ExchangeRate: Hashable, Codable, Sendable {
    package var currency: CurrencyCode
    /// The day that it was published for.
    package var date: CivilDate
    /// The kroner for `units` of the currency.
    package var kroner: FixedDecimal
    /// 100 for some of the currencies that Norges Bank quotes; 1 for most.
    package var units: Int
    /// Its publisher, as `Norges Bank`.
    package var source: String

    package init(
        currency: CurrencyCode, date: CivilDate, kroner: FixedDecimal, units: Int = 1,
        source: String
    ) {
        self.currency = currency
        self.date = date
        self.kroner = kroner
        self.units = units
        self.source = source
    }

    /// An amount of the currency in kroner, rounded once to øre; nil where it exceeds Int64.
    package func inKroner(_ amount: Money) -> Money? {
        guard units > 0 else { return nil }
        return roundedQuotientIfFits(
            Int128(amount.hundredths) * Int128(kroner.millionths), Int128(units) * 1_000_000
        ).map(Money.init(hundredths:))
    }
}

/// Exchange rates by currency and day.
package struct ExchangeRates: Hashable, Sendable {
    /// The most days that a rate may be older than the invoice.
    ///
    /// None is published at weekends and on holidays: from Wednesday to the Tuesday after Easter is
    /// six days. A rate more than a week old is not the day's rate, but one that somebody forgot to
    /// update.
    package static let ageDaysMax = 7

    /// By currency, the newest first.
    private let rates: [CurrencyCode: [ExchangeRate]]
    private let daysAhead: Int

    /// Rates for invoices that are created a number of days ahead of today: nobody can have entered
    /// the rates of the days between, so a rate may be older by as many days.
    package init(_ rates: [ExchangeRate] = [], daysAhead: Int = 0) {
        self.daysAhead = max(0, daysAhead)
        self.rates = Dictionary(grouping: rates, by: \.currency)
            .mapValues { $0.sorted { $0.date > $1.date } }
    }

    /// The rate of the day, or the latest earlier one that is not too old; nil where there is none.
    package func rate(of currency: CurrencyCode, on date: CivilDate) -> ExchangeRate? {
        rates[currency]?.first { $0.date <= date }
            .flatMap { $0.date >= date.adding(days: -Self.ageDaysMax - daysAhead) ? $0 : nil }
    }
}
