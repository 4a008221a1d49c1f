/// Norway's public holidays, on which a tenant may choose to send nothing.
///
/// Source: lov om helligdager og helligdagsfred § 2, and lov om 1 og 17 mai som høgtidsdagar § 1.
package enum Holidays {
    /// Whether the day is a public holiday, whichever weekday it falls on.
    package static func isNorwegian(_ day: CivilDate) -> Bool {
        fixed.contains { $0 == (day.month, day.day) }
            || movable.contains(day.daysSinceEpoch - easter(of: day.year).daysSinceEpoch)
    }

    /// New Year's Day, 1 and 17 May, Christmas Day and Boxing Day.
    private static let fixed = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)]

    /// Days from Easter Sunday: Maundy Thursday, Good Friday, Easter and its Monday, Ascension Day,
    /// Whit Sunday and its Monday.
    private static let movable: Set = [-3, -2, 0, 1, 39, 49, 50]

    /// Easter Sunday of the Gregorian calendar.
    ///
    /// Source: the algorithm of Meeus, Jones and Butcher (J. Meeus, Astronomical Algorithms, ch. 8).
    package static func easter(of year: Int) -> CivilDate {
        let golden = year % 19
        let (century, rest) = (year / 100, year % 100)
        let moon =
            (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7
        let correction = (golden + 11 * moon + 22 * weekday) / 451
        let march = moon + weekday - 7 * correction + 21
        return (CivilDate(year: year, month: 3, day: 1) ?? .earliest).adding(days: march)
    }
}
