@testable import Invoicing

/// Amounts as fractions of whole numbers, rounded where the documents say so.
enum PlainMoney {
    /// The nearest whole number, the one further from zero where there are two.
    static func rounded(_ dividend: Int128, _ divisor: Int128) -> Int128 {
        let twice = 2 * dividend.magnitude + divisor.magnitude
        let nearest = Int128(twice / (2 * divisor.magnitude))
        return (dividend < 0) == (divisor < 0) ? nearest : -nearest
    }

    /// A line's part in hundredths, and its rate in millionths of a percent.
    struct Part: Equatable {
        var net: Int128
        var rate: Int64
    }

    /// The parts of a line, by the rate of each of its days.
    static func parts(
        of line: RecurringInvoiceLine, factor: FixedDecimal, share: PeriodShare?, rates: [Int64]
    ) -> [Part] {
        let price = rounded(
            Int128(line.unitPrice.millionths) * Int128(factor.millionths), 1_000_000)
        var charged = rounded(Int128(line.quantity.millionths) * price, 10_000_000_000)
        if let share { charged = rounded(charged * Int128(share.days), Int128(share.dayCount)) }
        var parts: [Part] = []
        var (before, discountBefore) = (Int128(0), Int128(0))
        for (day, rate) in rates.enumerated()
        where day + 1 == rates.count || rates[day + 1] != rate {
            let upToHere = rounded(charged * Int128(day + 1), Int128(rates.count))
            let discount = rounded(
                upToHere * Int128(line.discountPercent.millionths), 100_000_000)
            parts.append(
                Part(net: upToHere - before - (discount - discountBefore), rate: rate))
            (before, discountBefore) = (upToHere, discount)
        }
        return parts
    }
}
