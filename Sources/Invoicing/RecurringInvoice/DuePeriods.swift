/// Decides which periods of a recurring invoice are due.
///
/// A period is due by its `Billing`, on the tenant's own calendar. It has been *missed* if a newer
/// one is due as well; the catch-up policy is about those, and a period prepared ahead of its date
/// is never one. What a person decided goes before the policy.
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
    /// Goes through the periods in order until one has to wait or the invoices are enough.
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

    /// A pause without an end may be over before the period begins, so the period waits till then;
    /// one with an end is taken at its word.
    private func mayPassOver(_ date: CivilDate, today: CivilDate) -> Bool {
        pause?.until != nil || date <= today
    }

    /// Whether a period that was missed would be invoiced without a person having said so.
    fileprivate func isUndecided(_ number: Int) -> Bool {
        let date = recurrence.date(ofPeriod: number)
        return !isPaused(inPeriod: number) && !isBrokenAndFree(number)
            && !decision.isPassedOver(date) && !decision.isToBeInvoiced(date)
    }

    fileprivate func isPaused(inPeriod number: Int) -> Bool {
        pause?.contains(recurrence.date(ofPeriod: number)) ?? false
    }

    /// The newest period that has been missed outside a pause, 0 for none.
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

/// Which periods of an agreement become invoices now, and which is the next.
package struct DueDecision: Hashable, Sendable {
    /// Those to be invoiced, the oldest first.
    package var due: [DuePeriod]
    /// Those that are passed over for good, to be recorded; the oldest first.
    package var skipped: [SkippedPeriod]
    /// Why nothing was decided, where a person has to.
    package var faults: [Fault]
    /// The first period that is left once `due` and `skipped` are recorded.
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

/// A period that is to be invoiced.
package struct DuePeriod: Hashable, Codable, Sendable {
    package var number: Int
    /// The day that it begins on.
    package var date: CivilDate
    /// The days that are delivered.
    package var span: DatePeriod
    /// The part of the price that is charged; nil for all of it.
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
    package var number: Int
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
    /// It began while the agreement was paused.
    case paused
    /// A newer period was missed too, and the policy is to invoice the latest only.
    case superseded
    /// The agreement began in the middle of it, and is charged from its next period on.
    case broken
    /// A person decided so.
    case byHand = "by_hand"
}
