/// What a foreign currency was worth in Norwegian kroner on a day.
package struct ExchangeRate: Hashable, Codable, Sendable {
    package var currency: CurrencyCode
    package var date: CivilDate
    /// Kroner for so many units of the currency.
    package var kroner: FixedDecimal
    /// Norges Bank quotes some currencies per 100; 1 for most.
    package var units: Int
    /// Who published it, as `Norges Bank`.
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

    /// An amount of the currency in kroner, rounded once to øre; nil where it is beyond Int64.
    package func inKroner(_ amount: Money) -> Money? {
        guard units > 0 else { return nil }
        return roundedQuotientIfFits(
            Int128(amount.hundredths) * Int128(kroner.millionths), Int128(units) * 1_000_000
        ).map(Money.init(hundredths:))
    }
}

/// Exchange rates by currency and day.
package struct ExchangeRates: Hashable, Sendable {
    /// How many days a rate may be older than the invoice.
    ///
    /// None is published on weekends and holidays: from Wednesday to the Tuesday after Easter is
    /// six days. What is older than a week is not that day's rate, but a rate that was forgotten.
    package static let ageDaysMax = 7

    /// By currency, the newest first.
    private let rates: [CurrencyCode: [ExchangeRate]]
    private let daysAhead: Int

    /// Rates for invoices that are made that many days ahead of today: those between today and then
    /// nobody can have entered yet, so a rate may be older by as much.
    package init(_ rates: [ExchangeRate] = [], daysAhead: Int = 0) {
        self.daysAhead = max(0, daysAhead)
        self.rates = Dictionary(grouping: rates, by: \.currency)
            .mapValues { $0.sorted { $0.date > $1.date } }
    }

    /// The rate of the day, or the nearest earlier one that is not too old; nil where there is none.
    package func rate(of currency: CurrencyCode, on date: CivilDate) -> ExchangeRate? {
        rates[currency]?.first { $0.date <= date }
            .flatMap { $0.date >= date.adding(days: -Self.ageDaysMax - daysAhead) ? $0 : nil }
    }
}
