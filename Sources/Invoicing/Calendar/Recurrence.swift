/// The dates of an agreement's periods.
///
/// Periods begin at anchor + n × interval, in both directions, always counted from the anchor and
/// never from the previous period: 31 January is followed by 28 February and then by 31 March, and
/// 29 February returns each leap year. In a month that is too short they begin on its last day.
package struct Recurrence: Hashable, Codable, Sendable {
    /// A day on which a period begins.
    package var anchor: CivilDate
    /// The distance from one period to the next.
    package var interval: Interval
    /// The first day covered, nil for the anchor; where it lies within a period, that period is
    /// partial.
    package var start: CivilDate?
    /// The number of the period that contains the first day.
    package var firstNumber: Int

    package init(
        anchor: CivilDate, interval: Interval, start: CivilDate? = nil, firstNumber: Int = 1
    ) {
        self.anchor = anchor
        self.interval = interval
        self.start = start
        self.firstNumber = firstNumber
    }

    /// The first day of the period; a number below the first is treated as the first.
    package func date(ofPeriod number: Int) -> CivilDate {
        number > firstNumber ? boundary(index(ofPeriod: number)) : firstDate
    }

    /// The days of the period: from its date to the day before the next one's date.
    package func span(ofPeriod number: Int) -> DatePeriod {
        DatePeriod(start: date(ofPeriod: number), end: wholeSpan(ofPeriod: number).end)
    }

    /// The days of the full period by the calendar, including those before the start.
    package func wholeSpan(ofPeriod number: Int) -> DatePeriod {
        let index = index(ofPeriod: number)
        let start = boundary(index)
        return DatePeriod(start: start, end: max(start, boundary(index + 1).adding(days: -1)))
    }

    /// The number of the period that contains the day; nil before the first day.
    package func period(containing date: CivilDate) -> Int? {
        guard date >= firstDate else { return nil }
        return firstNumber + index(containing: date) - index(containing: firstDate)
    }

    /// The number of the first period that begins on the day or later.
    package func firstPeriod(onOrAfter date: CivilDate) -> Int {
        guard let number = period(containing: date) else { return firstNumber }
        return self.date(ofPeriod: number) == date ? number : number + 1
    }

    private var firstDate: CivilDate {
        start ?? anchor
    }

    /// The number of whole intervals from the anchor to the start of the period.
    private func index(ofPeriod number: Int) -> Int {
        index(containing: firstDate) + min(max(number, firstNumber) - firstNumber, Self.indexMax)
    }

    private func boundary(_ index: Int) -> CivilDate {
        switch interval.step {
        case .days(let days): anchor.adding(days: index * days)
        case .months(let months): anchor.adding(months: index * months)
        }
    }

    private func index(containing date: CivilDate) -> Int {
        switch interval.step {
        case .days(let days):
            return Self.floor(date.daysSinceEpoch - anchor.daysSinceEpoch, days)
        case .months(let months):
            let index = Self.floor(
                date.monthsSinceYearZero - anchor.monthsSinceYearZero, months)
            // In the month in which a period begins, the days before its date belong to the
            // previous period.
            return boundary(index) <= date ? index : index - 1
        }
    }

    private static func floor(_ dividend: Int, _ divisor: Int) -> Int {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    /// More than the number of days in the years 1 to 9999.
    private static let indexMax = 4_000_000
}

/// The distance from one period to the next: every `count` days, weeks, months, quarters or years.
package struct Interval: Hashable, Codable, Sendable {
    /// The unit of time.
    package let unit: Unit
    /// The number of units, 1 to `countMax`.
    package let count: Int

    /// The largest count: more than any agreement needs, and small enough that no product
    /// overflows.
    package static let countMax = 1_000

    /// The interval, or nil where the count is not 1 to `countMax`.
    package init?(_ count: Int, _ unit: Unit) {
        guard (1...Self.countMax).contains(count) else { return nil }
        self.unit = unit
        self.count = count
    }

    private init(one unit: Unit) {
        self.unit = unit
        count = 1
    }

    /// Every day.
    package static let daily = Interval(one: .day)
    /// Every week.
    package static let weekly = Interval(one: .week)
    /// Every month.
    package static let monthly = Interval(one: .month)
    /// Every three months.
    package static let quarterly = Interval(one: .quarter)
    /// Every year.
    package static let yearly = Interval(one: .year)

    /// A unit of time by which an agreement may recur.
    package enum Unit: String, Codable, Sendable, CaseIterable {
        case day
        case week
        case month
        case quarter
        case year
    }

    /// The interval in the calendar's two basic units: days or months.
    enum Step {
        case days(Int)
        case months(Int)
    }

    var step: Step {
        switch unit {
        case .day: .days(count)
        case .week: .days(7 * count)
        case .month: .months(count)
        case .quarter: .months(3 * count)
        case .year: .months(12 * count)
        }
    }
}

extension Interval {
    private enum CodingKeys: CodingKey {
        case unit
        case count
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let count = try values.decode(Int.self, forKey: .count)
        guard let interval = Interval(count, try values.decode(Unit.self, forKey: .unit)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .count, in: values,
                debugDescription: "an interval counts 1 to \(Self.countMax), not \(count)")
        }
        self = interval
    }
}
