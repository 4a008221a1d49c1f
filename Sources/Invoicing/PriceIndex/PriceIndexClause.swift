/// The clause of an agreement by which its prices follow a published index, once a year.
///
/// Prices are adjusted on the first day of one month of each year (`adjustMonth`), by the latest
/// value so far for the calendar month of the base: with a base of October 2024 and adjustment in
/// January, January 2027 is adjusted by October 2026 relative to October 2024. Each change is
/// relative to the base, never to the previous year; the cap and the floor limit one year's change.
package struct PriceIndexClause: Hashable, Codable, Sendable {
    /// The name of the index, as `KPI`.
    package var index: String
    /// The month that the index is compared with.
    package var baseMonth: IndexMonth
    /// The value of the index at which the agreement's prices were set; above zero.
    package var baseValue: FixedDecimal
    /// The month, 1 to 12, on whose first day a new price takes effect.
    package var adjustMonth: Int
    /// The percentage of the index's change that the prices follow; 100 for all of it.
    package var sharePercent: FixedDecimal
    /// The largest change of one adjustment, in percent; nil for no limit.
    package var capPercent: FixedDecimal?
    /// The smallest change of one adjustment, in percent; nil for no limit.
    package var floorPercent: FixedDecimal?
    /// How many days before an increase takes effect its notice must have been given; 0 where none
    /// is required.
    package var noticeDays: Int
    /// The notices given, in any order.
    package var notices: [PriceNotice]

    /// Husleieloven § 4-2 requires a month's notice, and no month is longer than this.
    package static let noticeDaysDefault = 31

    /// `base` is any day of the base month.
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

/// The record that a customer was notified of an increase.
package struct PriceNotice: Hashable, Codable, Sendable {
    /// The day on which the increase was to take effect.
    package var adjustsOn: CivilDate
    package var sentOn: CivilDate

    package init(adjustsOn: CivilDate, sentOn: CivilDate) {
        self.adjustsOn = adjustsOn
        self.sentOn = sentOn
    }
}

/// A month for which a price index has a value: `2026-10`.
package struct IndexMonth: Hashable, Comparable, Sendable {
    /// Months since the year 0, as `CivilDate` counts them.
    private let number: Int

    /// The month of a day.
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

/// The published values of price indices, by index and month.
package struct IndexValues: Hashable, Sendable {
    private var values: [String: [IndexMonth: FixedDecimal]] = [:]

    package init() {}

    /// The value of the index for a month; nil where it is not known.
    package subscript(_ index: String, _ month: IndexMonth) -> FixedDecimal? {
        get { values[index]?[month] }
        set { values[index, default: [:]][month] = newValue }
    }
}

/// The effect of an index clause on the prices on a day.
package struct PriceAdjustment: Hashable, Sendable {
    /// What the prices are multiplied by, with six decimals.
    package var factor: FixedDecimal
    /// The increase that would have taken effect if its notice had been given in time; nil for
    /// none.
    package var awaited: AwaitedPriceIncrease?
}

/// An increase that waits for its notice.
package struct AwaitedPriceIncrease: Hashable, Sendable {
    /// The day on which it could have taken effect.
    package var adjustsOn: CivilDate
    /// What the prices are multiplied by until it takes effect.
    package var oldFactor: FixedDecimal
    /// What the prices are multiplied by once it takes effect.
    package var newFactor: FixedDecimal
}

/// The index values that an adjustment needs and that nobody has entered.
package struct MissingIndexValues: Error, Hashable, Sendable {
    /// The name of the index.
    package var index: String
    package var months: [IndexMonth]
}

extension PriceIndexClause {
    /// The factor for the prices of a period that begins on the day.
    ///
    /// Goes through the adjustments from the base to the day. Each is 1 + share × (value − base) ÷
    /// base, calculated exactly and rounded once to six decimals, half away from zero, and then
    /// limited by the cap and the floor around the previous factor. An increase takes effect on its
    /// day or, where its notice was late, as many days after the notice as the clause requires;
    /// until then the previous factor applies. A decrease needs no notice.
    ///
    /// Every value between the base and the day must be known: the prices depend on all of them
    /// where an increase lacked its notice or was limited.
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
            // The next adjustment, relative to the base, supersedes an increase that still waited.
            result.awaited = nil
            if factor <= result.factor || isEffective(from: step.date, on: date) {
                result.factor = factor
            } else {
                result.awaited = AwaitedPriceIncrease(
                    adjustsOn: step.date, oldFactor: result.factor, newFactor: factor)
            }
        }
        return .success(result)
    }

    /// The increase that the next adjustment after the day would bring, if it is known and its
    /// notice has not been given in time; nil for none.
    package func increase(after date: CivilDate, values: IndexValues) -> AwaitedPriceIncrease? {
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

    /// The adjustments up to the day that use a value later than the base.
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

    /// An older base is a mistyped year.
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

    /// An excessive factor results in an amount that is too large, which is a fault of its own.
    private static func saturated(_ dividend: Int128, _ divisor: Int128) -> FixedDecimal {
        FixedDecimal(millionths: roundedQuotientIfFits(dividend, divisor) ?? .max)
    }

    private func isEffective(from adjustsOn: CivilDate, on date: CivilDate) -> Bool {
        noticeDays == 0
            || notices.contains {
                $0.adjustsOn == adjustsOn && $0.sentOn.adding(days: noticeDays) <= date
            }
    }
}
