/// When a period is invoiced, beside its delivery.
package enum Billing: Hashable, Codable, Sendable {
    /// Ahead: so many days before the period begins.
    case advance(daysBefore: Int)
    /// Afterwards: so many days later than the day after the period's last.
    case arrears(daysAfter: Int)
}

extension RecurringInvoice {
    /// The day from which the invoice of a period is due to be made.
    package func dueDay(of period: DuePeriod) -> CivilDate {
        switch billing {
        case .advance(let days): period.date.adding(days: -days)
        case .arrears(let days): period.span.end.adding(days: 1 + days)
        }
    }

    /// The newest period that is due on the day; nil, or less than the first, for none.
    func newestDue(on today: CivilDate) -> Int? {
        switch billing {
        case .advance(let days):
            return lastPeriod(onOrBefore: today.adding(days: days))
        case .arrears(let days):
            let delivered = today.adding(days: -1 - days)
            return lastPeriod(onOrBefore: delivered)
                .map { period($0).span.end <= delivered ? $0 : $0 - 1 }
        }
    }

    /// The newest that is due by its delivery, and not only prepared ahead of it; nil for none.
    func newestMissed(on today: CivilDate) -> Int? {
        switch billing {
        case .advance(let days): lastPeriod(onOrBefore: today.adding(days: min(days, 0)))
        case .arrears: newestDue(on: today)
        }
    }

    /// The last period that begins by the day and within the agreement; nil for none.
    func lastPeriod(onOrBefore day: CivilDate) -> Int? {
        let last = recurrence.period(containing: min(day, endDate ?? day))
        return last.map { min($0, periodCountMax ?? $0) }
    }
}
