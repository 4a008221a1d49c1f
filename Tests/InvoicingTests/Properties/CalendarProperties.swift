import TestSupport
import Testing

@testable import Invoicing

/// Agreements over many nights, held against one that goes by the days.
@Suite struct CalendarProperties {
    private static let calendar = PlainCalendar(years: 42)
    /// 1 January 2024.
    private static let begin = calendar.position(day("2024-01-01"))

    @Test func `nights make what going through the days makes`() {
        RandomCases.check(1_000) { random in
            var agreement = Self.agreement(&random)
            var today = Self.begin + random.int(-50...400)
            for installation in 1...14 {
                let catchUpMax = random.int(1...15)
                let plain = PlainNight(
                    calendar: Self.calendar, agreement: agreement, today: today
                ).outcome(catchUpMax: catchUpMax)
                let real = Self.outcome(
                    agreement, today: Self.calendar.civil(today), catchUpMax: catchUpMax)
                if let difference = String.difference(
                    "night \(installation), \(Self.calendar.civil(today)), \(agreement)",
                    plain: plain,
                    real: real)
                {
                    return difference
                }
                Self.moveOn(&agreement, real)
                if random.isOnce(in: 4) { Self.change(&agreement, &random) }
                today += random.element([1, 1, 7, 31, 120, random.int(1...400)])
            }
            return nil
        }
    }

    private static func outcome(
        _ agreement: RecurringInvoice, today: CivilDate, catchUpMax: Int
    ) -> PlainNight.Outcome {
        let decision = DuePeriods.decide(agreement, today: today, catchUpMax: catchUpMax)
        return PlainNight.Outcome(
            invoiced: decision.due.map { period in
                let share = period.share.map { "\($0.days)/\($0.dayCount)" } ?? "all"
                return "\(period.number) \(period.span.start)–\(period.span.end) \(share)"
            },
            passedOver: decision.skipped.map { "\($0.number) \($0.date) \($0.reason)" },
            isAsking: !decision.faults.isEmpty, next: decision.nextPeriodNumber,
            through: agreement.lastDay(before: decision.nextPeriodNumber))
    }

    /// As the row is read on the next night.
    private static func moveOn(
        _ agreement: inout RecurringInvoice, _ installation: PlainNight.Outcome
    ) {
        guard let through = installation.through else { return }
        agreement.nextPeriodNumber = installation.next
        agreement.recurrence.firstNumber = installation.next
        agreement.recurrence.start = through.adding(days: 1)
        agreement.firstPeriodPolicy = .byDays
    }

    private static func agreement(_ random: inout SeededNumbers) -> RecurringInvoice {
        let anchor = calendar.civil(begin + random.int(0...200))
        let first = Recurrence(anchor: anchor, interval: interval(&random))
        let whole = first.span(ofPeriod: 1)
        var recurrence = first
        if random.isOnce(in: 2) {
            recurrence.start = whole.start.adding(days: random.int(0...whole.dayCount - 1))
        }
        var agreement = RecurringInvoice(
            number: "A", recurrence: recurrence,
            billing: random.isOnce(in: 3)
                ? .arrears(daysAfter: random.int(0...40))
                : .advance(daysBefore: random.element([0, 0, 14, random.int(0...366)])),
            firstPeriodPolicy: random.element(FirstPeriodPolicy.allCases),
            lastPeriodPolicy: random.element(LastPeriodPolicy.allCases),
            catchUpPolicy: random.element(CatchUpPolicy.allCases), lines: [])
        if random.isOnce(in: 3) { agreement.endDate = somewhere(after: anchor, &random) }
        if random.isOnce(in: 4) { agreement.periodCountMax = random.int(1...20) }
        return agreement
    }

    private static func somewhere(
        after date: CivilDate, _ random: inout SeededNumbers
    ) -> CivilDate {
        date.adding(days: random.int(0...700))
    }

    private static func interval(_ random: inout SeededNumbers) -> Interval {
        Interval(random.element([1, 1, 1, 2, 5]), random.element(Interval.Unit.allCases))
            ?? .monthly
    }

    /// What a user may do to a running agreement.
    private static func change(_ agreement: inout RecurringInvoice, _ random: inout SeededNumbers) {
        let now = agreement.recurrence.start ?? agreement.recurrence.anchor
        switch random.int(0...6) {
        case 0: agreement.endDate = random.isOnce(in: 2) ? nil : somewhere(after: now, &random)
        case 1: agreement.periodCountMax = random.isOnce(in: 2) ? nil : random.int(1...60)
        case 2:
            let from = somewhere(after: now, &random)
            agreement.pause = Pause(
                from: from, until: random.isOnce(in: 3) ? nil : somewhere(after: from, &random))
        case 3: agreement.recurrence.interval = interval(&random)
        case 4 where agreement.nextPeriodNumber > 1:
            agreement.recurrence.anchor = now.adding(days: random.int(-300...300))
        case 5: agreement.decision.skipBefore = somewhere(after: now, &random)
        default: agreement.decision.catchUpThrough = somewhere(after: now, &random)
        }
    }
}
