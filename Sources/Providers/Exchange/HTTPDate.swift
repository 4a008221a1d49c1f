import FoundationEssentials

/// A date in any of the three forms of RFC 9110 § 5.6.7, or in ISO 8601.
///
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`, in large or small letters; `UTC` for `GMT` too.
enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// No date is longer.
    private static let bytesMax = 64

    /// Reads a date; nil for any other form.
    static func date(_ text: String) -> Date? {
        guard text.utf8.count <= bytesMax else { return nil }
        let parts = text.lowercased().split { " ,-:".contains($0) }
        guard let first = parts.first, weekdays.contains(where: first.hasPrefix) else {
            return iso(text)
        }
        switch parts.count {
        case 8 where ["gmt", "utc"].contains(parts[7]):
            return date(
                day: parts[1], month: parts[2], year: parts[3], clock: parts[4...6])
        case 7:
            return date(
                day: parts[2], month: parts[1], year: parts[6], clock: parts[3...5])
        default: return nil
        }
    }

    private static func date(
        day: Substring, month: Substring, year: Substring, clock: ArraySlice<Substring>
    ) -> Date? {
        let clock = clock.compactMap { Int($0) }
        guard let day = Int(day), (1...31).contains(day),
            let month = months.firstIndex(of: String(month)),
            let digits = Int(year), (0...9999).contains(digits), clock.count == 3,
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: year.count == 2 ? century(digits) + digits : digits, month: month + 1,
                day: day, hour: clock[0], minute: clock[1], second: clock[2]))
    }

    /// Two digits mean this century, but for the years in which the form was in use.
    private static func century(_ digits: Int) -> Int { digits < 70 ? 2000 : 1900 }

    private static func iso(_ text: String) -> Date? {
        // Another form of time is no date that we know.
        text.count >= 20 ? try? Date(text.uppercased(), strategy: .iso8601) : nil
    }
}
