import Testing

@testable import Invoicing

@Suite struct DuePeriodsTests {
    private func agreement(
        _ anchor: String, _ interval: Interval = .monthly, next: Int = 1, preparation: Int = 0,
        end: String? = nil, max: Int? = nil, pause: Pause? = nil,
        policy: CatchUpPolicy = .eachPeriod
    ) -> RecurringInvoice {
        RecurringInvoice(
            number: "A-1", recurrence: Recurrence(anchor: day(anchor), interval: interval),
            nextPeriodNumber: next, preparationDays: preparation, endDate: end.map(day),
            periodCountMax: max, pause: pause, catchUpPolicy: policy, lines: [])
    }

    private func decide(
        _ agreement: RecurringInvoice, _ today: String, catchUpMax: Int = 12
    ) -> DueDecision {
        DuePeriods.decide(agreement, today: day(today), catchUpMax: catchUpMax)
    }

    @Test(arguments: [
        ("2026-01-30", 0, []), ("2026-01-31", 0, [1]), ("2026-02-27", 0, [1]),
        ("2026-02-28", 0, [1, 2]), ("2026-01-16", 14, []), ("2026-01-17", 14, [1]),
        ("2026-02-13", 14, [1]), ("2026-02-14", 14, [1, 2]), ("2026-02-09", -10, []),
        ("2026-02-10", -10, [1]),
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
        #expect(decision.nextDate == day("2026-03-31"))
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
        #expect(decision.nextPeriodNumber == 4 && decision.nextDate == day("2026-04-01"))
    }

    @Test func `a period prepared ahead does not make the running one a missed one`() {
        let contract = agreement("2026-01-01", next: 3, preparation: 14, policy: .latestOnly)
        #expect(decide(contract, "2026-03-20").due.map(\.number) == [3, 4])
        let asking = agreement("2026-01-01", next: 3, preparation: 14, policy: .ask)
        #expect(decide(asking, "2026-03-20").due.map(\.number) == [3, 4])
    }

    @Test func `invoicing in arrears does not make the running period the latest`() {
        let contract = agreement("2026-01-01", preparation: -31, policy: .latestOnly)
        let decision = decide(contract, "2026-03-10")
        #expect(decision.due.map(\.number) == [2])
        #expect(decision.skipped.map(\.number) == [1])
    }

    @Test func `ask lets one missed period through and stops at two`() {
        let contract = agreement("2026-01-01", policy: .ask)
        #expect(decide(contract, "2026-01-20").due.map(\.number) == [1])
        let decision = decide(contract, "2026-02-20")
        #expect(decision.due.isEmpty && decision.skipped.isEmpty)
        #expect(decision.faults.map(\.code) == [.catchUpNeedsDecision])
        #expect(decision.nextPeriodNumber == 1 && decision.nextDate == day("2026-01-01"))
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
        ("2026-03-01", 3, nil), ("2026-02-28", 2, nil), ("2025-12-31", 0, nil),
        ("2026-06-01", 5, "2026-06-01"),
    ])
    func `the end date is the last day that a period may begin on`(
        end: String, count: Int, next: String?
    ) {
        let decision = decide(agreement("2026-01-01", end: end), "2026-05-20")
        #expect(decision.due.count == count)
        #expect(decision.nextDate == next.map(day))
    }

    @Test func `an end before the next period is an ended agreement and no error`() {
        let decision = decide(agreement("2026-01-01", next: 9, end: "2026-02-01"), "2026-12-01")
        #expect(decision.due.isEmpty && decision.faults.isEmpty)
        #expect(decision.nextDate == nil && decision.nextPeriodNumber == 9)
    }

    @Test func `the largest count ends the agreement`() {
        let decision = decide(agreement("2026-01-01", max: 3), "2026-12-01")
        #expect(decision.due.map(\.number) == [1, 2, 3])
        #expect(decision.nextDate == nil)
        #expect(decide(agreement("2026-01-01", max: 0), "2026-12-01").nextDate == nil)
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
        let swoop = decide(agreement("2026-01-01", preparation: Int.max), "2026-01-01")
        #expect(swoop.due.count == 12)
        #expect(decide(agreement("2026-01-01"), "2026-01-01", catchUpMax: 0).due.count == 1)
    }

    @Test func `run night after night every period is dealt with once`() {
        var random = SeededNumbers(seed: 7)
        let units = Interval.Unit.allCases
        for _ in 0..<300 {
            let interval = Interval(random.int(1...3), units[random.int(0...units.count - 1)])!
            var contract = agreement(
                "\(day("2024-01-01").adding(days: random.int(0...200)))", interval,
                preparation: random.int(0...30),
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
                #expect(
                    decision.due.allSatisfy {
                        $0.date.adding(days: -contract.preparationDays) <= today
                    })
                dealt += now.sorted()
                contract.nextPeriodNumber = decision.nextPeriodNumber
                today = today.adding(days: random.int(1...20))
            }
            #expect(dealt == Array(1..<contract.nextPeriodNumber))
        }
    }
}
