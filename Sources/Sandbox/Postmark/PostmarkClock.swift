import Foundation

/// Postmark's times: US Eastern, with seven digits of a second.
///
/// By the time zone database, so that it does not share a client's own rule.
enum PostmarkClock {
    private static let zone = TimeZone(identifier: "America/New_York")

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone ?? .gmt
        return calendar
    }

    /// `2016-04-27T16:28:50.3963933-04:00`.
    static func text(_ time: Timestamp) -> String {
        let date = Date(timeIntervalSince1970: Double(time.seconds))
        let offset = (zone?.secondsFromGMT(for: date) ?? 0) / 60
        let local = Timestamp(seconds: time.seconds + Int64(offset * 60))
        let fraction = time.milliseconds - time.seconds * 1000
        let sign = offset < 0 ? "-" : "+"
        return local.iso8601.dropLast() + ".\(digits(fraction, 3))3933\(sign)"
            + "\(digits(Int64(abs(offset) / 60), 2)):\(digits(Int64(abs(offset) % 60), 2))"
    }

    /// Reads a day or a time of Postmark's, in whole seconds; an hour that is there twice is the
    /// earlier one.
    static func read(_ text: String, endOfDay: Bool = false) -> Timestamp? {
        let parts = text.split { "-T:".contains($0) }.map { Int($0) }
        guard parts.count == 3 || parts.count == 6, !parts.contains(nil) else { return nil }
        var numbers = parts.compactMap(\.self)
        if numbers.count == 3 { numbers += endOfDay ? [23, 59, 59] : [0, 0, 0] }
        let components = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
            minute: numbers[4], second: numbers[5])
        return calendar.date(from: components)
            .map { Timestamp(seconds: Int64($0.timeIntervalSince1970)) }
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
