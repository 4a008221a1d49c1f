/// The clause of an agreement by which its prices follow a published index, once a year.
///
/// Prices are adjusted on the first day of one month of each year (`adjustMonth`), by the newest
/// earlier value of the base month's own calendar month: a base of October 2024 and adjustment in
/// January give October 2026 over October 2024 in January 2027. Each change is measured against the
/// base, never against the year before; the cap and the floor are bounds of one year's change.
package struct PriceIndexClause: Hashable, Codable, Sendable {
    /// The name of the index, as `KPI`.
    package var index: String
    package var baseMonth: IndexMonth
    /// The value that the prices of the agreement were set at; above zero.
    package var baseValue: FixedDecimal
    /// The month, 1 to 12, on whose first day a new price holds.
    package var adjustMonth: Int
    /// Percent of the index's change that the prices follow, 100 for all.
    package var sharePercent: FixedDecimal
    /// The most and the least, in percent, that one adjustment changes the price by; nil for none.
    package var capPercent: FixedDecimal?
    package var floorPercent: FixedDecimal?
    /// How many days before a raise holds its notice must have been given; 0 where none is due.
    package var noticeDays: Int
    /// The notices that were given, in any order.
    package var notices: [PriceNotice]

    /// Husleieloven § 4-2 asks for a month's notice, and no month is longer than this.
    package static let noticeDaysDefault = 31

    package init(
        index: String, base: CivilDate, baseValue: FixedDecimal, adjustMonth: Int,
        sharePercent: FixedDecimal = 100, capPercent: FixedDecimal? = nil,
        floorPercent: FixedDecimal? = nil, noticeDays: Int = noticeDaysDefault,
        notices: [PriceNotice] = []
    ) {
        self.index = index
        baseMonth = IndexMonth(of: base)
        self.baseValue = baseValue
        self.adjustMonth = adjustMonth
        self.sharePercent = sharePercent
        self.capPercent = capPercent
        self.floorPercent = floorPercent
        self.noticeDays = noticeDays
        self.notices = notices
    }
}

/// That a customer was told of a raise.
package struct PriceNotice: Hashable, Codable, Sendable {
    /// The day from which the raise was to hold.
    package var adjustsOn: CivilDate
    package var sentOn: CivilDate

    package init(adjustsOn: CivilDate, sentOn: CivilDate) {
        self.adjustsOn = adjustsOn
        self.sentOn = sentOn
    }
}

/// A month that a price index has a value for: `2026-10`.
package struct IndexMonth: Hashable, Comparable, Sendable {
    /// Months since year zero, as `CivilDate` counts them.
    private let number: Int

    package init(of date: CivilDate) {
        number = date.monthsSinceYearZero
    }

    /// The month's first day.
    package var firstDay: CivilDate {
        CivilDate(year: number / 12, month: calendarMonth, day: 1) ?? .earliest
    }

    /// 1 to 12.
    var calendarMonth: Int {
        number % 12 + 1
    }

    package static func < (left: IndexMonth, right: IndexMonth) -> Bool {
        left.number < right.number
    }
}

