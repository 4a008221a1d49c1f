/// Splits an amount and its discount by days, so that the parts add up to the whole.
///
/// What is charged up to and including each part is rounded once, half away from zero, and the part
/// is the difference to the one before; so is its discount. No part is more than an øre from its
/// exact share.
struct PartShares {
    let amount: Money
    let discountPercent: FixedDecimal

    /// The share of one part.
    struct Part: Hashable {
        /// Before the discount.
        var charged: Money
        var discount: Money
    }

    init(_ amount: Money, discountPercent: FixedDecimal) {
        self.amount = amount
        self.discountPercent = discountPercent
    }

    /// The parts that have so many days each.
    func split(by days: [Int]) -> [Part] {
        let dayCount = days.reduce(0, +)
        var (daysBefore, before) = (0, Part(charged: .zero, discount: .zero))
        return days.map { days in
            daysBefore += days
            let charged = PeriodShare(daysBefore, of: dayCount)?.of(amount) ?? amount
            let upToHere = Part(charged: charged, discount: charged.percent(discountPercent))
            defer { before = upToHere }
            return Part(
                charged: upToHere.charged - before.charged,
                discount: upToHere.discount - before.discount)
        }
    }
}
