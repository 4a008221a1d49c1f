import Foundation
import TestSupport
import Testing

@testable import Invoicing

@Suite struct RecurrenceTests {
    @Test(arguments: [
        (Interval.monthly, "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (.monthly, "2024-01-30", ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30"]),
        (.monthly, "2026-01-28", ["2026-01-28", "2026-02-28", "2026-03-28", "2026-04-28"]),
        (
            .yearly, "2024-02-29",
            ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]
        ),
        (.quarterly, "2025-11-30", ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30"]),
        (.weekly, "2026-12-28", ["2026-12-28", "2027-01-04", "2027-01-11"]),
        (.daily, "2024-02-28", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        (Interval(2, .month)!, "2025-12-31", ["2025-12-31", "2026-02-28", "2026-04-30"]),
        (Interval(10, .day)!, "2026-02-20", ["2026-02-20", "2026-03-02"]),
        (Interval(2, .year)!, "2024-02-29", ["2024-02-29", "2026-02-28", "2028-02-29"]),
    ])
    func `periods are counted from the anchor`(
        interval: Interval, anchor: String, dates: [String]
    ) {
        let recurrence = Recurrence(anchor: day(anchor), interval: interval)
        #expect((1...dates.count).map { "\(recurrence.date(ofPeriod: $0))" } == dates)
    }

    @Test func `spans join without gap or overlap`() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<20_000 {
            let recurrence = randomRecurrence(&random)
            let number = random.int(1...200)
            let span = recurrence.span(ofPeriod: number)
            #expect(span.start == recurrence.date(ofPeriod: number))
            #expect(span.end.adding(days: 1) == recurrence.date(ofPeriod: number + 1))
            #expect(span.start <= span.end)
        }
    }

    @Test func `a day's period is the one that a slow search finds`() {
        var random = SeededNumbers(seed: 3)
        for _ in 0..<100_000 {
            let recurrence = randomRecurrence(&random)
            let date = recurrence.anchor.adding(days: random.int(-400...4_000))
            let guess = recurrence.period(containing: date)
            if let guess {
                #expect(recurrence.span(ofPeriod: guess).contains(date))
            } else {
                #expect(date < recurrence.anchor)
            }
            let first = recurrence.firstPeriod(onOrAfter: date)
            #expect(recurrence.date(ofPeriod: first) >= date)
            #expect(first == 1 || recurrence.date(ofPeriod: first - 1) < date)
        }
    }

    private func randomRecurrence(_ random: inout SeededNumbers) -> Recurrence {
        let units = Interval.Unit.allCases
        let unit = units[random.int(0...units.count - 1)]
        return Recurrence(
            anchor: CivilDate(daysSinceEpoch: random.int(0...40_000)),
            interval: Interval(random.int(1...13), unit) ?? .monthly)
    }

    @Test func `absurd numbers stop at the end of the calendar`() {
        let recurrence = Recurrence(anchor: day("2026-01-31"), interval: Interval(1_000, .year)!)
        #expect(recurrence.date(ofPeriod: Int.max) == .latest)
        #expect(recurrence.date(ofPeriod: Int.min) == day("2026-01-31"))
        let span = recurrence.span(ofPeriod: Int.max)
        #expect(span == DatePeriod(start: .latest, end: .latest))
    }

    @Test func `an interval counts from 1 to 1000`() throws {
        #expect(Interval(0, .day) == nil && Interval(-1, .day) == nil)
        #expect(Interval(1_001, .day) == nil && Interval(1_000, .day) != nil)
        let data = try JSONEncoder().encode(Interval(3, .month))
        #expect(try JSONDecoder().decode(Interval.self, from: data) == Interval(3, .month))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                Interval.self, from: Data(#"{"unit":"month","count":0}"#.utf8))
        }
    }
}
