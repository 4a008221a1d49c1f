import Invoicing
import Wire

/// How numbers and dates are written in a language.
///
/// Norwegian follows Språkrådet: a space between thousands, a decimal comma, the day before the
/// month. The space is U+00A0, at which no program breaks a line and which every program reads as a
/// space; the minus is U+2212, which is as wide as a digit.
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

    /// With as many decimals as the value has: `12`, `7,5`.
    func quantity(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 0)
    }

    /// With at least two decimals: `1 250,00`, `0,1275`.
    func price(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 2)
    }

    /// `11,4230 NOK per EUR`, with at least four decimals, as Norges Bank quotes it.
    func rate(_ rate: ExchangeRate) -> String {
        let units = rate.units == 1 ? "" : "\(grouped(UInt64(rate.units.magnitude)))\u{A0}"
        return decimal(rate.kroner, decimalsMin: 4)
            + "\u{A0}NOK per\u{A0}\(units)\(rate.currency.rawValue)"
    }

    /// `25 %`, `11,11 %`; in English without the space.
    func percent(_ value: FixedDecimal) -> String {
        decimal(value, decimalsMin: 0) + (language == .en ? "%" : "\u{A0}%")
    }

    /// `24.11.2026`, or `24 Nov 2026`, which can't be read as another day.
    func date(_ date: CivilDate) -> String {
        guard language == .en else {
            return "\(padded(UInt64(date.day), to: 2)).\(padded(UInt64(date.month), to: 2))"
                + ".\(padded(UInt64(date.year), to: 4))"
        }
        return "\(date.day)\u{A0}\(HeaderDate.months[date.month - 1])\u{A0}\(date.year)"
    }

    /// Both days, with the language's dash.
    func period(_ period: DatePeriod) -> String {
        "\(date(period.start))\u{2013}\(date(period.end))"
    }

    /// `01.11.2026–`, with the unknown end left open.
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

/// How account and organisation numbers are written for people; anything else is unchanged.
enum IdentifierFormat {
    /// `1234.56.78903`; an IBAN in groups of four (ISO 13616).
    static func account(_ number: String) -> String {
        let compact = number.filter { !$0.isWhitespace && $0 != "." }
        if isNorwegianAccount(number) {
            let digits = Array(compact)
            return "\(String(digits[0..<4])).\(String(digits[4..<6])).\(String(digits[6..<11]))"
        }
        guard isIBAN(number) else { return number }
        return stride(from: 0, to: compact.count, by: 4).map { start in
            String(compact.dropFirst(start).prefix(4))
        }.joined(separator: "\u{A0}")
    }

    static func isNorwegianAccount(_ number: String) -> Bool {
        let compact = number.filter { !$0.isWhitespace && $0 != "." }
        return compact.utf8.count == 11 && isDigits(compact)
    }

    static func isIBAN(_ number: String) -> Bool {
        let compact = number.filter { !$0.isWhitespace }
        return (15...34).contains(compact.utf8.count)
            && compact.prefix(2).allSatisfy { $0.isASCII && $0.isLetter }
            && isDigits(compact.dropFirst(2).prefix(2))
    }

    /// `123 456 785`.
    static func organisation(_ number: String) -> String {
        let compact = number.filter { !$0.isWhitespace }
        guard compact.utf8.count == 9, isDigits(compact) else { return number }
        let digits = Array(compact)
        return [digits[0..<3], digits[3..<6], digits[6..<9]].map { String($0) }
            .joined(separator: "\u{A0}")
    }

    /// The nine digits of `NO123456785MVA`; nil for any other number.
    static func organisationNumber(inVATNumber number: String) -> String? {
        let compact = number.filter { !$0.isWhitespace }.uppercased()
        let digits = compact.dropFirst(2).prefix(9)
        guard compact.hasPrefix("NO"), compact.hasSuffix("MVA"), compact.utf8.count == 14,
            isDigits(digits)
        else { return nil }
        return String(digits)
    }

    /// Whether a payment reference is a KID: 2 to 25 digits, the last one possibly a hyphen
    /// (MOD11), with payment to a Norwegian account.
    static func isKID(_ reference: String, account: String?) -> Bool {
        let body = reference.hasSuffix("-") ? reference.dropLast() : reference[...]
        return (2...25).contains(reference.utf8.count) && isDigits(body)
            && account.map { isNorwegianAccount($0) || $0.uppercased().hasPrefix("NO") } ?? false
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
