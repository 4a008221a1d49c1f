/// The dates of an agreement's periods, numbered from 1.
///
/// Period n begins on anchor + (n − 1) × interval, always counted from the anchor and never from
/// the period before: 31 January goes on to 28 February and then to 31 March, and 29 February
/// comes back each leap year. A month that is too short gives its last day.
package struct Recurrence: Hashable, Codable, Sendable {
    /// The date of period 1.
    package var anchor: CivilDate
    /// The distance from one period to the next.
    package var interval: Interval
    /// The first day of all, where period 1 is begun in its middle; nil for the anchor.
    ///
    /// A day outside period 1 counts as its nearest end, so that no period is ever without days.
    package var start: CivilDate?

    package init(anchor: CivilDate, interval: Interval, start: CivilDate? = nil) {
        self.anchor = anchor
        self.interval = interval
        self.start = start
    }

    /// The first day of the period; numbers below 1 give that of period 1.
    package func date(ofPeriod number: Int) -> CivilDate {
        number > 1 ? wholeDate(ofPeriod: number) : firstDate
    }

    private var firstDate: CivilDate {
        start.map { min(max($0, anchor), wholeSpan(ofPeriod: 1).end) } ?? anchor
    }

    private func wholeDate(ofPeriod number: Int) -> CivilDate {
        let index = min(max(number, 1) - 1, Self.indexMax)
        return switch interval.step {
        case .days(let days): anchor.adding(days: index * days)
        case .months(let months): anchor.adding(months: index * months)
        }
    }

    /// The days of the period: from its date to the day before the next one's.
    package func span(ofPeriod number: Int) -> DatePeriod {
        DatePeriod(start: date(ofPeriod: number), end: wholeSpan(ofPeriod: number).end)
    }

    /// The days that the period has by the calendar, those before the start included.
    package func wholeSpan(ofPeriod number: Int) -> DatePeriod {
        let start = wholeDate(ofPeriod: number)
        let next = wholeDate(ofPeriod: min(max(number, 1), Self.indexMax) + 1)
        return DatePeriod(start: start, end: max(start, next.adding(days: -1)))
    }

    /// The number of the period that the day belongs to; nil before the first day.
    package func period(containing date: CivilDate) -> Int? {
        guard date >= firstDate else { return nil }
        let index =
            switch interval.step {
            case .days(let days):
                (date.daysSinceEpoch - anchor.daysSinceEpoch) / days
            case .months(let months):
                (date.monthsSinceYearZero - anchor.monthsSinceYearZero) / months
            }
        // Within the month that a period begins in, the days before its date are the last one's.
        return wholeDate(ofPeriod: index + 1) <= date ? index + 1 : index
    }

    /// The number of the first period that begins on the day or later.
    package func firstPeriod(onOrAfter date: CivilDate) -> Int {
        guard let number = period(containing: date) else { return 1 }
        return self.date(ofPeriod: number) == date ? number : number + 1
    }

    /// More days than the calendar of years 1 to 9999 has.
    private static let indexMax = 4_000_000
}
