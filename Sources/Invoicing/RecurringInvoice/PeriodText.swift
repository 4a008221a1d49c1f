/// Puts a period's variables into a text: `Leie {{month}} {{year}}`.
///
/// The text is read once from left to right and what is put in is never read again. A name that is
/// not a `PeriodVariable`, and braces that are never closed, are given back rather than printed on
/// somebody's invoice.
package struct PeriodText: Sendable {
    private let period: DatePeriod
    private let words: CalendarWords

    package init(period: DatePeriod, language: Language) {
        self.period = period
        words = CalendarWords(language)
    }

    /// A text with its variables put in, and the names that are unknown.
    package struct Rendered: Hashable, Sendable {
        package var text: String
        package var unknown: [String]
    }

    /// The text for this period.
    package func render(_ template: String) -> Rendered {
        // Most lines have no variable, and the search below goes by whole characters.
        guard template.utf8.contains(UInt8(ascii: "{")) else {
            return Rendered(text: template, unknown: [])
        }
        var rendered = Rendered(text: "", unknown: [])
        var rest = template[...]
        while let opening = rest.firstRange(of: "{{") {
            rendered.text += rest[..<opening.lowerBound]
            let after = rest[opening.upperBound...]
            guard let closing = after.firstRange(of: "}}") else {
                rendered.unknown.append(Self.shown(after))
                return rendered
            }
            let name = Self.trimmed(after[..<closing.lowerBound])
            if let variable = PeriodVariable(name: name) {
                rendered.text += value(of: variable)
            } else {
                rendered.unknown.append(Self.shown(name))
            }
            rest = after[closing.upperBound...]
        }
        rendered.text += rest
        return rendered
    }

    private func value(of variable: PeriodVariable) -> String {
        let start = period.start
        return switch variable {
        case .month: words.month(start.month)
        case .nextMonth: words.month(start.month % 12 + 1)
        case .previousMonth: words.month((start.month + 10) % 12 + 1)
        case .monthYear: monthYear(start)
        case .nextMonthYear: monthYear(start.adding(months: 1))
        case .previousMonthYear: monthYear(start.adding(months: -1))
        case .year: String(start.year)
        case .quarter: String(start.quarter)
        case .week: String(start.isoWeek.number)
        case .weekYear: "\(start.isoWeek.number) \(start.isoWeek.year)"
        case .period: words.period(period)
        case .from: words.date(start)
        case .to: words.date(period.end)
        }
    }

    private func monthYear(_ date: CivilDate) -> String {
        "\(words.month(date.month)) \(date.year)"
    }

    private static func trimmed(_ name: Substring) -> Substring {
        var name = name
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        return name
    }

    /// Names go into messages to people: a whole page after a stray brace does not.
    private static func shown(_ name: Substring) -> String {
        name.count > 40 ? "\(name.prefix(40))…" : String(name)
    }
}
