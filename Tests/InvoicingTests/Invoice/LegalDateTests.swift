import Testing

@testable import Invoicing

@Suite struct LegalDateTests {
    @Test(arguments: [
        // Made when it was planned: today.
        ("2026-10-01", "2026-10-01", "2026-10-31", "2026-10-01"),
        // Late within its own month: today.
        ("2026-10-12", "2026-10-01", "2026-10-31", "2026-10-12"),
        // Late, over the turn of the month, and delivered by then: its last day, until the 15th.
        ("2026-10-01", "2026-09-30", "2026-09-30", "2026-09-30"),
        ("2026-10-15", "2026-09-01", "2026-09-30", "2026-09-30"),
        ("2026-10-16", "2026-09-01", "2026-09-30", "2026-10-16"),
        // Not all of it is delivered: today.
        ("2026-10-02", "2026-09-15", "2026-10-14", "2026-10-02"),
        // In arrears, and planned for this month: today.
        ("2026-10-03", "2026-10-01", "2026-09-30", "2026-10-03"),
        // Months late: never further back than the month before.
        ("2026-10-02", "2026-06-01", "2026-06-30", "2026-09-30"),
        // Over the turn of the year, and a leap day.
        ("2027-01-10", "2026-12-01", "2026-12-31", "2026-12-31"),
        ("2028-03-01", "2028-02-01", "2028-02-29", "2028-02-29"),
    ])
    func `a late invoice carries the date that the law allows`(
        made: String, planned: String, delivered: String, expected: String
    ) {
        #expect(
            LegalDate.issueDate(
                made: day(made), planned: day(planned), delivered: day(delivered))
                == day(expected))
    }

    @Test(arguments: [
        ("2026-10-30", "2026-09-30", false), ("2026-10-31", "2026-09-30", true),
        ("2026-02-28", "2026-01-31", false), ("2026-03-01", "2026-01-31", true),
    ])
    func `a month after the delivery is the last day`(
        made: String, delivered: String, expected: Bool
    ) {
        #expect(LegalDate.isOverdue(made: day(made), delivered: day(delivered)) == expected)
    }

    @Test(arguments: [
        // A year that is invoiced a month ahead; a day more than a year; a year that is over.
        ("2026-12-01", "2027-01-01", "2027-12-31", false),
        ("2026-12-01", "2027-01-01", "2028-01-01", true),
        ("2029-01-01", "2027-01-01", "2028-12-31", false),
        // A month that begins a year later, and more.
        ("2026-01-15", "2027-01-15", "2027-02-14", false),
        ("2026-01-15", "2027-01-16", "2027-02-15", true),
        ("2024-02-29", "2025-02-28", "2025-03-27", false),
    ])
    func `more than a year ahead is too far`(
        made: String, start: String, end: String, isTooFar: Bool
    ) {
        let period = DatePeriod(start: day(start), end: day(end))
        #expect(LegalDate.isTooFarAhead(made: day(made), delivered: period) == isTooFar)
    }
}
