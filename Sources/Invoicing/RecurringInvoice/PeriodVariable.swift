/// What a line or a text of a recurring invoice can say of its period.
package enum PeriodVariable: String, CaseIterable, Sendable {
    /// The name of the month that the period begins in.
    case month
    case nextMonth = "next_month"
    case previousMonth = "previous_month"
    /// The month with its own year, which over a new year is another than `year`.
    case monthYear = "month_year"
    case nextMonthYear = "next_month_year"
    case previousMonthYear = "previous_month_year"
    /// The year that the period begins in.
    case year
    /// The number of the quarter.
    case quarter
    /// The number of the ISO week.
    case week
    /// That number with its own year, `53 2026`: the first days of January may belong to the last
    /// week of the year before.
    case weekYear = "week_year"
    /// The whole period, as short as it can be said.
    case period
    /// The first day.
    case from
    /// The last day.
    case to

    /// The name in Norwegian; both may be used in any language.
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

    /// The variable of an English or Norwegian name, spelt in small letters.
    package init?(name: some StringProtocol) {
        guard let variable = Self.byName[String(name)] else { return nil }
        self = variable
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { [($0.rawValue, $0), ($0.norwegianName, $0)] })
}
