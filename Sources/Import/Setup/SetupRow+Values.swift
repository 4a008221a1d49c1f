import Invoicing

extension SetupRow {
    /// Yes or no, in the words of spreadsheets in Norwegian and English; empty is the default.
    mutating func bool(_ column: Column, default preset: Bool) -> Bool {
        guard let text = text(column) else { return preset }
        switch text.lowercased() {
        case "true", "yes", "ja", "sann", "1": return true
        case "false", "no", "nei", "usann", "0": return false
        default:
            fault(column, "is neither true nor false", advice: "Write true or false")
            return preset
        }
    }

    /// A whole number within bounds; nil where it is empty.
    mutating func int(_ column: Column, in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text(column) else { return nil }
        guard text.utf8.allSatisfy(TextBytes.isDigit), let number = Int(text) else {
            fault(
                column, "is no whole number",
                advice: "Write digits only, \(bounds.lowerBound) to \(bounds.upperBound)")
            return nil
        }
        guard bounds.contains(number) else {
            fault(
                column, "is not within \(bounds.lowerBound) and \(bounds.upperBound)",
                advice: "Write a number within them")
            return nil
        }
        return number
    }

    /// A number with at most six decimals; nil where it is empty.
    mutating func decimal(_ column: Column) -> FixedDecimal? {
        guard let text = text(column) else { return nil }
        if let number = FixedDecimal(text) { return number }
        let plain = text.filter { !" \u{a0}\u{202f}".contains($0) }.replacing(",", with: ".")
        if FixedDecimal(plain) != nil {
            fault(
                column, "is written with a decimal comma or with spaces",
                advice: "Write a point before the decimals and nothing else: \(plain)")
        } else {
            fault(
                column, "is no number with at most six decimals",
                advice: "Write digits with a point before the decimals: 1234.50")
        }
        return nil
    }

    /// A percentage, 0 to 100.
    mutating func percent(_ column: Column) -> FixedDecimal? {
        guard let number = decimal(column) else { return nil }
        guard number >= .zero, number <= FixedDecimal(100) else {
            fault(column, "is no percentage from 0 to 100", advice: "Write 25 for 25 percent")
            return nil
        }
        return number
    }

    /// A day as ISO 8601 writes it; nil where it is empty.
    mutating func date(_ column: Column) -> CivilDate? {
        guard let text = text(column) else { return nil }
        if let date = CivilDate(text) { return date }
        let advice = Self.turned(text).map { "Write \($0)" }
        fault(
            column, "is no date written as year-month-day",
            advice: advice ?? "Write it as 2026-11-24")
        return nil
    }

    /// `24.11.2026` the other way round, where that is what it is.
    private static func turned(_ text: String) -> CivilDate? {
        let parts = text.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return CivilDate(year: parts[2], month: parts[1], day: parts[0])
    }

    /// One of a few words; nil where it is empty.
    mutating func choice<Choice>(_ column: Column, _ type: Choice.Type) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = text(column) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let nearest = NearestName.of(text, among: words).map { "; is \($0) meant?" } ?? ""
        fault(
            column, "is none of \(words.joined(separator: ", "))",
            advice: "Write one of those\(nearest)")
        return nil
    }

    /// An e-mail address that mail can be sent to; nil where it is empty.
    mutating func emailAddress(_ column: Column) -> EmailAddress? {
        guard let text = text(column) else { return nil }
        guard let address = EmailAddress(text) else {
            fault(
                column, "is no e-mail address that mail can be sent to",
                advice: "Write it as name@domain.no, one address only")
            return nil
        }
        return address
    }
}
