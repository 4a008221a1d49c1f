import Testing

@testable import Invoicing

struct ExchangeRatesTests {
    private static let eur = CurrencyCode(rawValue: "EUR")
    private static let jpy = CurrencyCode(rawValue: "JPY")

    private static func rate(
        _ currency: CurrencyCode, _ date: String, _ kroner: String, units: Int = 1
    ) -> ExchangeRate {
        ExchangeRate(
            currency: currency, date: day(date), kroner: FixedDecimal(kroner) ?? .zero,
            units: units,
            source: "Norges Bank")
    }

    /// Before and after Easter 2026, of which Wednesday 1 April is the last day with a rate.
    private static let rates = ExchangeRates([
        rate(eur, "2026-04-07", "11.8"), rate(eur, "2026-04-01", "11.7345"),
        rate(jpy, "2026-04-01", "7.1234", units: 100),
    ])

    @Test(
        arguments: [
            ("2026-03-31", nil), ("2026-04-01", "2026-04-01"), ("2026-04-06", "2026-04-01"),
            ("2026-04-07", "2026-04-07"), ("2026-04-14", "2026-04-07"), ("2026-04-15", nil),
        ] as [(String, String?)])
    func `the day's rate, or the nearest before it for a week`(date: String, rateDate: String?) {
        let rate = Self.rates.rate(of: Self.eur, on: day(date))
        #expect(rate?.date == rateDate.map(day))
    }

    @Test func `a forecast takes the rate of today for that of the day`() {
        let rate = Self.rate(Self.eur, "2026-04-01", "11.7345")
        let rates = ExchangeRates([rate], daysAhead: 14)
        #expect(rates.rate(of: Self.eur, on: day("2026-04-22")) == rate)
        #expect(rates.rate(of: Self.eur, on: day("2026-04-23")) == nil)
    }

    @Test(arguments: [
        ("50.00", eur, "586.73"), ("-50.00", eur, "-586.73"), ("0.01", eur, "0.12"),
        // Per 100, with no step between that is rounded: 1 000 000 × 7.1234 / 100.
        ("1000000.00", jpy, "71234.00"), ("0.07", jpy, "0.00"),
    ])
    func `an amount in kroner is rounded once`(
        amount: String, currency: CurrencyCode, kroner: String
    ) throws {
        let rate = try #require(Self.rates.rate(of: currency, on: day("2026-04-02")))
        #expect(rate.inKroner(try #require(Money(amount))) == Money(kroner))
    }

    @Test func `another currency has no rate, and an amount beyond all bounds none either`() {
        #expect(Self.rates.rate(of: .nok, on: day("2026-04-01")) == nil)
        let rate = Self.rate(Self.eur, "2026-04-01", "11.7345")
        #expect(rate.inKroner(Money(hundredths: .max)) == nil)
    }
}
