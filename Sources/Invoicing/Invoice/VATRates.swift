/// A VAT code's category and rate from a day on, until a later rate of the same code takes over.
package struct VATRate: Hashable, Codable, Sendable {
    /// The seller's own code, as SAF-T's standard codes: `3` for the general rate.
    package var code: String
    package var category: VATCategory
    package var validFrom: CivilDate

    package init(code: String, category: VATCategory, validFrom: CivilDate) {
        self.code = code
        self.category = category
        self.validFrom = validFrom
    }
}

/// A seller's VAT codes with the rates that each has had.
package struct VATRates: Hashable, Sendable {
    /// By code, the newest first.
    private let rates: [String: [VATRate]]

    package init(_ rates: [VATRate]) {
        self.rates = Dictionary(grouping: rates, by: \.code)
            .mapValues { $0.sorted { $0.validFrom > $1.validFrom } }
    }

    /// The rate of the code on the day; nil where the code is unknown or had none yet.
    package func rate(of code: String, on date: CivilDate) -> VATRate? {
        rates[code]?.first { $0.validFrom <= date }
    }

    /// A part of a time through which one category and rate hold.
    package struct Part: Hashable, Sendable {
        package var period: DatePeriod
        package var category: VATCategory
    }

    /// The time split where the code's category or rate changes; nil where its first day has none.
    ///
    /// The rate is that of the delivery (merverdiavgiftsloven § 22-1), not that of the invoice.
    package func parts(
        of code: String, during period: DatePeriod,
        by category: (VATRate) -> VATCategory = \.category
    ) -> [Part]? {
        guard let first = rate(of: code, on: period.start) else { return nil }
        var parts = [Part(period: period, category: category(first))]
        let changes = (rates[code] ?? []).reversed()
            .filter { period.start < $0.validFrom && $0.validFrom <= period.end }
        for rate in changes where category(rate) != parts[parts.count - 1].category {
            parts[parts.count - 1].period.end = rate.validFrom.adding(days: -1)
            parts.append(
                Part(
                    period: DatePeriod(start: rate.validFrom, end: period.end),
                    category: category(rate)))
        }
        return parts
    }
}
