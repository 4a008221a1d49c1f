import TestSupport
import Testing

@testable import Invoicing

@Suite struct DuePeriodsTests {
    private func agreement(
        _ anchor: String, _ interval: Interval = .monthly, next: Int = 1, preparation: Int = 0,
        arrears: Int? = nil, end: String? = nil, max: Int? = nil, pause: Pause? = nil,
        policy: CatchUpPolicy = .eachPeriod, decision: CatchUpDecision = CatchUpDecision()
    ) -> RecurringInvoice {
        RecurringInvoice(
            number: "A-1", recurrence: Recurrence(anchor: day(anchor), interval: interval),
            nextPeriodNumber: next,
            billing: arrears.map { .arrears(daysAfter: $0) } ?? .advance(daysBefore: preparation),
            endDate: end.map(day), periodCountMax: max, pause: pause, catchUpPolicy: policy,
            decision: decision, lines: [])
    }

    private func decide(
        _ agreement: RecurringInvoice, _ today: String, catchUpMax: Int = 12
    ) -> DueDecision {
        DuePeriods.decide(agreement, today: day(today), catchUpMax: catchUpMax)
    }

    @Test(arguments: [
        ("2026-01-30", 0, []), ("2026-01-31", 0, [1]), ("2026-02-27", 0, [1]),
        ("2026-02-28", 0, [1, 2]), ("2026-01-16", 14, []), ("2026-01-17", 14, [1]),
        ("2026-02-13", 14, [1]), ("2026-02-14", 14, [1, 2]),
    ])
    func `a period is due from its date minus the preparation days`(
        today: String, preparation: Int, due: [Int]
    ) {
        let decision = decide(agreement("2026-01-31", preparation: preparation), today)
        #expect(decision.due.map(\.number) == due)
        #expect(decision.skipped.isEmpty && decision.faults.isEmpty)
        #expect(decision.nextPeriodNumber == due.count + 1)
    }

    @Test func `a due period has its date and its days`() {
        let decision = decide(agreement("2026-01-31", next: 2), "2026-02-28")
        let span = DatePeriod(start: day("2026-02-28"), end: day("2026-03-30"))
        #expect(decision.due == [DuePeriod(number: 2, date: span.start, span: span)])
        #expect(decision.nextPeriodNumber == 3)
    }

    @Test func `after an outage each period is invoiced, oldest first, so many a run`() {
        var contract = agreement("2026-01-01")
        var made: [[Int]] = []
        for _ in 0..<4 {
            let decision = decide(contract, "2026-08-15", catchUpMax: 3)
            made.append(decision.due.map(\.number))
            contract.nextPeriodNumber = decision.nextPeriodNumber
        }
        #expect(made == [[1, 2, 3], [4, 5, 6], [7, 8], []])
    }

    @Test func `latest only passes over the older for good`() {
        let decision = decide(agreement("2026-01-01", policy: .latestOnly), "2026-03-20")
        #expect(decision.due.map(\.number) == [3])
        #expect(decision.skipped.map(\.number) == [1, 2])
        #expect(decision.skipped.allSatisfy { $0.reason == .superseded })
        #expect(decision.nextPeriodNumber == 4)
    }

    @Test func `a period prepared ahead does not make the running one a missed one`() {
        let contract = agreement("2026-01-01", next: 3, preparation: 14, policy: .latestOnly)
        #expect(decide(contract, "2026-03-20").due.map(\.number) == [3, 4])
        let asking = agreement("2026-01-01", next: 3, preparation: 14, policy: .ask)
        #expect(decide(asking, "2026-03-20").due.map(\.number) == [3, 4])
    }

    @Test func `invoicing in arrears does not make the running period the latest`() {
        let contract = agreement("2026-01-01", arrears: 0, policy: .latestOnly)
        let decision = decide(contract, "2026-03-10")
        #expect(decision.due.map(\.number) == [2])
        #expect(decision.skipped.map(\.number) == [1])
    }

    @Test(arguments: [
        ("2026-01-31", 0, []), ("2026-02-01", 0, [1]), ("2026-02-28", 0, [1]),
        ("2026-03-01", 0, [1, 2]), ("2026-02-10", 10, []), ("2026-02-11", 10, [1]),
    ])
    func `in arrears a period is due on the day after it, or so many days later`(
        today: String, days: Int, due: [Int]
    ) {
        #expect(decide(agreement("2026-01-01", arrears: days), today).due.map(\.number) == due)
    }

