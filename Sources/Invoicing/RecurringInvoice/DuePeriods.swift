/// Decides which periods of a recurring invoice are due.
///
/// A period is due from its date minus the preparation days, by the tenant's own calendar. It has
/// been *missed* if it has begun and a newer one has too; the catch-up policy is about those, and
/// a period prepared ahead of its date is never one. Preparation days below zero invoice a period
/// that many days after its date.
package enum DuePeriods {
    /// The most periods that may have begun without an invoice before a person is asked.
    ///
    /// Three years of months: a longer backlog is a mistyped anchor more often than an outage, and
    /// a customer who gets a hundred invoices at once is not got back.
    package static let backlogMax = 36

    /// The most periods that one decision goes through, so that an agreement by the day that was
    /// paused for years is worked off over some nights rather than in one transaction.
    package static let stepsMax = 1_000

    /// What is due on the tenant's day; at most `catchUpMax` invoices, and at least one.
    package static func decide(
        _ agreement: RecurringInvoice, today: CivilDate, catchUpMax: Int
    ) -> DueDecision {
        let first = max(agreement.nextPeriodNumber, 1)
        let horizon = today.adding(days: agreement.preparationDays)
        guard let newest = agreement.lastPeriod(onOrBefore: horizon), newest >= first else {
            return agreement.decision(next: first)
        }
        let latestBegun = agreement.latestBillable(onOrBefore: min(today, horizon))
        let steps = first...min(newest, first + stepsMax - 1)
        let backlog = steps.count { $0 <= latestBegun && agreement.isBillable($0) }
        switch agreement.catchUpPolicy {
        case .eachPeriod where backlog > backlogMax, .ask where backlog > 1:
            return agreement.undecided(backlog: backlog, from: first)
        case .latestOnly:
            return agreement.take(
                steps, passingOverThoseBefore: latestBegun, today: today, invoicesMax: catchUpMax)
        case .eachPeriod, .ask:
            return agreement.take(
                steps, passingOverThoseBefore: 0, today: today, invoicesMax: catchUpMax)
        }
    }
}

extension RecurringInvoice {
    /// Goes through the periods in order until one has to wait or the invoices are enough.
    fileprivate func take(
        _ steps: ClosedRange<Int>, passingOverThoseBefore latest: Int, today: CivilDate,
        invoicesMax: Int
    ) -> DueDecision {
        var due: [DuePeriod] = []
        var skipped: [SkippedPeriod] = []
        for number in steps {
            let date = recurrence.date(ofPeriod: number)
            if isPaused(inPeriod: number) {
                guard mayPassOver(date, today: today) else { break }
                skipped.append(SkippedPeriod(number: number, date: date, reason: .paused))
            } else if isBrokenAndFree(number) {
                skipped.append(SkippedPeriod(number: number, date: date, reason: .broken))
            } else if number < latest {
                skipped.append(SkippedPeriod(number: number, date: date, reason: .superseded))
            } else {
                guard due.count < max(invoicesMax, 1) else { break }
                due.append(period(number))
            }
        }
        return decision(
            due: due, skipped: skipped, next: steps.lowerBound + due.count + skipped.count)
    }

    /// A pause without an end may be over before the period begins, so the period waits till then;
    /// one with an end is taken at its word.
    private func mayPassOver(_ date: CivilDate, today: CivilDate) -> Bool {
        pause?.until != nil || date <= today
    }

    fileprivate func isBillable(_ number: Int) -> Bool {
        !isPaused(inPeriod: number) && !isBrokenAndFree(number)
    }

    fileprivate func isPaused(inPeriod number: Int) -> Bool {
        pause?.contains(recurrence.date(ofPeriod: number)) ?? false
    }

    /// The last period that begins by the day and within the agreement; nil for none.
    fileprivate func lastPeriod(onOrBefore day: CivilDate) -> Int? {
        let last = recurrence.period(containing: min(day, endDate ?? day))
        return last.map { min($0, periodCountMax ?? $0) }
    }

    /// The newest period that has begun outside a pause, 0 for none.
    fileprivate func latestBillable(onOrBefore today: CivilDate) -> Int {
        guard let last = lastPeriod(onOrBefore: today), !isBrokenAndFree(last) else { return 0 }
        guard let pause, isPaused(inPeriod: last) else { return last }
        return lastPeriod(onOrBefore: pause.from.adding(days: -1)) ?? 0
    }

    fileprivate func decision(
        due: [DuePeriod] = [], skipped: [SkippedPeriod] = [], faults: [Fault] = [], next: Int
    ) -> DueDecision {
        let date = recurrence.date(ofPeriod: next)
        let isOver = endDate.map { date > $0 } ?? false || periodCountMax.map { next > $0 } ?? false
        return DueDecision(
            due: due, skipped: skipped, faults: faults, nextPeriodNumber: next,
            nextDate: isOver ? nil : date)
    }

    fileprivate func undecided(backlog: Int, from first: Int) -> DueDecision {
        let span = "\(recurrence.date(ofPeriod: first))"
        return decision(
            faults: [
                Fault(
                    .catchUpNeedsDecision,
                    "agreement \(number): \(backlog) periods not invoiced since \(span);"
                        + " choose each period, latest only, or a later next period")
            ],
            next: first)
    }
}
