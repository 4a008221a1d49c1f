extension VATRate {
    /// Norway's output VAT by the standard codes of SAF-T Financial (skatteetaten.no), for a set-up
    /// that names none of its own.
    ///
    /// The rates are those of Stortinget's yearly decisions on merverdiavgift.
    package static let norwegian: [VATRate] = [
        norwegian("3", .standard(25), since: 2005, 1),
        norwegian("31", .standard(15), since: 2012, 1),
        norwegian("32", .standard(FixedDecimal(millionths: 11_110_000)), since: 2005, 1),
        norwegian("33", .standard(12), since: 2021, 10),
        norwegian("5", .zeroRated, since: 2005, 1),
        norwegian("51", .reverseCharge, since: 2005, 1),
        norwegian("52", .export, since: 2005, 1),
        norwegian("6", .exempt, since: 2005, 1),
        norwegian("7", .outsideScope, since: 2005, 1),
    ]

    private static func norwegian(
        _ code: String, _ category: VATCategory, since year: Int, _ month: Int
    ) -> VATRate {
        VATRate(
            code: code, category: category,
            validFrom: CivilDate(year: year, month: month, day: 1) ?? .earliest)
    }
}