    @Test func `in arrears the last period is due after its own last day`() {
        var contract = agreement("2026-01-01", next: 3, arrears: 0, end: "2026-03-10")
        #expect(decide(contract, "2026-03-31").due.isEmpty)
        #expect(decide(contract, "2026-04-01").due.map(\.number) == [3])
        contract.lastPeriodPolicy = .byDays
        #expect(decide(contract, "2026-03-10").due.isEmpty)
        #expect(decide(contract, "2026-03-11").due.map(\.number) == [3])
    }

    @Test func `the running period is not asked about in arrears`() {
        let contract = agreement("2026-01-01", arrears: 5, policy: .ask)
        #expect(decide(contract, "2026-02-20").due.map(\.number) == [1])
        #expect(decide(contract, "2026-03-06").faults.map(\.code) == [.catchUpNeedsDecision])
    }

    @Test(arguments: CatchUpPolicy.allCases)
    func `what a person decided of missed periods goes before the policy`(policy: CatchUpPolicy) {
        let today = "2026-02-20"
        func decided(_ skip: String?, _ through: String?) -> RecurringInvoice {
            agreement(
                "2026-01-01", .daily, policy: policy,
                decision: CatchUpDecision(
                    skipBefore: skip.map(day), catchUpThrough: through.map(day)))
        }
        let all = decide(decided(nil, today), today, catchUpMax: 100)
        #expect(all.due.map(\.number) == Array(1...51) && all.skipped.isEmpty)
        let last = decide(decided(today, nil), today, catchUpMax: 100)
        #expect(last.due.map(\.number) == [51])
        #expect(last.skipped.map(\.number) == Array(1...50))
        #expect(last.skipped.allSatisfy { $0.reason == .byHand })
        let some = decide(decided("2026-02-11", today), today, catchUpMax: 100)
        #expect(some.due.map(\.number) == Array(42...51) && some.skipped.count == 41)
    }

    @Test func `a decision is about the days that it names and no later ones`() {
        let decision = CatchUpDecision(catchUpThrough: day("2026-02-20"))
        let contract = agreement("2026-01-01", .daily, next: 52, decision: decision)
        #expect(decide(contract, "2026-04-20").faults.map(\.code) == [.catchUpNeedsDecision])
    }

    @Test func `ask lets one missed period through and stops at two`() {
        let contract = agreement("2026-01-01", policy: .ask)
        #expect(decide(contract, "2026-01-20").due.map(\.number) == [1])
        let decision = decide(contract, "2026-02-20")
        #expect(decision.due.isEmpty && decision.skipped.isEmpty)
        #expect(decision.faults.map(\.code) == [.catchUpNeedsDecision])
        #expect(decision.nextPeriodNumber == 1)
    }

    @Test func `a backlog that is too long stops each period but not latest only`() {
        let long = agreement("2020-01-01")
        #expect(decide(long, "2026-01-01").faults.map(\.code) == [.catchUpNeedsDecision])
        #expect(decide(long, "2022-12-31").due.count == 12)
        #expect(decide(long, "2023-01-01").faults.map(\.code) == [.catchUpNeedsDecision])
        let latest = agreement("2020-01-01", policy: .latestOnly)
        #expect(decide(latest, "2026-01-01").due.map(\.number) == [73])
    }

    @Test(arguments: [
        ("2026-03-01", 3), ("2026-02-28", 2), ("2025-12-31", 0), ("2026-06-01", 5),
    ])
    func `the end date is the last day that a period may begin on`(
        end: String, count: Int
    ) {
        let decision = decide(agreement("2026-01-01", end: end), "2026-05-20")
        #expect(decision.due.count == count && decision.nextPeriodNumber == count + 1)
    }

    @Test func `an end before the next period is an ended agreement and no error`() {
        let decision = decide(agreement("2026-01-01", next: 9, end: "2026-02-01"), "2026-12-01")
        #expect(decision.due.isEmpty && decision.faults.isEmpty)
        #expect(decision.nextPeriodNumber == 9)
    }

    @Test func `the largest count ends the agreement`() {
        let decision = decide(agreement("2026-01-01", max: 3), "2026-12-01")
        #expect(decision.due.map(\.number) == [1, 2, 3])
        #expect(decide(agreement("2026-01-01", max: 0), "2026-12-01").due.isEmpty)
    }

