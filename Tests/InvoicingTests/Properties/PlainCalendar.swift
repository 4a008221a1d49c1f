@testable import Invoicing

/// Days counted one by one from 1 January 2015 on, with nothing but the lengths of the months.
struct PlainCalendar {
    struct Day: Equatable {
        var year: Int
        var month: Int
        var day: Int
    }

    let days: [Day]
    private let positions: [String: Int]

    init(years: Int) {
        var days: [Day] = []
        for year in 2015..<(2015 + years) {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in lengths.enumerated() {
                days += (1...length).map { Day(year: year, month: month + 1, day: $0) }
            }
        }
        self.days = days
        positions = Dictionary(
            uniqueKeysWithValues: days.enumerated().map { (Self.text($0.element), $0.offset) })
    }

    /// A day as the core writes it.
    func civil(_ position: Int) -> CivilDate {
        CivilDate(Self.text(days[position])) ?? .earliest
    }

    func position(_ date: CivilDate) -> Int {
        positions["\(date)"] ?? -1
    }

    private static func text(_ day: Day) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.year)-\(padded(day.month))-\(padded(day.day))"
    }

    /// Whether a period begins on the day, by what was agreed.
    func isBoundary(_ position: Int, anchor: Int, interval: Interval) -> Bool {
        let (day, first) = (days[position], days[anchor])
        let months = (day.year - first.year) * 12 + day.month - first.month
        // The last day of a month is where the next one is another month's.
        let isLast = position + 1 < days.count && days[position + 1].month != day.month
        let isDay = day.day == first.day || (isLast && day.day < first.day)
        return switch interval.unit {
        case .day: (position - anchor) % interval.count == 0
        case .week: (position - anchor) % (7 * interval.count) == 0
        case .month: isDay && months % interval.count == 0
        case .quarter: isDay && months % (3 * interval.count) == 0
        case .year: isDay && months % (12 * interval.count) == 0
        }
    }
}
