import Testing

@testable import Invoicing

/// What an index clause makes of a price, by cases worked out by hand.
struct PriceAdjustmentTests {
    /// KPI of October, which 2015 = 100 made up for the test.
    private static let october = [
        2022: "126.5", 2023: "131.5", 2024: "135", 2025: "139.05", 2026: "137.7",
    ]

    private static func values(without missing: [Int] = []) -> IndexValues {
        var values = IndexValues()
        for (year, text) in october where !missing.contains(year) {
            values["KPI", IndexMonth(of: day("\(year)-10-01"))] = FixedDecimal(text)
        }
        return values
    }

    /// Prices of October 2022, adjusted each January.
    private static func clause(
        adjustMonth: Int = 1, share: FixedDecimal = 100, cap: FixedDecimal? = nil,
        floor: FixedDecimal? = nil, noticeDays: Int = 0, notices: [(String, String)] = []
    ) -> PriceIndexClause {
        PriceIndexClause(
            index: "KPI", base: day("2022-10-01"), baseValue: FixedDecimal(millionths: 126_500_000),
            adjustMonth: adjustMonth, sharePercent: share, capPercent: cap, floorPercent: floor,
            noticeDays: noticeDays,
            notices: notices.map { PriceNotice(adjustsOn: day($0.0), sentOn: day($0.1)) })
    }

    @Test(arguments: [
        // Before the first adjustment, and on its day: 131.5 / 126.5 = 1.0395256…
        ("2023-01-01", "1"), ("2023-12-31", "1"), ("2024-01-01", "1.039526"),
        ("2024-12-31", "1.039526"),
        // 135 / 126.5 = 1.0671936…, 139.05 / 126.5 = 1.0992094…, then down to 137.7.
        ("2025-06-15", "1.067194"), ("2026-01-01", "1.099209"), ("2027-02-28", "1.088538"),
    ])
    func `the newest value over the base`(date: String, factor: String) throws {
        let adjustment = try Self.clause().adjustment(on: day(date), values: Self.values()).get()
        #expect(adjustment.factor.description == factor)
        #expect(adjustment.awaited == nil)
    }

    @Test(arguments: [
        // July goes by the October before; October by that of the year before; November by its own.
        (7, "2024-06-30", "1"), (7, "2024-07-01", "1.039526"), (10, "2024-10-01", "1.039526"),
        (10, "2024-09-30", "1"), (11, "2023-11-01", "1.039526"), (11, "2023-10-31", "1"),
    ])
    func `the month of adjustment goes by the October before it`(
        month: Int, date: String, factor: String
    ) throws {
        let clause = Self.clause(adjustMonth: month)
        let adjustment = try clause.adjustment(on: day(date), values: Self.values()).get()
        #expect(adjustment.factor.description == factor)
    }

    @Test func `a part of the change may be followed`() throws {
        // 1 + 0.8 × (131.5 − 126.5) / 126.5 = 1.0316205…
        let adjustment = try Self.clause(share: 80).adjustment(
            on: day("2024-01-01"), values: Self.values()
        ).get()
        #expect(adjustment.factor.description == "1.031621")
    }

    @Test(
        arguments: [
            // Three percent at most each year, around the year before.
            ("3", nil, "2024-01-01", "1.03"), ("3", nil, "2025-01-01", "1.0609"),
            ("3", nil, "2026-01-01", "1.092727"), ("3", nil, "2027-01-01", "1.088538"),
            // Never down.
            (nil, "0", "2027-01-01", "1.099209"), (nil, "-0.5", "2027-01-01", "1.093713"),
        ] as [(String?, String?, String, String)])
    func `a cap and a floor bound one year's change`(
        cap: String?, floor: String?, date: String, factor: String
    ) throws {
        let clause = Self.clause(
            cap: cap.flatMap { FixedDecimal($0) }, floor: floor.flatMap { FixedDecimal($0) })
        let adjustment = try clause.adjustment(on: day(date), values: Self.values()).get()
        #expect(adjustment.factor.description == factor)
    }

    struct NoticeCase: CustomTestStringConvertible {
        let notices: [(String, String)]
        let date: String
        let factor: String
        let awaited: String?

