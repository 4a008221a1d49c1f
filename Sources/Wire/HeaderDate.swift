package import FoundationEssentials

/// Dates in the headers of mail, HTTP and IMAP, with English names of months and days.
package enum HeaderDate {
    /// The months' names, `Jan` to `Dec`.
    package static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// From Thursday, since that is what 1 January 1970 was.
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// A moment as in mail (RFC 5322 § 3.3), in UTC: `Tue, 24 Nov 2026 03:10:00 +0000`.
    package static func mail(_ moment: Date) -> String {
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
        let number = Int((Double(seconds) / 86_400).rounded(.down))
        let time = seconds - number * 86_400
        let (year, month, day) = DayNumber.date(number)
        let clock = [time / 3_600, time / 60 % 60, time % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let weekday = weekdays[((number % 7) + 7) % 7]
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(clock) +0000"
    }

    /// The day in UTC as IMAP searches for it (RFC 9051 § 6.4.4): `24-Nov-2026`.
    package static func imapDay(_ moment: Date) -> String {
        let number = Int((moment.timeIntervalSince1970 / 86_400).rounded(.down))
        let (year, month, day) = DayNumber.date(number)
        return "\(day)-\(months[month - 1])-\(year)"
    }

    /// Reads an IMAP date (RFC 9051 § 2.3.3), `24-Nov-2026 19:00:00 +0100`, whose day may be padded
    /// with a space; nil for any other form, and outside the years 1970 to 9999.
    package static func imap(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 3 else { return nil }
        let date = parts[0].split(separator: "-")
        guard date.count == 3, date[2].count == 4, !date[2].hasPrefix("0"),
            let seconds = seconds(
                day: date[0], month: date[1], year: Int(date[2]),
                clock: parts[1].split(separator: ":")),
            seconds >= 0, let zone = zoneSeconds(parts[2])
        else { return nil }
        return Date(timeIntervalSince1970: Double(seconds - zone))
    }

    /// Longer than any HTTP date.
    private static let httpBytesMax = 64

    /// Reads an HTTP date in any of the three forms of RFC 9110 § 5.6.7, or ISO 8601; nil for any
    /// other.
    ///
    /// The forms are `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov
    /// 6 08:49:37 1994`, in upper or lower case, with `UTC` accepted for `GMT`.
    package static func http(_ text: String) -> Date? {
        guard text.utf8.count <= httpBytesMax else { return nil }
        let parts = text.lowercased().split { " ,-:".contains($0) }
        guard let first = parts.first,
            weekdays.contains(where: { first.hasPrefix($0.lowercased()) })
        else { return iso(text) }
        let seconds: Int? =
            switch parts.count {
            case 8 where ["gmt", "utc"].contains(parts[7]):
                seconds(
                    day: parts[1], month: parts[2], year: httpYear(parts[3]), clock: parts[4...6])
            case 7:
                seconds(
                    day: parts[2], month: parts[1], year: httpYear(parts[6]), clock: parts[3...5])
            default: nil
            }
        return seconds.map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// Two digits mean this century, except for the years in which that form was in use.
    private static func httpYear(_ text: Substring) -> Int? {
        Int(text).map { text.count == 2 ? $0 + ($0 < 70 ? 2000 : 1900) : $0 }
    }

    private static func iso(_ text: String) -> Date? {
        // Anything shorter is a form of time that is not supported.
        text.count >= 20 ? try? Date(text.uppercased(), strategy: .iso8601) : nil
    }

    /// Seconds since 1970; a second may be 60, and a day beyond the end of the month counts on into
    /// the next.
    private static func seconds(
        day: Substring, month: Substring, year: Int?, clock: some Collection<Substring>
    ) -> Int? {
        let clock = clock.compactMap { Int($0) }
        guard let day = Int(day), (1...31).contains(day),
            let month = months.firstIndex(where: { $0.lowercased() == month.lowercased() }),
            let year, (0...9999).contains(year), clock.count == 3,
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return DayNumber.number(year: year, month: month + 1, day: day) * 86_400
            + clock[0] * 3_600 + clock[1] * 60 + clock[2]
    }

    private static func zoneSeconds(_ text: Substring) -> Int? {
        guard text.utf8.count == 5, let sign = text.first, sign == "+" || sign == "-",
            let number = Int(text.dropFirst()), number >= 0
        else { return nil }
        return (number / 100 * 3_600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
    }
}

/// Days of the proleptic Gregorian calendar, counted from 1970-01-01, which is day 0.
///
/// The civil-day algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the
/// years begin in March, so that a leap day ends one.
package enum DayNumber {
    /// The number of a date; a day beyond the end of the month counts on into the next.
    package static func number(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The year, month (1–12) and day (1–31) of a day number.
    package static func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}