    @Test func `paused periods are passed over and never invoiced later`() {
        let pause = Pause(from: day("2026-02-01"), until: day("2026-03-31"))
        let decision = decide(agreement("2026-01-01", pause: pause), "2026-05-01")
        #expect(decision.due.map(\.number) == [1, 4, 5])
        #expect(decision.skipped.map(\.number) == [2, 3])
        #expect(decision.skipped.allSatisfy { $0.reason == .paused })
        #expect(decision.nextPeriodNumber == 6)
    }

    @Test func `paused periods are no backlog`() {
        let pause = Pause(from: day("2026-02-01"), until: day("2026-04-30"))
        let contract = agreement("2026-02-01", pause: pause, policy: .ask)
        #expect(decide(contract, "2026-05-20").due.map(\.number) == [4])
    }

    @Test func `latest only finds the newest outside the pause`() {
        let pause = Pause(from: day("2026-03-01"))
        let contract = agreement("2026-01-01", pause: pause, policy: .latestOnly)
        let decision = decide(contract, "2026-04-20")
        #expect(decision.due.map(\.number) == [2])
        #expect(decision.skipped.map(\.number) == [1, 3, 4])
    }

    @Test func `under a pause without an end a period waits for its date`() {
        let contract = agreement(
            "2026-01-01", preparation: 20, pause: Pause(from: day("2026-01-01")))
        #expect(decide(contract, "2025-12-20").skipped.isEmpty)
        #expect(decide(contract, "2026-01-01").skipped.map(\.number) == [1])
    }

    @Test func `a long pause by the day is worked off in bounded steps`() {
        let pause = Pause(from: day("2020-01-01"), until: day("2025-12-31"))
        var contract = agreement("2020-01-01", .daily, pause: pause)
        for _ in 0..<2 {
            let decision = decide(contract, "2026-01-01")
            #expect(decision.due.isEmpty && decision.skipped.count == DuePeriods.stepsMax)
            contract.nextPeriodNumber = decision.nextPeriodNumber
        }
        #expect(decide(contract, "2026-01-01").due.map(\.date) == [day("2026-01-01")])
    }

    @Test func `absurd numbers neither trap nor invoice`() {
        #expect(decide(agreement("2026-01-01", next: Int.max), "2026-12-01").due.isEmpty)
        #expect(
            decide(agreement("2026-01-01", preparation: Int.min), "2026-12-01").due.isEmpty)
        #expect(decide(agreement("2026-01-01", arrears: 4_000_000), "2026-12-01").due.isEmpty)
        let swoop = decide(agreement("2026-01-01", preparation: Int.max), "2026-01-01")
        #expect(swoop.due.count == 12)
        #expect(decide(agreement("2026-01-01"), "2026-01-01", catchUpMax: 0).due.count == 1)
    }

    @Test func `run night after night every period is dealt with once`() {
        var random = SeededNumbers(seed: 7)
        let units = Interval.Unit.allCases
        for _ in 0..<300 {
            let interval = Interval(random.int(1...3), units[random.int(0...units.count - 1)])!
            let isInArrears = random.int(0...2) == 0
            var contract = agreement(
                "\(day("2024-01-01").adding(days: random.int(0...200)))", interval,
                preparation: random.int(0...30), arrears: isInArrears ? random.int(0...30) : nil,
                policy: CatchUpPolicy.allCases[random.int(0...1)])
            if random.int(0...2) == 0 {
                let from = day("2024-06-01").adding(days: random.int(0...100))
                contract.pause = Pause(from: from, until: from.adding(days: random.int(0...200)))
            }
            var dealt: [Int] = []
            var today = day("2024-01-01")
            while today < day("2025-06-01") {
                let decision = DuePeriods.decide(contract, today: today, catchUpMax: 3)
                let now = decision.due.map(\.number) + decision.skipped.map(\.number)
                #expect(decision.due.allSatisfy { !(contract.pause?.contains($0.date) ?? false) })
                #expect(decision.due.allSatisfy { contract.dueDay(of: $0) <= today })
                dealt += now.sorted()
                contract.nextPeriodNumber = decision.nextPeriodNumber
                today = today.adding(days: random.int(1...20))
            }
            #expect(dealt == Array(1..<contract.nextPeriodNumber))
        }
    }
}