        init(_ notices: [(String, String)], _ date: String, _ factor: String, _ awaited: String?) {
            (self.notices, self.date, self.factor) = (notices, date, factor)
            self.awaited = awaited
        }

        var testDescription: String { "\(date) after \(notices.count) notices" }
    }

    static let noticeCases = [
        NoticeCase([], "2023-12-31", "1", nil),
        NoticeCase([], "2024-01-01", "1", "2024-01-01"),
        // In time: thirty days before, to the day; and a day too late.
        NoticeCase([("2024-01-01", "2023-12-02")], "2024-01-01", "1.039526", nil),
        NoticeCase([("2024-01-01", "2023-12-03")], "2024-01-01", "1", "2024-01-01"),
        // A late one counts from when it was given.
        NoticeCase([("2024-01-01", "2024-02-10")], "2024-03-10", "1", "2024-01-01"),
        NoticeCase([("2024-01-01", "2024-02-10")], "2024-03-11", "1.039526", nil),
        // A year without notice is passed over; the next is measured against the base all the same.
        NoticeCase([("2025-01-01", "2024-11-01")], "2025-01-01", "1.067194", nil),
        NoticeCase([("2024-01-01", "2023-11-01")], "2025-01-01", "1.039526", "2025-01-01"),
        // A notice of another day is none.
        NoticeCase([("2023-01-01", "2022-11-01")], "2024-01-01", "1", "2024-01-01"),
        // A fall needs none.
        NoticeCase([("2026-01-01", "2025-11-01")], "2027-01-01", "1.088538", nil),
    ]

    @Test(arguments: noticeCases)
    func `a raise waits for its notice`(test: NoticeCase) throws {
        let clause = Self.clause(noticeDays: 30, notices: test.notices)
        let adjustment = try clause.adjustment(on: day(test.date), values: Self.values()).get()
        #expect(adjustment.factor.description == test.factor)
        #expect(adjustment.awaited?.adjustsOn == test.awaited.map(day))
        if let awaited = adjustment.awaited {
            #expect(awaited.oldFactor == adjustment.factor && awaited.newFactor > awaited.oldFactor)
        }
    }

    @Test func `a value that is missing is never guessed`() throws {
        let missing = #expect(throws: MissingIndexValues.self) {
            try Self.clause().adjustment(
                on: day("2026-05-01"), values: Self.values(without: [2023, 2025])
            ).get()
        }
        #expect(missing?.months.map(\.description) == ["2023-10", "2025-10"])
        #expect(missing?.index == "KPI")
        // What is not needed yet is not missing.
        #expect(
            try Self.clause().adjustment(
                on: day("2025-05-01"), values: Self.values(without: [2025, 2026])
            ).get().factor.description == "1.067194")
    }

    @Test func `a raise to come is known once its value is`() {
        let clause = Self.clause(noticeDays: 30)
        let raise = clause.increase(after: day("2025-11-20"), values: Self.values())
        #expect(raise?.adjustsOn == day("2026-01-01"))
        #expect(raise?.newFactor.description == "1.099209")
        let early = clause.increase(after: day("2025-11-20"), values: Self.values(without: [2025]))
        #expect(early == nil)
        let given = Self.clause(noticeDays: 30, notices: [("2026-01-01", "2025-11-21")])
        #expect(given.increase(after: day("2025-11-20"), values: Self.values()) == nil)
        #expect(Self.clause().increase(after: day("2025-11-20"), values: Self.values()) == nil)
    }

    @Test func `absurd values saturate rather than trap`() throws {
        var values = IndexValues()
        values["KPI", IndexMonth(of: day("2023-10-01"))] = FixedDecimal(millionths: .max)
        values["KPI", IndexMonth(of: day("2024-10-01"))] = FixedDecimal(millionths: .max)
        var clause = Self.clause(cap: 999)
        clause.baseValue = FixedDecimal(millionths: 1)
        #expect(try clause.adjustment(on: day("2025-01-01"), values: values).get().factor > 1)
        clause.capPercent = nil
        let factor = try clause.adjustment(on: day("2025-01-01"), values: values).get().factor
        #expect(factor.millionths == .max)
    }
}
