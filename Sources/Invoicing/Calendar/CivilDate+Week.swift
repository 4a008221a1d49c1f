extension CivilDate {
    /// 1 Monday to 7 Sunday, as ISO 8601 numbers them.
    package var weekday: Int {
        // 1970-01-01 was a Thursday; the offset keeps the dividend positive from year 1 on.
        (daysSinceEpoch + 3 + 7 * 200_000) % 7 + 1
    }

    /// The ISO 8601 week: week 1 has the year's first Thursday, so that the first days of January
    /// may belong to the last week of the year before.
    package var isoWeek: ISOWeek {
        let thursday = adding(days: 4 - weekday)
        return ISOWeek(year: thursday.year, number: (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// 1 on 1 January.
    package var dayOfYear: Int {
        let newYear = CivilDate(year: year, month: 1, day: 1) ?? self
        return daysSinceEpoch - newYear.daysSinceEpoch + 1
    }

    /// 1 to 4.
    package var quarter: Int {
        (month - 1) / 3 + 1
    }
}

/// A week of ISO 8601, with the year that it is counted in.
package struct ISOWeek: Hashable, Sendable {
    package var year: Int
    package var number: Int

    package init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }
}
