import Wire

/// A day in the proleptic Gregorian calendar, without a time or a zone.
///
/// A day is never an instant: which day it is depends on the tenant's zone, and that question is
/// put to PostgreSQL alone, so that two engines never disagree about a clock change.
/// Arithmetic stays within the years 1 to 9999: it stops at their ends rather than trapping, so
/// that a mistyped year in one agreement cannot end a run for all.
package struct CivilDate: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// The day, or nil where the calendar has none such; years 1 to 9999.
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

    /// How many days the month has, February with regard to leap years.
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

    /// The day that many days after 1970-01-01.
    package init(daysSinceEpoch: Int) {
        let range = Self.earliest.daysSinceEpoch...Self.latest.daysSinceEpoch
        let (year, month, day) = DayNumber.date(
            min(max(daysSinceEpoch, range.lowerBound), range.upperBound))
        self.init(unchecked: year, month, day)
    }

    /// The day that many days on, or back where the number is negative.
    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        guard !overflow else { return days < 0 ? .earliest : .latest }
        return CivilDate(daysSinceEpoch: sum)
    }

    /// The same day of the month, that many months on; the last day where the month is shorter.
    package func adding(months: Int) -> CivilDate {
        let (total, overflow) = monthsSinceYearZero.addingReportingOverflow(months)
        guard !overflow, (12..<120_000).contains(total) else {
            return months < 0 ? .earliest : .latest
        }
        let (year, month) = (total / 12, total % 12 + 1)
        return CivilDate(
            unchecked: year, month, min(day, Self.days(inMonth: month, of: year)))
    }

    /// The month as a number that grows by one from each month to the next.
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

    /// Reads that notation only: four, two and two digits.
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
    /// 1 Monday to 7 Sunday, as ISO 8601 numbers them.
    package var weekday: Int {
        // 1970-01-01 was a Thursday; the offset keeps the dividend positive from year 1 on.
        (daysSinceEpoch + 3 + 7 * 200_000) % 7 + 1
    }

    /// The ISO 8601 week: week 1 has the year's first Thursday, so that the first days of January
    /// may belong to the last week of the year before.
    package var isoWeek: ISOWeek {
        let thursday = adding(days: 4 - weekday)
        return ISOWeek(year: thursday.year, number: (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// 1 on 1 January.
    package var dayOfYear: Int {
        let newYear = CivilDate(year: year, month: 1, day: 1) ?? self
        return daysSinceEpoch - newYear.daysSinceEpoch + 1
    }

    /// 1 to 4.
    package var quarter: Int {
        (month - 1) / 3 + 1
    }
}

/// A week of ISO 8601, with the year that it is counted in.
package struct ISOWeek: Hashable, Sendable {
    package var year: Int
    package var number: Int

    package init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }
}

/// A run of days, both ends included: what a period's invoice is for.
package struct DatePeriod: Hashable, Codable, Sendable {
    package var start: CivilDate
    package var end: CivilDate

    package init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
    }

    /// How many days it has; 0 where the end lies before the start.
    package var dayCount: Int {
        max(0, end.daysSinceEpoch - start.daysSinceEpoch + 1)
    }

    /// Whether the day is one of its days.
    package func contains(_ date: CivilDate) -> Bool {
        start <= date && date <= end
    }
}

/// A period of which only one end is stated, as EN 16931 (BR-CO-19, BR-CO-20) lets an invoice do.
package enum OpenPeriod: Hashable, Codable, Sendable {
    case from(CivilDate)
    case until(CivilDate)
}
