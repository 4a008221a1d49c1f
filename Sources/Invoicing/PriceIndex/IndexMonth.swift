/// A month that a price index has a value for: `2026-10`.
package struct IndexMonth: Hashable, Comparable, Sendable {
    /// Months since year zero, as `CivilDate` counts them.
    private let number: Int

    package init(of date: CivilDate) {
        number = date.monthsSinceYearZero
    }

    /// The month's first day.
    package var firstDay: CivilDate {
        CivilDate(year: number / 12, month: calendarMonth, day: 1) ?? .earliest
    }

    /// 1 to 12.
    var calendarMonth: Int {
        number % 12 + 1
    }

    package static func < (left: IndexMonth, right: IndexMonth) -> Bool {
        left.number < right.number
    }
}

extension IndexMonth: CustomStringConvertible {
    package var description: String {
        let (year, month) = (number / 12, number % 12 + 1)
        return "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
}

extension IndexMonth: Codable {
    package init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// The values that a price index was published with, by index and month.
package struct IndexValues: Hashable, Sendable {
    private var values: [String: [IndexMonth: FixedDecimal]] = [:]

    package init() {}

    package subscript(_ index: String, _ month: IndexMonth) -> FixedDecimal? {
        get { values[index]?[month] }
        set { values[index, default: [:]][month] = newValue }
    }
}
