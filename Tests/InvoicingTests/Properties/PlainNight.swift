@testable import Invoicing

/// What a night makes of an agreement, by going through the days one by one.
struct PlainNight {
    let calendar: PlainCalendar
    let agreement: RecurringInvoice
    let today: Int

    struct Outcome: Equatable, CustomStringConvertible {
        var invoiced: [String] = []
        var passedOver: [String] = []
        var isAsking = false
        var next: Int
        /// The last day that is dealt with; nil where nothing was.
        var through: CivilDate?

        var description: String {
            "invoiced \(invoiced), passed over \(passedOver), asking \(isAsking), next \(next),"
                + " through \(through.map { "\($0)" } ?? "-")"
        }
    }

    private struct Period {
        var number: Int
        var start: Int
        var end: Int
        var share: String
        var isFree: Bool
    }

    func outcome(catchUpMax: Int) -> Outcome {
        let all = due()
        let periods = all.prefix(DuePeriods.stepsMax)
        let billable = all.filter { isMissed($0) && !isPaused($0) && !$0.isFree }
        let open = periods.filter {
            isMissed($0) && !isPaused($0) && !$0.isFree && !isSkipped($0) && !isDecided($0)
        }
        var outcome = Outcome(next: agreement.nextPeriodNumber)
        let limit: Int? =
            switch agreement.catchUpPolicy {
            case .eachPeriod: 36
            case .ask: 1
            case .latestOnly: nil
            }
        if let limit, open.count > limit {
            outcome.isAsking = true
            return outcome
        }
        let latest = agreement.catchUpPolicy == .latestOnly ? billable.last?.number ?? 0 : 0
        for period in periods {
            let name = "\(period.number) \(calendar.civil(period.start))"
            if isSkipped(period) {
                outcome.passedOver.append("\(name) byHand")
            } else if isPaused(period) {
                if agreement.pause?.until == nil, period.start > today { break }
                outcome.passedOver.append("\(name) paused")
            } else if period.isFree {
                outcome.passedOver.append("\(name) broken")
            } else if period.number < latest, !isDecided(period) {
                outcome.passedOver.append("\(name) superseded")
            } else {
                if outcome.invoiced.count == catchUpMax { break }
                outcome.invoiced.append("\(name)–\(calendar.civil(period.end)) \(period.share)")
            }
            outcome.next = period.number + 1
            outcome.through = calendar.civil(period.end)
        }
        return outcome
    }

    private var isArrears: Bool {
        if case .arrears = agreement.billing { true } else { false }
    }

    private func isMissed(_ period: Period) -> Bool {
        isArrears || period.start <= today
    }

    private func isPaused(_ period: Period) -> Bool {
        guard let pause = agreement.pause else { return false }
        let until = pause.until.map(calendar.position) ?? .max
        return period.start >= calendar.position(pause.from) && period.start <= until
    }

    private func isSkipped(_ period: Period) -> Bool {
        agreement.decision.skipBefore.map { period.start < calendar.position($0) } ?? false
    }

    private func isDecided(_ period: Period) -> Bool {
        agreement.decision.catchUpThrough.map { period.start <= calendar.position($0) } ?? false
    }

    /// The periods that are left and due, the oldest first.
    private func due() -> [Period] {
        var periods: [Period] = []
        let recurrence = agreement.recurrence
        var start = calendar.position(recurrence.start ?? recurrence.anchor)
        var number = agreement.nextPeriodNumber
        while number <= agreement.periodCountMax ?? .max,
            agreement.endDate.map({ start <= calendar.position($0) }) ?? true,
            start <= today + 366
        {
            let period = period(number, from: start)
            let day =
                switch agreement.billing {
                case .advance(let days): start - days
                case .arrears(let days): period.end + 1 + days
                }
            guard day <= today else { return periods }
            periods.append(period)
            start = wholeEnd(from: start) + 1
            number += 1
        }
        return periods
    }

    private func isBoundary(_ position: Int) -> Bool {
        calendar.isBoundary(
            position, anchor: calendar.position(agreement.recurrence.anchor),
            interval: agreement.recurrence.interval)
    }

    private func wholeEnd(from start: Int) -> Int {
        var end = start
        while !isBoundary(end + 1) { end += 1 }
        return end
    }

    private func period(_ number: Int, from start: Int) -> Period {
        var wholeStart = start
        while !isBoundary(wholeStart) { wholeStart -= 1 }
        let wholeEnd = wholeEnd(from: start)
        var end = wholeEnd
        if agreement.lastPeriodPolicy == .byDays, let last = agreement.endDate {
            end = min(end, max(start, calendar.position(last)))
        }
        let charged = end - (agreement.firstPeriodPolicy == .full ? wholeStart : start) + 1
        let all = wholeEnd - wholeStart + 1
        return Period(
            number: number, start: start, end: end,
            share: charged == all ? "all" : "\(charged)/\(all)",
            isFree: agreement.firstPeriodPolicy == .next && start != wholeStart)
    }
}
