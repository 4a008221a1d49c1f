/// Fills a period's variables into a text: `Leie {{month}} {{year}}`.
///
/// The text is read once from left to right, and inserted values are not read again. A name that is
/// not a `PeriodVariable`, and braces that are never closed, are reported rather than printed on
/// somebody's invoice.
package struct PeriodText: Sendable {
    private let period: DatePeriod
    private let words: CalendarWords

    package init(period: DatePeriod, language: Language) {
        self.period = period
        words = CalendarWords(language)
    }

    /// A text with its variables filled in, and the names that are unknown.
    package struct Rendered: Hashable, Sendable {
        package var text: String
        package var unknown: [String]
    }

    /// The text for this period.
    package func render(_ template: String) -> Rendered {
        // Most lines have no variable, and the search below is by whole characters.
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

    /// Names appear in messages to people: a whole page after a stray brace must not.
    private static func shown(_ name: Substring) -> String {
        name.count > 40 ? "\(name.prefix(40))…" : String(name)
    }
}

/// What a line or a text of a recurring invoice can state about its period.
package enum PeriodVariable: String, CaseIterable, Sendable {
    /// The name of the month that the period begins in.
    case month
    /// The name of the month after it.
    case nextMonth = "next_month"
    /// The name of the month before it.
    case previousMonth = "previous_month"
    /// The month with its own year, which around New Year may differ from `year`.
    case monthYear = "month_year"
    /// The next month with its own year.
    case nextMonthYear = "next_month_year"
    /// The previous month with its own year.
    case previousMonthYear = "previous_month_year"
    /// The year that the period begins in.
    case year
    /// The number of the quarter.
    case quarter
    /// The number of the ISO week.
    case week
    /// The week with its own year, `53 2026`: the first days of January may belong to the last week
    /// of the previous year.
    case weekYear = "week_year"
    /// The whole period in its shortest form.
    case period
    /// The first day.
    case from
    /// The last day.
    case to

    /// The Norwegian name; both names may be used in any language.
    package var norwegianName: String {
        switch self {
        case .month: "måned"
        case .nextMonth: "neste_måned"
        case .previousMonth: "forrige_måned"
        case .monthYear: "måned_år"
        case .nextMonthYear: "neste_måned_år"
        case .previousMonthYear: "forrige_måned_år"
        case .year: "år"
        case .quarter: "kvartal"
        case .week: "uke"
        case .weekYear: "uke_år"
        case .period: "periode"
        case .from: "fra"
        case .to: "til"
        }
    }

    /// The variable with an English or Norwegian name in lower case; nil where there is none.
    package init?(name: some StringProtocol) {
        guard let variable = Self.byName[String(name)] else { return nil }
        self = variable
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { [($0.rawValue, $0), ($0.norwegianName, $0)] })
}
