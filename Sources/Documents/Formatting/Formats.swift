import Wire
import Invoicing

/// How numbers and dates are written in a language.
///
/// Norwegian by Språkrådet: a space between the thousands, a comma, day before month. The space
/// is U+00A0, which no program breaks a line at and every program reads as a space; the minus is
/// U+2212, as wide as a digit is.
struct Formats: Hashable {
    let language: Language

    private var groupSeparator: Character { language == .en ? "," : "\u{A0}" }
    var decimalSeparator: Character { language == .en ? "." : "," }

    /// `1 234,50`, always two decimals.
    func amount(_ money: Money) -> String {
        let (units, rest) = money.hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        return sign(money.hundredths) + grouped(units) + "\(decimalSeparator)" + padded(rest, to: 2)
    }

    /// `NOK 1 234,50`.
    func amount(_ money: Money, in currency: CurrencyCode) -> String {
        "\(currency.rawValue)\u{A0}\(amount(money))"
    }

    /// As many decimals as it has: `12`, `7,5`.
    func quantity(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 0)
    }

    /// Two decimals at least: `1 250,00`, `0,1275`.
    func price(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 2)
    }

    /// `11,4230 NOK per EUR`, with four decimals at least, as Norges Bank quotes it.
    func rate(_ rate: ExchangeRate) -> String {
        let units = rate.units == 1 ? "" : "\(grouped(UInt64(rate.units.magnitude)))\u{A0}"
        return decimal(rate.kroner, decimalsMin: 4)
            + "\u{A0}NOK per\u{A0}\(units)\(rate.currency.rawValue)"
    }

    /// `25 %`, `11,11 %`; English has no space.
    func percent(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 0) + (language == .en ? "%" : "\u{A0}%")
    }

    /// `24.11.2026`, or `24 Nov 2026`, which no reader takes for another day.
    func date(_ date: CivilDate) -> String {
        guard language == .en else {
            return "\(padded(UInt64(date.day), to: 2)).\(padded(UInt64(date.month), to: 2))"
                + ".\(padded(UInt64(date.year), to: 4))"
        }
        return "\(date.day)\u{A0}\(HeaderDate.months[date.month - 1])\u{A0}\(date.year)"
    }

    /// Both days, with the dash of the language.
    func period(_ period: DatePeriod) -> String {
        "\(date(period.start))\u{2013}\(date(period.end))"
    }

    /// `01.11.2026–`, the end that is not known left open.
    func period(_ period: OpenPeriod) -> String {
        switch period {
        case .from(let start): "\(date(start))\u{2013}"
        case .until(let end): "\u{2013}\(date(end))"
        }
    }

    private func decimal(_ value: FixedDecimal, decimalsMin: Int) -> String {
        let (units, rest) = value.millionths.magnitude.quotientAndRemainder(
            dividingBy: 1_000_000)
        var decimals = padded(rest, to: 6)
        while decimals.count > decimalsMin, decimals.hasSuffix("0") { decimals.removeLast() }
        return sign(value.millionths) + grouped(units)
            + (decimals.isEmpty ? "" : "\(decimalSeparator)" + decimals)
    }

    private func sign(_ value: Int64) -> String {
        value < 0 ? "\u{2212}" : ""
    }

    private func padded(_ value: UInt64, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private func grouped(_ value: UInt64) -> String {
        var text = ""
        let digits = Array(String(value))
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(groupSeparator) }
            text.append(digit)
        }
        return text
    }
}
