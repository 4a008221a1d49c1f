/// Decides which periods of a recurring invoice are due.
///
/// A period is due according to its `Billing`, by the tenant's calendar. It was *missed* if a newer
/// one is due as well; the catch-up policy is for those, and a period prepared ahead of its date is
/// never one. A person's decision overrides the policy.
package enum DuePeriods {
    /// The most periods that may have begun without an invoice before a person is asked.
    ///
    /// Three years of months: a longer backlog is more often a mistyped anchor than an outage, and
    /// a customer who receives a hundred invoices at once is lost.
    package static let backlogMax = 36

    /// The most periods that one decision handles, so that a daily agreement that was paused for
    /// years is worked off over several nights rather than in one transaction.
    package static let stepsMax = 1_000

    /// What is due on the tenant's day; at most `catchUpMax` invoices, which counts as at least
    /// one.
    package static func decide(
        _ agreement: RecurringInvoice, today: CivilDate, catchUpMax: Int
    ) -> DueDecision {
        let first = max(agreement.nextPeriodNumber, 1)
        guard let newest = agreement.newestDue(on: today), newest >= first else {
            return DueDecision(nextPeriodNumber: first)
        }
        let latest = agreement.latestBillable(on: today)
        let steps = first...min(newest, first + stepsMax - 1)
        let backlog = steps.count { $0 <= latest && agreement.isUndecided($0) }
        switch agreement.catchUpPolicy {
        case .eachPeriod where backlog > backlogMax, .ask where backlog > 1:
            return agreement.undecided(backlog: backlog, from: first, today: today)
        case .latestOnly:
            return agreement.dueDecision(
                over: steps, passingOverThoseBefore: latest, today: today, invoicesMax: catchUpMax)
        case .eachPeriod, .ask:
            return agreement.dueDecision(
                over: steps, passingOverThoseBefore: 0, today: today, invoicesMax: catchUpMax)
        }
    }
}

extension RecurringInvoice {
    /// Goes through the periods in order until one has to wait or there are enough invoices.
    fileprivate func dueDecision(
        over steps: ClosedRange<Int>, passingOverThoseBefore latest: Int, today: CivilDate,
        invoicesMax: Int
    ) -> DueDecision {
        var due: [DuePeriod] = []
        var skipped: [SkippedPeriod] = []
        for number in steps {
            let date = recurrence.date(ofPeriod: number)
            if decision.isPassedOver(date) {
                skipped.append(SkippedPeriod(number: number, date: date, reason: .byHand))
            } else if isPaused(inPeriod: number) {
                guard mayPassOver(date, today: today) else { break }
                skipped.append(SkippedPeriod(number: number, date: date, reason: .paused))
            } else if isBrokenAndFree(number) {
                skipped.append(SkippedPeriod(number: number, date: date, reason: .broken))
            } else if number < latest, !decision.isToBeInvoiced(date) {
                skipped.append(SkippedPeriod(number: number, date: date, reason: .superseded))
            } else {
                guard due.count < max(invoicesMax, 1) else { break }
                due.append(period(number))
            }
        }
        return DueDecision(
            due: due, skipped: skipped,
            nextPeriodNumber: steps.lowerBound + due.count + skipped.count)
    }

    /// An open-ended pause may have ended before the period begins, so the period waits until then;
    /// one with an end is taken as it is.
    private func mayPassOver(_ date: CivilDate, today: CivilDate) -> Bool {
        pause?.until != nil || date <= today
    }

    /// Whether a missed period would be invoiced without a person's decision.
    fileprivate func isUndecided(_ number: Int) -> Bool {
        let date = recurrence.date(ofPeriod: number)
        return !isPaused(inPeriod: number) && !isBrokenAndFree(number)
            && !decision.isPassedOver(date) && !decision.isToBeInvoiced(date)
    }

    fileprivate func isPaused(inPeriod number: Int) -> Bool {
        pause?.contains(recurrence.date(ofPeriod: number)) ?? false
    }

    /// The newest period that was missed outside a pause; 0 for none.
    fileprivate func latestBillable(on today: CivilDate) -> Int {
        guard let last = newestMissed(on: today), !isBrokenAndFree(last) else { return 0 }
        guard let pause, isPaused(inPeriod: last) else { return last }
        return lastPeriod(onOrBefore: pause.from.adding(days: -1)) ?? 0
    }

    fileprivate func undecided(backlog: Int, from first: Int, today: CivilDate) -> DueDecision {
        DueDecision(
            faults: [
                AgreementTexts.undecided(
                    number, backlog: backlog, since: recurrence.date(ofPeriod: first), today: today)
            ],
            nextPeriodNumber: first)
    }
}

/// Which periods of an agreement are invoiced now, and which one is next.
package struct DueDecision: Hashable, Sendable {
    /// The periods to invoice, oldest first.
    package var due: [DuePeriod]
    /// The periods that are skipped for good, to be recorded; oldest first.
    package var skipped: [SkippedPeriod]
    /// Why nothing was decided, where a person has to decide.
    package var faults: [Fault]
    /// The first period that remains once `due` and `skipped` are recorded.
    package var nextPeriodNumber: Int

    package init(
        due: [DuePeriod] = [], skipped: [SkippedPeriod] = [], faults: [Fault] = [],
        nextPeriodNumber: Int
    ) {
        self.due = due
        self.skipped = skipped
        self.faults = faults
        self.nextPeriodNumber = nextPeriodNumber
    }
}

/// A period to invoice.
package struct DuePeriod: Hashable, Codable, Sendable {
    /// Its number within the agreement.
    package var number: Int
    /// The day on which it begins.
    package var date: CivilDate
    /// The days that are delivered.
    package var span: DatePeriod
    /// The part of the price that is charged; nil for the full price.
    package var share: PeriodShare?

    package init(
        number: Int, date: CivilDate, span: DatePeriod, share: PeriodShare? = nil
    ) {
        self.number = number
        self.date = date
        self.span = span
        self.share = share
    }
}

/// A period that is never invoiced.
package struct SkippedPeriod: Hashable, Codable, Sendable {
    /// Its number within the agreement.
    package var number: Int
    /// The day on which it would have begun.
    package var date: CivilDate
    package var reason: SkipReason

    package init(number: Int, date: CivilDate, reason: SkipReason) {
        self.number = number
        self.date = date
        self.reason = reason
    }
}

/// Why a period is never invoiced.
package enum SkipReason: String, Codable, Sendable, CaseIterable {
    /// It began during a pause of the agreement.
    case paused
    /// A newer period was missed too, and the policy is to invoice only the latest.
    case superseded
    /// The agreement began in the middle of it, and is charged from the next period on.
    case broken
    /// A person decided so.
    case byHand = "by_hand"
}
