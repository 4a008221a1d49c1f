import Invoicing
import Testing

struct HolidaysTests {
    /// Easter Sundays as the almanac has them, the earliest and the latest possible among them.
    @Test(arguments: [
        "1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22",
    ])
    func `Easter falls where the almanac has it`(_ text: String) throws {
        let day = try #require(CivilDate(text))
        #expect(Holidays.easter(of: day.year) == day)
        #expect(day.weekday == 7)
    }

    @Test func `2026 has its public holidays`() throws {
        let year = (0..<365).map { CivilDate(daysSinceEpoch: 20_454 + $0) }
        #expect(year.first?.description == "2026-01-01")
        #expect(
            year.filter(Holidays.isNorwegian).map(\.description) == [
                "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01",
                "2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
            ])
    }
}
