/// The distance from one period to the next: every `count` days, weeks, months, quarters or years.
package struct Interval: Hashable, Codable, Sendable {
    /// What is counted.
    package let unit: Unit
    /// How many of them; 1 or more.
    package let count: Int

    /// The largest count: more than any agreement has, and small enough that no product overflows.
    package static let countMax = 1_000

    /// The interval, or nil where the count is not 1 to `countMax`.
    package init?(_ count: Int, _ unit: Unit) {
        guard (1...Self.countMax).contains(count) else { return nil }
        self.unit = unit
        self.count = count
    }

    private init(one unit: Unit) {
        self.unit = unit
        count = 1
    }

    /// Every day.
    package static let daily = Interval(one: .day)
    /// Every week.
    package static let weekly = Interval(one: .week)
    /// Every month.
    package static let monthly = Interval(one: .month)
    /// Every three months.
    package static let quarterly = Interval(one: .quarter)
    /// Every year.
    package static let yearly = Interval(one: .year)

    /// A measure of time that an agreement may recur by.
    package enum Unit: String, Codable, Sendable, CaseIterable {
        case day
        case week
        case month
        case quarter
        case year
    }

    /// The interval in the only two measures that the calendar has: days, or months.
    enum Step {
        case days(Int)
        case months(Int)
    }

    var step: Step {
        switch unit {
        case .day: .days(count)
        case .week: .days(7 * count)
        case .month: .months(count)
        case .quarter: .months(3 * count)
        case .year: .months(12 * count)
        }
    }
}

extension Interval {
    private enum CodingKeys: CodingKey {
        case unit
        case count
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let count = try values.decode(Int.self, forKey: .count)
        guard let interval = Interval(count, try values.decode(Unit.self, forKey: .unit)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .count, in: values,
                debugDescription: "an interval counts 1 to \(Self.countMax), not \(count)")
        }
        self = interval
    }
}
