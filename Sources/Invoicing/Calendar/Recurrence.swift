/// The dates of an agreement's periods.
///
/// Periods begin on anchor + n × interval, in both directions, always counted from the anchor and
/// never from the period before: 31 January goes on to 28 February and then to 31 March, and 29
/// February comes back each leap year. A month that is too short gives its last day.
package struct Recurrence: Hashable, Codable, Sendable {
    /// A day that a period begins on.
    package var anchor: CivilDate
    /// The distance from one period to the next.
    package var interval: Interval
    /// The first day of all, nil for the anchor: where it lies within a period, that period is begun
    /// in its middle.
    package var start: CivilDate?
    /// The number of the period that begins on the first day.
    package var firstNumber: Int

    package init(
        anchor: CivilDate, interval: Interval, start: CivilDate? = nil, firstNumber: Int = 1
    ) {
        self.anchor = anchor
        self.interval = interval
        self.start = start
        self.firstNumber = firstNumber
    }

    /// The first day of the period; numbers below the first give that of the first.
    package func date(ofPeriod number: Int) -> CivilDate {
        number > firstNumber ? boundary(index(ofPeriod: number)) : firstDate
    }

    /// The days of the period: from its date to the day before the next one's.
    package func span(ofPeriod number: Int) -> DatePeriod {
        DatePeriod(start: date(ofPeriod: number), end: wholeSpan(ofPeriod: number).end)
    }

    /// The days that the period has by the calendar, those before the start included.
    package func wholeSpan(ofPeriod number: Int) -> DatePeriod {
        let index = index(ofPeriod: number)
        let start = boundary(index)
        return DatePeriod(start: start, end: max(start, boundary(index + 1).adding(days: -1)))
    }

    /// The number of the period that the day belongs to; nil before the first day.
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

    /// Whole intervals from the anchor to the period's beginning.
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
            // Within the month that a period begins in, the days before its date are the last one's.
            return boundary(index) <= date ? index : index - 1
        }
    }

    private static func floor(_ dividend: Int, _ divisor: Int) -> Int {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    /// More days than the calendar of years 1 to 9999 has.
    private static let indexMax = 4_000_000
}

/// The distance from one period to the next: every `count` days, weeks, months, quarters or years.
package struct Interval: Hashable, Codable, Sendable {
    /// What is counted.
    package let unit: Unit
    /// How many of them; 1 or more.
    package let count: Int

    /// The largest count: more than any agreement has, and small enough that no product overflows.
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

    /// A measure of time that an agreement may recur by.
    package enum Unit: String, Codable, Sendable, CaseIterable {
        case day
        case week
        case month
        case quarter
        case year
    }

    /// The interval in the only two measures that the calendar has: days, or months.
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
