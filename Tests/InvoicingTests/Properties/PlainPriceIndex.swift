@testable import Invoicing

/// An index clause, by going through the months from the base on.
struct PlainPriceIndex {
    let clause: PriceIndexClause
    /// The value of each month, by its year and month.
    let values: [Month: Int64]

    struct Month: Hashable {
        var year: Int
        var month: Int

        var next: Month {
            month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
        }

        var before: Month {
            month == 1 ? Month(year: year - 1, month: 12) : Month(year: year, month: month - 1)
        }
    }

    struct Outcome: Equatable {
        var factor: Int128?
        var awaited: Int128?
    }

    func outcome(on date: CivilDate) -> Outcome {
        let base = Month(
            year: clause.baseMonth.firstDay.year, month: clause.baseMonth.firstDay.month)
        var month = base
        var outcome = Outcome(factor: 1_000_000)
        while (month.year, month.month) < (date.year, date.month) {
            month = month.next
            guard month.month == clause.adjustMonth else { continue }
            var source = month.before
            while source.month != base.month { source = source.before }
            guard source != base, (source.year, source.month) > (base.year, base.month) else {
                continue
            }
            guard let value = values[source], let last = outcome.factor else {
                return Outcome()
            }
            let factor = bounded(plain(value), last)
            outcome.awaited = nil
            if factor <= last || isNoticed(month, before: date) {
                outcome.factor = factor
            } else {
                outcome.awaited = factor
            }
        }
        return outcome
    }

    /// 1 + share × (value − base) ÷ base, in millionths.
    private func plain(_ value: Int64) -> Int128 {
        let base = Int128(clause.baseValue.millionths)
        let percent = Int128(clause.sharePercent.millionths)
        return PlainMoney.rounded(
            1_000_000 * (base * 100_000_000 + percent * (Int128(value) - base)), base * 100_000_000)
    }

    private func bounded(_ factor: Int128, _ last: Int128) -> Int128 {
        func bound(_ percent: FixedDecimal) -> Int128 {
            PlainMoney.rounded(last * (100_000_000 + Int128(percent.millionths)), 100_000_000)
        }
        var factor = factor
        if let cap = clause.capPercent, factor > bound(cap) { factor = bound(cap) }
        if let floor = clause.floorPercent, factor < bound(floor) { factor = bound(floor) }
        return factor
    }

    private func isNoticed(_ month: Month, before date: CivilDate) -> Bool {
        if clause.noticeDays == 0 { return true }
        for notice in clause.notices
        where notice.adjustsOn.year == month.year && notice.adjustsOn.month == month.month {
            var (day, left) = (notice.sentOn, clause.noticeDays)
            while left > 0 { (day, left) = (day.adding(days: 1), left - 1) }
            if day <= date { return true }
        }
        return false
    }
}