extension IndexMonth: CustomStringConvertible {
    package var description: String {
        let (year, month) = (number / 12, number % 12 + 1)
        return "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
}

extension IndexMonth: Codable {
    package init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// The values that a price index was published with, by index and month.
package struct IndexValues: Hashable, Sendable {
    private var values: [String: [IndexMonth: FixedDecimal]] = [:]

    package init() {}

    /// The index of a month; nil where it is not known.
    package subscript(_ index: String, _ month: IndexMonth) -> FixedDecimal? {
        get { values[index]?[month] }
        set { values[index, default: [:]][month] = newValue }
    }
}

/// What an index clause makes of the prices on a day.
package struct PriceAdjustment: Hashable, Sendable {
    /// What the prices are multiplied by, to six decimals.
    package var factor: FixedDecimal
    /// The raise that would hold already if its notice had been given in time; nil for none.
    package var awaited: AwaitedPriceIncrease?
}

/// A raise that waits for its notice.
package struct AwaitedPriceIncrease: Hashable, Sendable {
    /// The day from which it might have held.
    package var adjustsOn: CivilDate
    /// What the prices are multiplied by until then, and from then on.
    package var oldFactor: FixedDecimal
    package var newFactor: FixedDecimal
}

/// The values that an adjustment needs and nobody has entered.
package struct MissingIndexValues: Error, Hashable, Sendable {
    package var index: String
    package var months: [IndexMonth]
}

extension PriceIndexClause {
    /// What the prices of a period that begins on the day are multiplied by.
    ///
    /// Goes through the adjustments from the base to the day. Each gives 1 + share × (value −
    /// base) ÷ base, reckoned exactly and rounded once to six decimals, half away from zero; bounded
    /// by the cap and the floor around the factor before it. A raise holds from its day on or, where
    /// its notice came late, from as many days after the notice as the clause has; until then the
    /// factor before it does. A lowering needs no notice.
    ///
    /// Every value between the base and the day must be known: the prices depend on all of them
    /// where a raise was not given notice of, or was bounded.
    package func adjustment(
        on date: CivilDate, values: IndexValues
    ) -> Result<PriceAdjustment, MissingIndexValues> {
        let steps = adjustments(to: date)
        let missing = steps.filter { values[index, $0.month] == nil }.map(\.month)
        guard missing.isEmpty else {
            return .failure(MissingIndexValues(index: index, months: missing))
        }
        var result = PriceAdjustment(factor: .one)
        for step in steps {
            let factor = bounded(
                plainFactor(values[index, step.month] ?? baseValue), around: result.factor)
            // What waited is overtaken by the next adjustment, which is measured against the base.
            result.awaited = nil
            if factor <= result.factor || raiseHolds(from: step.date, on: date) {
                result.factor = factor
            } else {
                result.awaited = AwaitedPriceIncrease(
                    adjustsOn: step.date, oldFactor: result.factor, newFactor: factor)
            }
        }
        return .success(result)
    }

    /// The raise that the next adjustment after the day brings, if it is known and its notice is
    /// not given in time.
    package func raise(after date: CivilDate, values: IndexValues) -> AwaitedPriceIncrease? {
        let next = nextAdjustment(after: date)
        guard case .success(let adjustment) = adjustment(on: next, values: values),
            adjustment.awaited?.adjustsOn == next
        else { return nil }
        return adjustment.awaited
    }

    /// The first adjustment after the day.
    package func nextAdjustment(after date: CivilDate) -> CivilDate {
        newestAdjustment(onOrBefore: date).adding(months: 12)
    }

    private func newestAdjustment(onOrBefore date: CivilDate) -> CivilDate {
        date.firstOfMonth.adding(months: -((date.month - adjustMonth + 12) % 12))
    }

    private struct Step {
        var date: CivilDate
        var month: IndexMonth
    }

    /// The adjustments that fall on the day or earlier and go by a value later than the base.
    private func adjustments(to date: CivilDate) -> [Step] {
        let lag = (adjustMonth - baseMonth.calendarMonth + 11) % 12 + 1
        let newest = newestAdjustment(onOrBefore: date)
        var steps: [Step] = []
        while steps.count < Self.adjustmentsMax {
            let day = newest.adding(months: -12 * steps.count)
            let month = IndexMonth(of: day.adding(months: -lag))
            guard month > baseMonth else { break }
            steps.append(Step(date: day, month: month))
        }
        return steps.reversed()
    }

    /// A base further back than this is a mistyped year.
    private static let adjustmentsMax = 200

    private func plainFactor(_ value: FixedDecimal) -> FixedDecimal {
        let base = Int128(baseValue.millionths)
        let change = Int128(value.millionths) - base
        return Self.saturated(
            base * 100_000_000 + Int128(sharePercent.millionths) * change, base * 100)
    }

    private func bounded(_ factor: FixedDecimal, around last: FixedDecimal) -> FixedDecimal {
        func bound(_ percent: FixedDecimal) -> FixedDecimal {
            Self.saturated(
                Int128(last.millionths) * (100_000_000 + Int128(percent.millionths)), 100_000_000)
        }
        var factor = factor
        if let capPercent { factor = min(factor, bound(capPercent)) }
        if let floorPercent { factor = max(factor, bound(floorPercent)) }
        return factor
    }

    /// A factor beyond all bounds makes an amount that is too large, which is a fault of its own.
    private static func saturated(_ dividend: Int128, _ divisor: Int128) -> FixedDecimal {
        FixedDecimal(millionths: roundedQuotientIfFits(dividend, divisor) ?? .max)
    }

    private func raiseHolds(from adjustsOn: CivilDate, on date: CivilDate) -> Bool {
        noticeDays == 0
            || notices.contains {
                $0.adjustsOn == adjustsOn && $0.sentOn.adding(days: noticeDays) <= date
            }
    }
}
