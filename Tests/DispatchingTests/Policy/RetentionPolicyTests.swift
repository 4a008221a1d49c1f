import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

/// What may be let go on which day.
struct RetentionPolicyTests {
    private static let noon = Date(timeIntervalSince1970: 1_796_126_400)

    private static func policy(_ years: Int = 5, endsIn month: Int = 12) -> RetentionPolicy {
        var policy = RetentionPolicy()
        (policy.invoiceYears, policy.yearEndsIn) = (years, month)
        return policy
    }

    private static func goes(_ issued: CivilDate, on day: CivilDate, _ policy: RetentionPolicy)
        -> Bool
    {
        issued <= policy.limits(now: noon, today: day, providerKeepsSeconds: nil).invoicesThrough
    }

    @Test(arguments: [
        // Issued, the month in which the year ends, the last day on which it has to be kept.
        ("2026-01-01", 12, "2031-12-31"), ("2026-12-31", 12, "2031-12-31"),
        ("2027-01-01", 12, "2032-12-31"), ("2026-06-30", 6, "2031-06-30"),
        ("2026-07-01", 6, "2032-06-30"), ("2023-02-28", 2, "2028-02-29"),
        ("2024-02-29", 2, "2029-02-28"), ("2024-03-01", 2, "2030-02-28"),
    ])
    func `an invoice is kept for five years after its accounting year`(
        _ issued: String, _ month: Int, _ last: String
    ) throws {
        let (issued, last) = (try #require(CivilDate(issued)), try #require(CivilDate(last)))
        let policy = Self.policy(endsIn: month)
        #expect(policy.keptThrough(issuedOn: issued) == last)
        #expect(!Self.goes(issued, on: last, policy))
        #expect(Self.goes(issued, on: last.adding(days: 1), policy))
    }

    /// The two ways of reckoning agree on every day, whatever the settings.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `what may go is what need not be kept, and nothing else`(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<20_000 {
            let policy = Self.policy(numbers.int(0...12), endsIn: numbers.int(1...12))
            let issued = CivilDate(daysSinceEpoch: numbers.int(0...30_000))
            let kept = policy.keptThrough(issuedOn: issued)
            let day = kept.adding(days: numbers.int(-400...400))
            #expect(Self.goes(issued, on: day, policy) == (day > kept), "\(issued) on \(day)")
            #expect(kept >= issued.adding(months: 60), "never before five years")
        }
    }

    @Test func `the ends of the calendar are no trap`() {
        for day in [CivilDate.earliest, CivilDate.latest] {
            let limits = Self.policy(100).limits(
                now: Self.noon, today: day, providerKeepsSeconds: .max / 2)
            #expect(limits.invoicesThrough <= day)
            #expect(Self.policy(100).keptThrough(issuedOn: day) >= day)
        }
    }

    @Test(
        arguments: [
            (nil, 180), (1, 180), (150, 180), (151, 181), (365, 395),
        ] as [(Int?, Int)])
    func `a mail is kept for longer than its provider tells of it`(_ kept: Int?, _ days: Int) {
        let limits = RetentionPolicy().limits(
            now: Self.noon, today: .latest, providerKeepsSeconds: kept.map { $0 * 86_400 })
        #expect(limits.mailsBefore == Self.noon - Double(days) * 86_400)
        #expect(limits.runsBefore == Self.noon - 90 * 86_400)
        #expect(limits.auditsBefore == Self.noon - 1_830 * 86_400)
    }
}
