import TestSupport
import Testing

@testable import Invoicing

/// Index clauses, held against one that goes through the months.
@Suite struct PriceIndexProperties {
    @Test func `a price follows its index as going through the months has it`() {
        RandomCases.check(4_000) { random in
            let clause = Self.clause(&random)
            var plain: [PlainPriceIndex.Month: Int64] = [:]
            var values = IndexValues()
            let base = clause.baseMonth.firstDay
            let isWhole = !random.isOnce(in: 8)
            for offset in 0...180 where isWhole || !random.isOnce(in: 20) {
                let day = base.adding(months: offset)
                let value = Int64(random.int(80_000_000...180_000_000))
                values["KPI", IndexMonth(of: day)] = FixedDecimal(millionths: value)
                plain[.init(year: day.year, month: day.month)] = value
            }
            for _ in 0..<5 {
                let date = base.adding(days: random.int(-400...5_000))
                let outcome = PlainPriceIndex(clause: clause, values: plain).outcome(on: date)
                var real = PlainPriceIndex.Outcome()
                if case .success(let adjustment) = clause.adjustment(on: date, values: values) {
                    real.factor = Int128(adjustment.factor.millionths)
                    real.awaited = adjustment.awaited.map { Int128($0.newFactor.millionths) }
                }
                if let difference = String.difference(
                    "\(clause) on \(date)", plain: outcome, real: real)
                {
                    return difference
                }
            }
            return nil
        }
    }

    private static func clause(_ random: inout SeededNumbers) -> PriceIndexClause {
        let base = day("2014-01-01").adding(months: random.int(0...60))
        let month = random.int(1...12)
        var clause = PriceIndexClause(
            index: "KPI", base: base,
            baseValue: FixedDecimal(millionths: Int64(random.int(80_000_000...150_000_000))),
            adjustMonth: month,
            sharePercent: random.isOnce(in: 2)
                ? 100 : FixedDecimal(millionths: Int64(random.int(1_000_000...100_000_000))),
            noticeDays: random.element([0, 31, random.int(1...366)]))
        if random.isOnce(in: 3) { clause.capPercent = FixedDecimal(Int64(random.int(0...30))) }
        if random.isOnce(in: 3) {
            let most = clause.capPercent.map { Int($0.millionths / 1_000_000) } ?? 5
            clause.floorPercent = FixedDecimal(Int64(random.int(-50...min(5, most))))
        }
        clause.notices = (0...15).filter { _ in random.isOnce(in: 2) }.map { year in
            let adjusts = base.firstOfMonth
                .adding(months: (month - base.month + 12) % 12 + 12 * year)
            return PriceNotice(
                adjustsOn: adjusts, sentOn: adjusts.adding(days: random.int(-200...200)))
        }
        return clause
    }
}
