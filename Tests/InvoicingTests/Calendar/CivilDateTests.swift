import Foundation
import TestSupport
import Testing

@testable import Invoicing

/// A date that the test itself spells wrongly is a bug in the test.
func day(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else { preconditionFailure("not a date: \(text)") }
    return date
}

@Suite struct CivilDateTests {
    @Test func `each day of 1900 to 2100 is the one after the day before`() {
        var (year, month, dayOfMonth) = (1900, 1, 1)
        var number = CivilDate(year: 1900, month: 1, day: 1)!.daysSinceEpoch
        var (weekday, dayOfYear) = (1, 1)  // 1 January 1900 was a Monday.
        #expect(number == -25_567)
        var wrong: [String] = []
        while year <= 2100 {
            let date = CivilDate(year: year, month: month, day: dayOfMonth)
            if date?.daysSinceEpoch != number || CivilDate(daysSinceEpoch: number) != date
                || date?.weekday != weekday || date?.dayOfYear != dayOfYear
                || date?.adding(days: 1).daysSinceEpoch != number + 1
                || date.flatMap({ CivilDate($0.description) }) != date
            {
                wrong.append("\(year)-\(month)-\(dayOfMonth)")
            }
            number += 1
            dayOfYear += 1
            weekday = weekday == 7 ? 1 : weekday + 1
            dayOfMonth += 1
            if dayOfMonth > slowLength(month, year) { (month, dayOfMonth) = (month + 1, 1) }
            if month == 13 { (year, month, dayOfYear) = (year + 1, 1, 1) }
        }
        #expect(wrong.isEmpty)
        #expect(number == CivilDate(year: 2101, month: 1, day: 1)!.daysSinceEpoch)
    }

    private func slowLength(_ month: Int, _ year: Int) -> Int {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    @Test func `days are the same as Foundation's`() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        var random = SeededNumbers(seed: 1)
        for _ in 0..<2_000 {
            let number = random.int(-20_000...60_000)
            let instant = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekOfYear, .yearForWeekOfYear], from: instant)
            let date = CivilDate(daysSinceEpoch: number)
            #expect([date.year, date.month, date.day] == [parts.year, parts.month, parts.day])
            #expect(
                [date.isoWeek.year, date.isoWeek.number]
                    == [parts.yearForWeekOfYear, parts.weekOfYear])
        }
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 2, "2026-03-31"), ("2026-01-31", -1, "2025-12-31"),
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-15", -15, "2024-12-15"), ("2026-12-01", 1, "2027-01-01"),
    ])
    func `months keep their day and clamp at the end`(from: String, months: Int, to: String) {
        #expect(day(from).adding(months: months) == day(to))
    }

    @Test(arguments: [
        ("2026-01-01", 2026, 1), ("2021-01-03", 2020, 53), ("2024-12-30", 2025, 1),
        ("2026-12-31", 2026, 53), ("2027-01-03", 2026, 53), ("2026-11-24", 2026, 48),
    ])
    func `weeks are numbered as ISO 8601 has it`(date: String, year: Int, number: Int) {
        #expect(day(date).isoWeek == ISOWeek(year: year, number: number))
    }

    @Test(arguments: [
        "", "2026", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
        "0000-01-01", "26-01-01", "2026-01-01 ", "2026/01/01", "٢٠٢٦-01-01", "+026-01-01",
        "2026-01-011",
    ])
    func `what is no date is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `arithmetic stops at the ends of the calendar`() {
        for days in [3_000_000, 4_000_000, Int.max] {
            #expect(day("2026-01-01").adding(days: days) == .latest)
            #expect(day("2026-01-01").adding(days: -days) == .earliest)
        }
        for months in [100_000, Int.max] {
            #expect(day("2026-01-01").adding(months: months) == .latest)
            #expect(day("2026-01-01").adding(months: -months) == .earliest)
        }
        #expect(day("9999-12-30").adding(days: 1) == .latest)
        #expect(day("0001-01-02").adding(days: -1) == .earliest)
        #expect(day("9998-12-31").adding(months: 12) == .latest)
        #expect(CivilDate.latest.weekday == 5 && CivilDate.earliest.weekday == 1)
    }

    @Test func `dates go through JSON as text`() throws {
        let data = try JSONEncoder().encode([day("2026-11-24")])
        #expect(String(decoding: data, as: UTF8.self) == #"["2026-11-24"]"#)
        #expect(try JSONDecoder().decode([CivilDate].self, from: data) == [day("2026-11-24")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
    }

    @Test func `a period counts both its ends`() {
        let february = DatePeriod(start: day("2024-02-01"), end: day("2024-02-29"))
        #expect(february.dayCount == 29)
        #expect(february.contains(day("2024-02-29")) && !february.contains(day("2024-03-01")))
        #expect(DatePeriod(start: day("2024-02-02"), end: day("2024-02-01")).dayCount == 0)
    }
}
