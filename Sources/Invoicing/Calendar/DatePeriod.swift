/// A run of days, both ends included: what a period's invoice is for.
package struct DatePeriod: Hashable, Codable, Sendable {
    package var start: CivilDate
    package var end: CivilDate

    package init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
    }

    /// How many days it has; 0 where the end lies before the start.
    package var dayCount: Int {
        max(0, end.daysSinceEpoch - start.daysSinceEpoch + 1)
    }

    /// Whether the day is one of its days.
    package func contains(_ date: CivilDate) -> Bool {
        start <= date && date <= end
    }
}
