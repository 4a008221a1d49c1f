import FoundationEssentials

/// The two ways in which IMAP writes a date, in the months' English names.
enum IMAPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// `24-Nov-2026`, the day in UTC.
    static func day(_ date: Date) -> String {
        let (year, month, day) = civil(Int((date.timeIntervalSince1970 / 86_400).rounded(.down)))
        return "\(day)-\(months[month - 1].capitalized)-\(year)"
    }

    /// `24-Nov-2026 19:00:00 +0100`; the day may have a space before it.
    static func date(_ text: String) -> Date? {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 3 else { return nil }
        let date = parts[0].split(separator: "-").map(String.init)
        let time = parts[1].split(separator: ":").compactMap { Int($0) }
        guard date.count == 3, time.count == 3, let day = Int(date[0]), (1...31).contains(day),
            let month = months.firstIndex(of: date[1].lowercased()), let year = Int(date[2]),
            (1970...9999).contains(year), (0...23).contains(time[0]), (0...59).contains(time[1]),
            (0...60).contains(time[2]), let zone = zoneSeconds(parts[2])
        else { return nil }
        let seconds =
            days(year, month + 1, day) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2] - zone
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static func zoneSeconds(_ text: String) -> Int? {
        guard text.utf8.count == 5, let sign = text.first, sign == "+" || sign == "-",
            let number = Int(text.dropFirst()), number >= 0
        else { return nil }
        return (number / 100 * 3_600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
    }

    /// Days since 1970 of a Gregorian date, and back: the years begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        return (
            year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            ofYear - (153 * month + 2) / 5 + 1
        )
    }
}
