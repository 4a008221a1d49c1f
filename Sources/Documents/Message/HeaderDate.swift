import FoundationEssentials
import Invoicing

/// A moment as a header says it (RFC 5322 § 3.3), in UTC: `Tue, 24 Nov 2026 03:10:00 +0000`.
enum HeaderDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ moment: Date) -> String {
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let time = seconds - day * 86_400
        let date = CivilDate(daysSinceEpoch: day)
        // 1 January 1970 was a Thursday.
        let weekday = weekdays[((day % 7) + 7) % 7]
        let clock = [time / 3_600, time / 60 % 60, time % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(weekday), \(date.day) \(months[date.month - 1]) \(date.year) \(clock) +0000"
    }
}
