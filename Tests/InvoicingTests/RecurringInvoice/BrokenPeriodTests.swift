import Testing

@testable import Invoicing

/// Agreements that begin or end in the middle of a period.
struct BrokenPeriodTests {
    struct Case: CustomTestStringConvertible {
        var anchor = "2026-01-01"
        var interval = Interval.monthly
        var start: String?
        var end: String?
        var first = FirstPeriodPolicy.full
        var last = LastPeriodPolicy.full
        let period: Int
        let span: String
        let share: String

        var testDescription: String { "\(span) \(share)" }
    }

    static let cases = [
        // March of 31 days, begun on the 17th: 15 of them are left.
        Case(
            anchor: "2026-03-01", start: "2026-03-17", first: .byDays, period: 1,
            span: "2026-03-17 2026-03-31", share: "15/31"),
        Case(
            anchor: "2026-03-01", start: "2026-03-17", first: .full, period: 1,
            span: "2026-03-17 2026-03-31", share: "all"),
        Case(
            anchor: "2026-03-01", start: "2026-03-17", first: .byDays, period: 2,
            span: "2026-04-01 2026-04-30", share: "all"),
        Case(
            anchor: "2026-03-01", start: "2026-03-01", first: .byDays, period: 1,
            span: "2026-03-01 2026-03-31", share: "all"),
        // February of a leap year and of another; a quarter; a year; two weeks.
        Case(
            anchor: "2028-02-01", start: "2028-02-29", first: .byDays, period: 1,
            span: "2028-02-29 2028-02-29", share: "1/29"),
        Case(
            anchor: "2026-02-01", start: "2026-02-15", first: .byDays, period: 1,
            span: "2026-02-15 2026-02-28", share: "14/28"),
        Case(
            interval: .quarterly, start: "2026-02-17", first: .byDays, period: 1,
            span: "2026-02-17 2026-03-31", share: "43/90"),
        Case(
            interval: .yearly, start: "2026-07-01", first: .byDays, period: 1,
            span: "2026-07-01 2026-12-31", share: "184/365"),
        Case(
            interval: Interval(2, .week) ?? .weekly, start: "2026-01-08", first: .byDays, period: 1,
            span: "2026-01-08 2026-01-14", share: "7/14"),
        // Periods that do not follow the months: from the 31st.
        Case(
            anchor: "2026-01-31", start: "2026-02-20", first: .byDays, period: 1,
            span: "2026-02-20 2026-02-27", share: "8/28"),
        // The last period.
        Case(
            end: "2026-03-10", last: .byDays, period: 3, span: "2026-03-01 2026-03-10",
            share: "10/31"),
        Case(end: "2026-03-10", period: 3, span: "2026-03-01 2026-03-31", share: "all"),
        Case(
            end: "2026-03-31", last: .byDays, period: 3, span: "2026-03-01 2026-03-31",
            share: "all"),
        Case(
            end: "2026-03-10", last: .byDays, period: 2, span: "2026-02-01 2026-02-28",
            share: "all"),
        // Begun and ended within one period, by each mix of the policies.
        Case(
            anchor: "2026-03-01", start: "2026-03-11", end: "2026-03-20", first: .byDays,
            last: .byDays, period: 1, span: "2026-03-11 2026-03-20", share: "10/31"),
        Case(
            anchor: "2026-03-01", start: "2026-03-11", end: "2026-03-20", first: .full,
            last: .byDays, period: 1, span: "2026-03-11 2026-03-20", share: "20/31"),
        Case(
            anchor: "2026-03-01", start: "2026-03-11", end: "2026-03-20", first: .byDays,
            last: .full, period: 1, span: "2026-03-11 2026-03-31", share: "21/31"),
        // The first period is the one that the start lies in, after the anchor or before it.
        Case(
            anchor: "2026-03-01", start: "2026-05-05", first: .byDays, period: 1,
            span: "2026-05-05 2026-05-31", share: "27/31"),
        Case(
            anchor: "2036-03-15", start: "2026-05-05", first: .byDays, period: 1,
            span: "2026-05-05 2026-05-14", share: "10/30"),
    ]

    private static func agreement(_ test: Case) -> RecurringInvoice {
        RecurringInvoice(
            number: "A-1",
            recurrence: Recurrence(
                anchor: day(test.anchor), interval: test.interval, start: test.start.map(day)),
            endDate: test.end.map(day), firstPeriodPolicy: test.first,
            lastPeriodPolicy: test.last, lines: [])
    }

    @Test(arguments: cases)
    func `a period has its true days and their part of the price`(test: Case) {
        let period = Self.agreement(test).period(test.period)
        #expect("\(period.span.start) \(period.span.end)" == test.span)
        #expect(period.share.map { "\($0.days)/\($0.dayCount)" } ?? "all" == test.share)
        #expect(period.date == period.span.start)
    }

    @Test(arguments: FirstPeriodPolicy.allCases)
    func `nothing is due before the agreement begins`(policy: FirstPeriodPolicy) {
        let agreement = Self.agreement(
            Case(
                anchor: "2026-03-01", start: "2026-03-17", first: policy, period: 1, span: "",
                share: ""))
        let early = DuePeriods.decide(agreement, today: day("2026-03-16"), catchUpMax: 12)
        #expect(early.due.isEmpty && early.skipped.isEmpty && early.nextPeriodNumber == 1)
        let decision = DuePeriods.decide(agreement, today: day("2026-04-01"), catchUpMax: 12)
        let isFree = policy == .next
        #expect(decision.due.map(\.number) == (isFree ? [2] : [1, 2]))
        #expect(
            decision.skipped
                == (isFree
                    ? [SkippedPeriod(number: 1, date: day("2026-03-17"), reason: .broken)] : []))
        #expect(decision.nextPeriodNumber == 3)
    }

    @Test func `a whole first period is charged whatever the policy`() {
        let agreement = Self.agreement(
            Case(anchor: "2026-03-01", first: .next, period: 1, span: "", share: ""))
        let decision = DuePeriods.decide(agreement, today: day("2026-03-01"), catchUpMax: 12)
        #expect(decision.due.map(\.number) == [1] && decision.skipped.isEmpty)
    }

    @Test func `a free first period is no backlog that somebody must decide about`() {
        var agreement = Self.agreement(
            Case(
                anchor: "2026-03-01", start: "2026-03-17", first: .next, period: 1, span: "",
                share: ""))
        agreement.catchUpPolicy = .ask
        let decision = DuePeriods.decide(agreement, today: day("2026-04-02"), catchUpMax: 12)
        #expect(decision.faults.isEmpty && decision.due.map(\.number) == [2])
    }

    @Test func `every period of a recurrence begins where the one before ended`() throws {
        let recurrence = Recurrence(
            anchor: day("2026-01-31"), interval: .monthly, start: day("2026-02-10"))
        for number in 1...24 {
            let span = recurrence.span(ofPeriod: number)
            #expect(recurrence.date(ofPeriod: number + 1) == span.end.adding(days: 1))
            #expect(recurrence.period(containing: span.start) == number)
            #expect(recurrence.period(containing: span.end) == number)
        }
        #expect(recurrence.period(containing: day("2026-02-09")) == nil)
        #expect(recurrence.firstPeriod(onOrAfter: day("2026-01-01")) == 1)
    }
}
