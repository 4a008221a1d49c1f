extension VATRate {
    /// Norway's output VAT by the standard codes of SAF-T Financial (skatteetaten.no).
    ///
    /// The rates since 2005 are those of Stortinget's yearly decisions on merverdiavgift; the low
    /// rate was 6 % from 1 April 2020 to 30 September 2021.
    package static let norwegian: [VATRate] =
        standard("3", [(25, 2005, 1, 1)])
        + standard("31", [(11, 2005, 1, 1), (13, 2006, 1, 1), (14, 2007, 1, 1), (15, 2012, 1, 1)])
        + [FixedDecimal(millionths: 11_110_000)].flatMap {
            [VATRate(code: "32", category: VATCategory(code: "S", rate: $0), validFrom: since2005)]
        }
        + standard(
            "33",
            [
                (7, 2005, 1, 1), (8, 2006, 1, 1), (10, 2016, 1, 1), (12, 2018, 1, 1),
                (6, 2020, 4, 1), (12, 2021, 10, 1),
            ])
        + [
            VATRate(code: "5", category: .zeroRated, validFrom: since2005),
            VATRate(
                code: "51", category: .reverseCharge, validFrom: since2005,
                exemptionReason: InvoiceTexts(.nb).reverseCharge,
                exemptionReasonCode: "VATEX-EU-AE"),
            VATRate(
                code: "52", category: VATCategory(code: "G", rate: .zero), validFrom: since2005,
                exemptionReason: "Utførsel fra merverdiavgiftsområdet",
                exemptionReasonCode: "VATEX-EU-G"),
            VATRate(
                code: "6", category: VATCategory(code: "E", rate: .zero), validFrom: since2005,
                exemptionReason: "Unntatt fra merverdiavgiftsloven"),
            VATRate(
                code: "7", category: VATCategory(code: "O", rate: nil), validFrom: since2005,
                exemptionReason: "Ingen merverdiavgiftsbehandling",
                exemptionReasonCode: "VATEX-EU-O"),
        ]

    private static let since2005 = CivilDate(year: 2005, month: 1, day: 1) ?? .earliest

    private static func standard(
        _ code: String, _ rates: [(percent: Int64, year: Int, month: Int, day: Int)]
    ) -> [VATRate] {
        rates.compactMap { rate in
            CivilDate(year: rate.year, month: rate.month, day: rate.day).map {
                VATRate(
                    code: code,
                    category: VATCategory(code: "S", rate: FixedDecimal(rate.percent)),
                    validFrom: $0)
            }
        }
    }
}
