/// What an index clause makes of the prices on a day.
package struct PriceAdjustment: Hashable, Sendable {
    /// What the prices are multiplied by, to six decimals.
    package var factor: FixedDecimal
    /// The raise that would hold already if its notice had been given in time; nil for none.
    package var awaited: AwaitedPriceIncrease?
}

/// A raise that waits for its notice.
package struct AwaitedPriceIncrease: Hashable, Sendable {
    /// The day from which it might have held.
    package var adjustsOn: CivilDate
    /// What the prices are multiplied by until then, and from then on.
    package var oldFactor: FixedDecimal
    package var newFactor: FixedDecimal
}

/// The values that an adjustment needs and nobody has entered.
package struct MissingIndexValues: Error, Hashable, Sendable {
    package var index: String
    package var months: [IndexMonth]
}

extension PriceIndexClause {
    /// What the prices of a period that begins on the day are multiplied by.
    ///
    /// Goes through the adjustments from the base to the day. Each gives 1 + share × (value −
    /// base) ÷ base, reckoned exactly and rounded once to six decimals, half away from zero; bounded
    /// by the cap and the floor around the factor before it. A raise holds from its day on or, where
    /// its notice came late, from as many days after the notice as the clause has; until then the
    /// factor before it does. A lowering needs no notice.
    ///
    /// Every value between the base and the day must be known: the prices depend on all of them
    /// where a raise was not given notice of, or was bounded.
    package func adjustment(
        on date: CivilDate, values: IndexValues
    ) -> Result<PriceAdjustment, MissingIndexValues> {
        let steps = adjustments(to: date)
        let missing = steps.filter { values[index, $0.month] == nil }.map(\.month)
        guard missing.isEmpty else {
            return .failure(MissingIndexValues(index: index, months: missing))
        }
        var result = PriceAdjustment(factor: .one)
        for step in steps {
            let factor = bounded(
                plainFactor(values[index, step.month] ?? baseValue), around: result.factor)
            // What waited is overtaken by the next adjustment, which is measured against the base.
            result.awaited = nil
            if factor <= result.factor || raiseHolds(from: step.date, on: date) {
                result.factor = factor
            } else {
                result.awaited = AwaitedPriceIncrease(
                    adjustsOn: step.date, oldFactor: result.factor, newFactor: factor)
            }
        }
        return .success(result)
    }

    /// The raise that the next adjustment after the day brings, if it is known and its notice is
    /// not given in time.
    package func raise(after date: CivilDate, values: IndexValues) -> AwaitedPriceIncrease? {
        let next = nextAdjustment(after: date)
        guard case .success(let adjustment) = adjustment(on: next, values: values),
            adjustment.awaited?.adjustsOn == next
        else { return nil }
        return adjustment.awaited
    }

    /// The first adjustment after the day.
    package func nextAdjustment(after date: CivilDate) -> CivilDate {
        newestAdjustment(onOrBefore: date).adding(months: 12)
    }

    private func newestAdjustment(onOrBefore date: CivilDate) -> CivilDate {
        date.firstOfMonth.adding(months: -((date.month - adjustMonth + 12) % 12))
    }

    private struct Step {
        var date: CivilDate
        var month: IndexMonth
    }

    /// The adjustments that fall on the day or earlier and go by a value later than the base.
    private func adjustments(to date: CivilDate) -> [Step] {
        let lag = (adjustMonth - baseMonth.calendarMonth + 11) % 12 + 1
        let newest = newestAdjustment(onOrBefore: date)
        var steps: [Step] = []
        while steps.count < Self.adjustmentsMax {
            let day = newest.adding(months: -12 * steps.count)
            let month = IndexMonth(of: day.adding(months: -lag))
            guard month > baseMonth else { break }
            steps.append(Step(date: day, month: month))
        }
        return steps.reversed()
    }

    /// A base further back than this is a mistyped year.
    private static let adjustmentsMax = 200

    private func plainFactor(_ value: FixedDecimal) -> FixedDecimal {
        let base = Int128(baseValue.millionths)
        let change = Int128(value.millionths) - base
        return Self.saturated(
            base * 100_000_000 + Int128(sharePercent.millionths) * change, base * 100)
    }

    private func bounded(_ factor: FixedDecimal, around last: FixedDecimal) -> FixedDecimal {
        func bound(_ percent: FixedDecimal) -> FixedDecimal {
            Self.saturated(
                Int128(last.millionths) * (100_000_000 + Int128(percent.millionths)), 100_000_000)
        }
        var factor = factor
        if let capPercent { factor = min(factor, bound(capPercent)) }
        if let floorPercent { factor = max(factor, bound(floorPercent)) }
        return factor
    }

    /// A factor beyond all bounds makes an amount that is too large, which is a fault of its own.
    private static func saturated(_ dividend: Int128, _ divisor: Int128) -> FixedDecimal {
        FixedDecimal(millionths: roundedQuotientIfFits(dividend, divisor) ?? .max)
    }

    private func raiseHolds(from adjustsOn: CivilDate, on date: CivilDate) -> Bool {
        noticeDays == 0
            || notices.contains {
                $0.adjustsOn == adjustsOn && $0.sentOn.adding(days: noticeDays) <= date
            }
    }
}
