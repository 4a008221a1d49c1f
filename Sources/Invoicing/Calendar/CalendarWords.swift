/// Months, dates and periods in words, in one language.
package struct CalendarWords: Sendable {
    private let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    /// The month's name, 1 to 12: `november`, `November`.
    package func month(_ month: Int) -> String {
        precondition((1...12).contains(month), "a month is 1 to 12, not \(month)")
        return switch language {
        case .nb, .nn: Self.norwegianMonths[month - 1]
        case .en: Self.englishMonths[month - 1]
        }
    }

    /// The date in figures in Norwegian, `01.11.2026`, and in words in English, where figures are
    /// ambiguous: `1 November 2026`.
    package func date(_ date: CivilDate) -> String {
        switch language {
        case .nb, .nn:
            "\(twoDigits(date.day)).\(twoDigits(date.month)).\(date.year)"
        case .en:
            "\(date.day) \(month(date.month)) \(date.year)"
        }
    }

    /// The period in its shortest form: a year, a quarter, a month, a week, a day, or its first and
    /// last day.
    package func period(_ period: DatePeriod) -> String {
        let (start, end) = (period.start, period.end)
        if start == end { return date(start) }
        if start.weekday == 1, period.dayCount == 7 {
            return week(start.isoWeek)
        }
        guard start == start.firstOfMonth, end == end.lastOfMonth else {
            return "\(date(start))–\(date(end))"
        }
        return switch end.monthsSinceYearZero - start.monthsSinceYearZero {
        case 0: "\(month(start.month)) \(start.year)"
        case 2 where start.month % 3 == 1: quarter(start)
        case 11 where start.month == 1: "\(start.year)"
        default: "\(date(start))–\(date(end))"
        }
    }

    private func week(_ week: ISOWeek) -> String {
        switch language {
        case .nb: "uke \(week.number) \(week.year)"
        case .nn: "veke \(week.number) \(week.year)"
        case .en: "week \(week.number) \(week.year)"
        }
    }

    private func quarter(_ date: CivilDate) -> String {
        switch language {
        case .nb, .nn: "\(date.quarter). kvartal \(date.year)"
        case .en: "Q\(date.quarter) \(date.year)"
        }
    }

    private func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    private static let norwegianMonths = [
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "desember",
    ]

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
