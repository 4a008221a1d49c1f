/// A recurring invoice: the agreement that becomes an invoice each period.
package struct RecurringInvoice: Hashable, Codable, Sendable {
    /// The tenant's number for it.
    package var number: String
    /// When its periods begin: anchor and interval.
    package var recurrence: Recurrence
    /// The first period that is neither invoiced nor skipped; 1 for a new agreement.
    package var nextPeriodNumber: Int
    /// When the invoice of a period is created.
    package var billing: Billing
    /// The last day on which a period may begin and, where the last period is charged by days, the
    /// last day covered; nil for no end.
    package var endDate: CivilDate?
    package var firstPeriodPolicy: FirstPeriodPolicy
    package var lastPeriodPolicy: LastPeriodPolicy
    /// The total number of periods, skipped ones included; nil for no limit.
    package var periodCountMax: Int?
    /// Nil where it is not paused.
    package var pause: Pause?
    package var catchUpPolicy: CatchUpPolicy
    /// A person's decisions about missed periods.
    package var decision: CatchUpDecision
    /// What each unit price is multiplied by, such as an index; 1 leaves the prices as they are.
    package var priceFactor: FixedDecimal
    /// The index that the prices follow in addition; nil for none.
    package var priceIndex: PriceIndexClause?
    package var lines: [RecurringInvoiceLine]
    /// The references that each invoice states.
    package var references: References
    /// A text on each invoice, with period variables as in the lines; nil for none.
    package var text: String?
    /// Days to pay; nil for the customer's or the seller's default.
    package var dueDays: Int?
    /// The currency of the prices; nil for the seller's.
    package var currency: CurrencyCode?

    package init(
        number: String, recurrence: Recurrence, nextPeriodNumber: Int = 1,
        billing: Billing = .advance(daysBefore: 0), endDate: CivilDate? = nil,
        firstPeriodPolicy: FirstPeriodPolicy = .full, lastPeriodPolicy: LastPeriodPolicy = .full,
        periodCountMax: Int? = nil, pause: Pause? = nil,
        catchUpPolicy: CatchUpPolicy = .eachPeriod,
        decision: CatchUpDecision = CatchUpDecision(), priceFactor: FixedDecimal = .one,
        priceIndex: PriceIndexClause? = nil, lines: [RecurringInvoiceLine],
        references: References = References(), text: String? = nil, dueDays: Int? = nil,
        currency: CurrencyCode? = nil
    ) {
        self.number = number
        self.recurrence = recurrence
        self.nextPeriodNumber = nextPeriodNumber
        self.billing = billing
        self.endDate = endDate
        self.firstPeriodPolicy = firstPeriodPolicy
        self.lastPeriodPolicy = lastPeriodPolicy
        self.periodCountMax = periodCountMax
        self.pause = pause
        self.catchUpPolicy = catchUpPolicy
        self.decision = decision
        self.priceFactor = priceFactor
        self.priceIndex = priceIndex
        self.lines = lines
        self.references = references
        self.text = text
        self.dueDays = dueDays
        self.currency = currency
    }
}

/// What to do when more than one period has begun without an invoice, as after an outage.
package enum CatchUpPolicy: String, Codable, Sendable, CaseIterable {
    /// Each gets its invoice, oldest first.
    case eachPeriod = "each"
    /// Only the newest gets one; the older ones are skipped for good.
    case latestOnly = "latest"
    /// A person decides; until then none gets one.
    case ask
}

/// A person's decision about missed periods; it overrides the policy.
package struct CatchUpDecision: Hashable, Codable, Sendable {
    /// Periods that begin before this day are skipped for good; nil for no such decision.
    package var skipBefore: CivilDate?
    /// Periods that begin up to this day are all invoiced, however many they are; nil for no such
    /// decision.
    package var catchUpThrough: CivilDate?

    package init(skipBefore: CivilDate? = nil, catchUpThrough: CivilDate? = nil) {
        self.skipBefore = skipBefore
        self.catchUpThrough = catchUpThrough
    }

    /// Whether a period that begins on the day is never invoiced.
    func isPassedOver(_ date: CivilDate) -> Bool {
        skipBefore.map { date < $0 } ?? false
    }

    /// Whether a period that begins on the day is invoiced without asking.
    func isToBeInvoiced(_ date: CivilDate) -> Bool {
        catchUpThrough.map { date <= $0 } ?? false
    }
}

/// A time in which new periods are skipped, and not invoiced later either.
package struct Pause: Hashable, Codable, Sendable {
    /// The first day of the pause.
    package var from: CivilDate
    /// The last day of the pause; nil until somebody ends it.
    package var until: CivilDate?

    package init(from: CivilDate, until: CivilDate? = nil) {
        self.from = from
        self.until = until
    }

    /// Whether a period that begins on the day is skipped.
    package func contains(_ date: CivilDate) -> Bool {
        date >= from && until.map { date <= $0 } ?? true
    }
}

/// A line of a recurring invoice.
package struct RecurringInvoiceLine: Hashable, Codable, Sendable {
    /// What is delivered, with period variables such as `{{month}}` (see `PeriodText`).
    package var description: String
    package var quantity: FixedDecimal
    /// UN/ECE Recommendation 20: `EA`, `HUR`, `MON`.
    package var unit: String
    /// Without VAT, before the price factor.
    package var unitPrice: FixedDecimal
    /// The discount on the line, 0 to 100.
    package var discountPercent: FixedDecimal
    /// The seller's VAT code, looked up in `VATRates`.
    package var vatCode: String
    /// BT-155, the seller's item number; nil for none.
    package var itemNumber: String?

    package init(
        description: String, quantity: FixedDecimal = .one, unit: String = "EA",
        unitPrice: FixedDecimal, discountPercent: FixedDecimal = .zero, vatCode: String,
        itemNumber: String? = nil
    ) {
        self.description = description
        self.quantity = quantity
        self.unit = unit
        self.unitPrice = unitPrice
        self.discountPercent = discountPercent
        self.vatCode = vatCode
        self.itemNumber = itemNumber
    }
}

/// When a period is invoiced, relative to its delivery.
package enum Billing: Hashable, Codable, Sendable {
    /// In advance, a number of days before the period begins.
    case advance(daysBefore: Int)
    /// In arrears, a number of days after the day that follows the period's last day.
    case arrears(daysAfter: Int)
}

extension RecurringInvoice {
    /// The day from which the invoice of a period is due for creation.
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

    /// The newest period due by its delivery, not merely prepared ahead of it; nil for none.
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
