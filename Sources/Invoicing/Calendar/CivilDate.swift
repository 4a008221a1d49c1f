import Wire

/// A day in the proleptic Gregorian calendar, without time or time zone.
///
/// A day is never derived from an instant here: which day it is depends on the tenant's time zone,
/// and only PostgreSQL answers that, so that two engines never disagree about a change of clocks.
/// Arithmetic is limited to the years 1 to 9999: it stops at either end rather than trapping, so
/// that a mistyped year in one agreement cannot end the run for all.
package struct CivilDate: Hashable, Sendable {
    /// 1 to 9999.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// Nil where the calendar has no such day, or the year is not 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// 1 January of year 1.
    package static let earliest = CivilDate(unchecked: 1, 1, 1)
    /// 31 December of year 9999.
    package static let latest = CivilDate(unchecked: 9_999, 12, 31)

    /// The number of days in the month, with regard to leap years.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether the year has a 29 February.
    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension CivilDate: Comparable {
    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate {
    /// Days since 1970-01-01, which is day 0.
    package var daysSinceEpoch: Int {
        DayNumber.number(year: year, month: month, day: day)
    }

    /// The day a number of days after 1970-01-01.
    package init(daysSinceEpoch: Int) {
        let range = Self.earliest.daysSinceEpoch...Self.latest.daysSinceEpoch
        let (year, month, day) = DayNumber.date(
            min(max(daysSinceEpoch, range.lowerBound), range.upperBound))
        self.init(unchecked: year, month, day)
    }

    /// The day a number of days later, or earlier where it is negative.
    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        guard !overflow else { return days < 0 ? .earliest : .latest }
        return CivilDate(daysSinceEpoch: sum)
    }

    /// The same day a number of months later; the last day where that month is shorter.
    package func adding(months: Int) -> CivilDate {
        let (total, overflow) = monthsSinceYearZero.addingReportingOverflow(months)
        guard !overflow, (12..<120_000).contains(total) else {
            return months < 0 ? .earliest : .latest
        }
        let (year, month) = (total / 12, total % 12 + 1)
        return CivilDate(
            unchecked: year, month, min(day, Self.days(inMonth: month, of: year)))
    }

    /// Months counted from the year 0, so that each month is one more than the month before.
    package var monthsSinceYearZero: Int {
        year * 12 + month - 1
    }

    /// The first day of this day's month.
    package var firstOfMonth: CivilDate {
        CivilDate(unchecked: year, month, 1)
    }

    /// The last day of this day's month.
    package var lastOfMonth: CivilDate {
        CivilDate(unchecked: year, month, Self.days(inMonth: month, of: year))
    }
}

extension CivilDate: LosslessStringConvertible {
    /// ISO 8601: `2026-11-24`.
    package var description: String {
        let year = String(year)
        return String(repeating: "0", count: 4 - year.count) + year
            + "-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// Reads only that notation: four, two and two digits.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CivilDate: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a date: \(text)"))
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CivilDate {
    /// 1 for Monday to 7 for Sunday, as in ISO 8601.
    package var weekday: Int {
        // 1970-01-01 was a Thursday; the offset keeps the dividend positive from year 1 on.
        (daysSinceEpoch + 3 + 7 * 200_000) % 7 + 1
    }

    /// The ISO 8601 week: week 1 contains the year's first Thursday, so the first days of January
    /// may belong to the last week of the previous year.
    package var isoWeek: ISOWeek {
        let thursday = adding(days: 4 - weekday)
        return ISOWeek(year: thursday.year, number: (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// 1 on 1 January, up to 366.
    package var dayOfYear: Int {
        let newYear = CivilDate(year: year, month: 1, day: 1) ?? self
        return daysSinceEpoch - newYear.daysSinceEpoch + 1
    }

    /// 1 to 4.
    package var quarter: Int {
        (month - 1) / 3 + 1
    }
}

/// A week of ISO 8601 with the year that it belongs to.
package struct ISOWeek: Hashable, Sendable {
    /// The ISO year, which near New Year may differ from the calendar year.
    package var year: Int
    /// 1 to 53.
    package var number: Int

    package init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }
}

/// A range of days, both ends included: what a period's invoice covers.
package struct DatePeriod: Hashable, Codable, Sendable {
    package var start: CivilDate
    package var end: CivilDate

    package init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
    }

    /// The number of days; 0 where the end is before the start.
    package var dayCount: Int {
        max(0, end.daysSinceEpoch - start.daysSinceEpoch + 1)
    }

    /// Whether the day is within the period.
    package func contains(_ date: CivilDate) -> Bool {
        start <= date && date <= end
    }
}

/// A period with only one end stated, as EN 16931 (BR-CO-19, BR-CO-20) allows for an invoice.
package enum OpenPeriod: Hashable, Codable, Sendable {
    /// Has a first day only.
    case from(CivilDate)
    /// Has a last day only.
    case until(CivilDate)
}
