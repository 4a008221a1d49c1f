/// The clause of an agreement by which its prices follow a published index, once a year.
///
/// Prices are adjusted on the first day of one month of each year (`adjustMonth`), by the newest
/// earlier value of the base month's own calendar month: a base of October 2024 and adjustment in
/// January give October 2026 over October 2024 in January 2027. Each change is measured against the
/// base, never against the year before; the cap and the floor are bounds of one year's change.
package struct PriceIndexClause: Hashable, Codable, Sendable {
    /// The name of the index, as `KPI`.
    package var index: String
    package var baseMonth: IndexMonth
    /// The value that the prices of the agreement were set at; above zero.
    package var baseValue: FixedDecimal
    /// The month, 1 to 12, on whose first day a new price holds.
    package var adjustMonth: Int
    /// Percent of the index's change that the prices follow, 100 for all.
    package var sharePercent: FixedDecimal
    /// The most and the least, in percent, that one adjustment changes the price by; nil for none.
    package var capPercent: FixedDecimal?
    package var floorPercent: FixedDecimal?
    /// How many days before a raise holds its notice must have been given; 0 where none is due.
    package var noticeDays: Int
    /// The notices that were given, in any order.
    package var notices: [PriceNotice]

    /// Husleieloven § 4-2 asks for a month's notice, and no month is longer than this.
    package static let noticeDaysDefault = 31

    package init(
        index: String, base: CivilDate, baseValue: FixedDecimal, adjustMonth: Int,
        sharePercent: FixedDecimal = 100, capPercent: FixedDecimal? = nil,
        floorPercent: FixedDecimal? = nil, noticeDays: Int = noticeDaysDefault,
        notices: [PriceNotice] = []
    ) {
        self.index = index
        baseMonth = IndexMonth(of: base)
        self.baseValue = baseValue
        self.adjustMonth = adjustMonth
        self.sharePercent = sharePercent
        self.capPercent = capPercent
        self.floorPercent = floorPercent
        self.noticeDays = noticeDays
        self.notices = notices
    }
}

/// That a customer was told of a raise.
package struct PriceNotice: Hashable, Codable, Sendable {
    /// The day from which the raise was to hold.
    package var adjustsOn: CivilDate
    package var sentOn: CivilDate

    package init(adjustsOn: CivilDate, sentOn: CivilDate) {
        self.adjustsOn = adjustsOn
        self.sentOn = sentOn
    }
}
