/// A run of days, both ends included: what a period's invoice is for.
package struct DatePeriod: Hashable, Codable, Sendable {
    package var start: CivilDate
    package var end: CivilDate

    package init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
    }
}
