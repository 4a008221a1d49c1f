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
