import Invoicing

extension ValueKind {
    static func integer(_ text: String, _ bounds: ClosedRange<Int>) throws(ValueFault) -> String {
        let advice = "Write digits only, \(bounds.lowerBound) to \(bounds.upperBound)"
        guard text.utf8.allSatisfy(TextBytes.isDigit), let number = Int(text) else {
            throw ValueFault("is no whole number", advice)
        }
        guard bounds.contains(number) else { throw ValueFault("is out of bounds", advice) }
        return String(number)
    }

    /// At most six decimals after a point, within the range of the database's columns.
    static func decimal(_ text: String) throws(ValueFault) -> FixedDecimal {
        if let number = FixedDecimal(text) {
            guard number.millionths.magnitude < SetupLimits.decimalMillionthsMax else {
                throw ValueFault(
                    "is a million millions or more, and that is no price",
                    "See whether a value stands in the wrong column")
            }
            return number
        }
        let plain = text.filter { !" \u{a0}\u{202f}".contains($0) }.replacing(",", with: ".")
        guard FixedDecimal(plain) != nil else {
            throw ValueFault(
                "is no number with at most six decimals",
                "Write digits with a point before the decimals: 1234.50")
        }
        throw ValueFault(
            "is written with a decimal comma or with spaces",
            "Write a point before the decimals and nothing else: \(plain)")
    }

    static func percent(_ text: String) throws(ValueFault) -> String {
        let number = try decimal(text)
        guard number >= .zero, number <= FixedDecimal(100) else {
            throw ValueFault("is no percentage from 0 to 100", "Write 25 for 25 percent")
        }
        return number.description
    }

    static func date(_ text: String) throws(ValueFault) -> String {
        guard let date = CivilDate(text) else {
            let advice = turned(text).map { "Write \($0)" } ?? "Write it as 2026-11-24"
            throw ValueFault("is no date written as year-month-day", advice)
        }
        guard date.year >= SetupLimits.yearMin else {
            throw ValueFault(
                "is a day before \(SetupLimits.yearMin)", "Write the year with its four digits")
        }
        return date.description
    }

    static func month(_ text: String) throws(ValueFault) -> String {
        let day = CivilDate(text) ?? CivilDate("\(text)-01")
        guard let day else {
            throw ValueFault("is no month written as year-month", "Write it as 2026-10")
        }
        guard day.year >= SetupLimits.yearMin else {
            throw ValueFault(
                "is a month before \(SetupLimits.yearMin)", "Write the year with its four digits")
        }
        guard day.day == 1 else {
            throw ValueFault(
                "is not the first day of a month", "Write \(String("\(day)".prefix(7)))")
        }
        return day.description
    }

    /// The day meant by `24.11.2026`, `24.11.26` or `24/11/2026`; nil for any other notation.
    private static func turned(_ text: String) -> CivilDate? {
        let words = text.split { ".-/ ".contains($0) }
        let parts = words.compactMap { Int($0) }
        guard words.count == 3, parts.count == 3, words[2].count == 4 || words[2].count == 2
        else { return nil }
        let year = words[2].count == 2 ? 2_000 + parts[2] : parts[2]
        return CivilDate(year: year, month: parts[1], day: parts[0])
    }

    /// Yes or no, in the words of Norwegian and English spreadsheets.
    static func boolean(_ text: String) throws(ValueFault) -> String {
        switch text.lowercased() {
        case "true", "yes", "ja", "sann", "1": return "true"
        case "false", "no", "nei", "usann", "0": return "false"
        default: throw ValueFault("is neither true nor false", "Write true or false")
        }
    }

    static func choice(_ text: String, _ words: [String]) throws(ValueFault) -> String {
        guard !words.contains(text) else { return text }
        let nearest = NearestName.of(text, among: words).map { "; is \($0) meant?" } ?? ""
        throw ValueFault(
            "is none of \(words.joined(separator: ", "))", "Write one of those\(nearest)")
    }

    /// `4h,24h`, a bare number being seconds; `none` for no retry.
    static func delays(_ text: String) throws(ValueFault) -> String {
        guard text.lowercased() != "none" else { return "{}" }
        let words = text.split { $0 == "," || $0 == " " || $0 == ";" }
        let seconds = words.compactMap(seconds)
        guard seconds.count == words.count,
            (1...SetupLimits.delayCountMax).contains(words.count)
        else {
            throw ValueFault(
                "is no list of up to \(SetupLimits.delayCountMax) times, 31 days at most",
                "Write numbers with s, m, h or d: 4h,24h; none for no second try")
        }
        return "{\(seconds.map(String.init).joined(separator: ","))}"
    }

    private static func seconds(_ word: Substring) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let stated = word.last.flatMap { units[$0] }
        let digits = stated == nil ? word : word.dropLast()
        let unit = stated ?? 1
        guard digits.utf8.allSatisfy(TextBytes.isDigit), let count = Int(digits),
            (1...SetupLimits.delaySecondsMax / unit).contains(count)
        else { return nil }
        return count * unit
    }
}
