/// What is charged of the first period where the agreement starts in the middle of it.
package enum FirstPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The whole price.
    case full
    /// The part that its days are of the period's.
    case byDays = "days"
    /// Nothing: the next period is the first that is invoiced.
    case next
}

/// What is charged of the last period where the agreement ends in the middle of it.
package enum LastPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The whole price, of the whole period: the end says only when no new period begins.
    case full
    /// The part that its days, to the end of the agreement, are of the period's.
    case byDays = "days"
}

/// The part of a period that is charged: so many of its days.
package struct PeriodShare: Hashable, Codable, Sendable {
    /// The days that are charged; 1 or more, and fewer than `dayCount`.
    package let days: Int
    /// The days of the whole period, by the calendar.
    package let dayCount: Int

    /// The part, or nil where it is nothing or the whole.
    package init?(_ days: Int, of dayCount: Int) {
        guard 0 < days, days < dayCount else { return nil }
        self.days = days
        self.dayCount = dayCount
    }

    /// The part of an amount, rounded once to hundredths, half away from zero.
    package func of(_ amount: Money) -> Money {
        Money(
            hundredths: roundedQuotient(Int128(amount.hundredths) * Int128(days), Int128(dayCount)))
    }
}

extension RecurringInvoice {
    /// The period as it is invoiced: the days that are delivered, and the part that is charged.
    package func period(_ number: Int) -> DuePeriod {
        let whole = recurrence.wholeSpan(ofPeriod: number)
        var span = recurrence.span(ofPeriod: number)
        if lastPeriodPolicy == .byDays, let endDate, span.contains(endDate) { span.end = endDate }
        var charged = span
        if firstPeriodPolicy == .full { charged.start = whole.start }
        return DuePeriod(
            number: number, date: span.start, span: span,
            share: PeriodShare(charged.dayCount, of: whole.dayCount))
    }

    /// Whether the period is begun in its middle and, by the agreement, not charged at all.
    func isBrokenAndFree(_ number: Int) -> Bool {
        firstPeriodPolicy == .next && number == recurrence.firstNumber
            && recurrence.span(ofPeriod: number) != recurrence.wholeSpan(ofPeriod: number)
    }

    /// The last day that is dealt with once all periods before this one are; nil where none is.
    package func lastDay(before number: Int) -> CivilDate? {
        number > nextPeriodNumber ? period(number - 1).span.end : nil
    }
}
