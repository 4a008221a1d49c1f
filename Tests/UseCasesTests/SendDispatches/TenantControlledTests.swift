import Dispatching
import Foundation
import Invoicing
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases

/// What an operator decides about a tenant holds for every program, and loses nothing.
struct TenantControlledTests {
    private static func queued(
        _ count: Int, tenants: ClosedRange<Int> = 1...2
    ) throws -> TestCompany {
        let company = try TestCompany(
            recipients: (1...count).map { "ok-\($0)@kunde.test" }, tenants: tenants)
        #expect(company.generate().isDone)
        return company
    }

    private static func sent(_ company: TestCompany) -> [Int64: Int] {
        Dictionary(company.provider.taken.map { ($0.tenantID, 1) }, uniquingKeysWith: +)
    }

    // MARK: Suspended

    @Test func `of a suspended tenant nothing is made or sent, and nothing is lost`() throws {
        let company = try Self.queued(3)
        #expect(company.control(2, .init(suspends: true), reason: "svindel meldt").isDone)
        let run = company.send()
        #expect(run.isDone && run.counts["held"] == 3, "\(run)")
        #expect(Self.sent(company) == [1: 3])
        // A month later its agreements are due again, and are not invoiced either.
        let before = try company.count(
            "SELECT count(*) AS count FROM invoice WHERE tenant_id = 2")
        #expect(company.generate(on: "2026-12-24").isDone)
        #expect(
            try company.count("SELECT count(*) AS count FROM invoice WHERE tenant_id = 2")
                == before)
        #expect(company.control(2, .init(suspends: false)).isDone)
        #expect(company.generate().isDone)
        try company.drain()
        #expect(Self.sent(company)[2] == Self.sent(company)[1])
        #expect(try company.broken() == [])
    }

    @Test func `a tenant that is suspended during a run is claimed no further`() throws {
        let company = try Self.queued(1, tenants: 1...1)
        #expect(company.control(1, .init(suspends: true)).isDone)
        let claims = try company.connection.transaction {
            try DispatchLife(company.connection).claim(
                .init(tenants: [1], count: 10, leaseSeconds: 60), owner: "t", now: company.now
            ).dispatches
        }
        #expect(claims.isEmpty, "whatever the run knew of it")
    }

    @Test func `an outage gives up nothing of a suspended tenant`() throws {
        let company = try Self.queued(2)
        company.provider.answer { _ in
            .refused(Refusal(.account, .unreachable, "can't be reached"))
        }
        company.send()
        #expect(company.control(2, .init(suspends: true)).isDone)
        company.now += 6 * 86_400
        company.send(isAtOnce: true)
        #expect(
            try company.lines(
                "SELECT DISTINCT tenant_id || ' ' || state AS line FROM dispatch ORDER BY 1")
                == ["1 failed", "2 queued"])
    }

    @Test func `documents of a suspended tenant are not handed over`() throws {
        let company = try Self.queued(1)
        #expect(company.control(2, .init(suspends: true)).isDone)
        try company.connection.run(
            script: """
                UPDATE dispatch SET channel = 'ehf';
                INSERT INTO dispatch_outbox (tenant_id, dispatch_id, put_at)
                SELECT tenant_id, dispatch_id, now() FROM dispatch_queue;
                DELETE FROM dispatch_queue;
                """)
        let waiting = try Outbox(company.connection).waiting(by: .ehf, tenantID: nil, limit: 10)
        #expect(waiting.map(\.tenantID) == [1])
    }

    // MARK: Hours and days

    @Test func `quiet hours go by the tenant's own clock`() throws {
        let company = try Self.queued(1)
        // Noon UTC is 13 in Oslo and 7 in New York.
        try company.connection.run(
            script: "UPDATE tenant SET time_zone = 'America/New_York' WHERE tenant_id = 2")
        for tenant: Int64 in [1, 2] {
            #expect(company.control(tenant, .init(quietHours: "20:00-08:00")).isDone)
        }
        let run = company.send()
        #expect(Self.sent(company) == [1: 1])
        #expect(run.counts["held"] == 1, "\(run)")
        company.now += 3_600
        company.send()
        #expect(Self.sent(company) == [1: 1, 2: 1])
    }

    @Test func `on rest days nothing goes out, and the day after all does`() throws {
        let company = try Self.queued(1, tenants: 1...1)
        #expect(company.control(1, .init(restDays: "weekends,holidays,2026-12-24")).isDone)
        for day in ["2026-11-28", "2026-11-29", "2026-12-24", "2026-12-25"] {
            company.send(on: day)
            #expect(company.provider.taken.isEmpty, "\(day)")
        }
        company.send(on: "2026-12-28")
        #expect(company.provider.taken.count == 1)
    }

    // MARK: How many

    @Test func `the day's limit holds over runs, and the rest goes out on the next days`() throws {
        let company = try Self.queued(25, tenants: 1...1)
        #expect(company.control(1, .init(dailyLimit: "10")).isDone)
        for _ in 0..<3 { company.send() }
        #expect(company.provider.taken.count == 10)
        company.now += 86_400
        let run = company.send()
        #expect(company.provider.taken.count == 20)
        #expect(run.counts["held"] == 5, "\(run)")
        company.now += 86_400
        company.send()
        #expect(company.provider.taken.count == 25)
        #expect(company.provider.doubled == [])
        #expect(try company.broken() == [])
    }

    @Test func `what was not sent after all does not count`() throws {
        let company = try Self.queued(4, tenants: 1...1)
        #expect(company.control(1, .init(dailyLimit: "4")).isDone)
        company.provider.answer { _ in .refused(Refusal(.account, .busy, "429")) }
        company.send()
        #expect(company.provider.taken.isEmpty)
        company.provider.behave()
        company.now += 7_200
        company.send(isAtOnce: true)
        #expect(company.provider.taken.count == 4)
    }

    @Test func `two machines at once keep the limit together`() throws {
        let company = try Self.queued(60, tenants: 1...1)
        #expect(company.control(1, .init(dailyLimit: "30")).isDone)
        let other = try company.database.connect()
        try TenantControls(other).prepareDays()
        let first = DispatchLife(company.connection)
        let limits = DispatchLife.ClaimLimits(
            tenants: [1], limited: [1], count: 20, leaseSeconds: 60)
        let claims = try company.connection.transaction {
            let mine = try first.claim(limits, owner: "a", now: company.now).dispatches
            // The other neither waits for the count nor claims without it.
            let theirs = try other.transaction {
                try DispatchLife(other).claim(limits, owner: "b", now: company.now).dispatches
            }
            #expect(theirs.isEmpty)
            return mine
        }
        #expect(claims.count == 20)
        let rest = try other.transaction {
            try DispatchLife(other).claim(limits, owner: "b", now: company.now).dispatches
        }
        #expect(rest.count == 10)
    }

    @Test func `a day's count is read by one machine at a time`() throws {
        let company = try Self.queued(1, tenants: 1...1)
        #expect(company.control(1, .init(dailyLimit: "30")).isDone)
        let other = try company.database.connect()
        try TenantControls(other).prepareDays()
        try company.connection.transaction {
            let mine = try TenantControls(company.connection).lockRoom(
                tenants: [1], now: company.now)
            let theirs = try other.transaction {
                try TenantControls(other).lockRoom(tenants: [1], now: company.now)
            }
            #expect(mine == [1: 30] && theirs == [:])
        }
    }

    // MARK: Who first

    @Test func `high priority goes before normal, and low goes last`() throws {
        let company = try Self.queued(3, tenants: 1...4)
        company.settings.send.batch = 2
        #expect(company.control(1, .init(priority: "low")).isDone)
        #expect(company.control(3, .init(priority: "high")).isDone)
        company.send()
        let order = company.provider.taken.map(\.tenantID)
        try #require(order.count == 12)
        #expect(order.prefix(3) == [3, 3, 3] && order.suffix(3) == [1, 1, 1], "\(order)")
        let shared = order[3..<9]
        #expect(Set(shared.prefix(4)) == [2, 4], "each has its share: \(order)")
    }

    // MARK: What is decided

    @Test func `what is decided is written down, and a dry run decides nothing`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        #expect(company.control(1, .init(suspends: true, dailyLimit: "5"), isDryRun: true).isDone)
        #expect(try company.count("SELECT count(*) AS count FROM tenant_control") == 0)
        let run = company.control(1, .init(suspends: true, dailyLimit: "5"), reason: "svindel")
        #expect(run.lines == ["daily limit 5", "suspended"])
        #expect(company.control(1, .init(suspends: true)).lines == ["was suspended already"])
        #expect(try company.audits("control").contains("kari: svindel"))
        #expect(company.control(1, .init(dailyLimit: "none")).isDone)
        #expect(
            try company.lines(
                "SELECT (suspended_at IS NOT NULL)::text AS line FROM tenant_control") == ["true"])
    }

    @Test(arguments: [
        ControlTenant.Change(dailyLimit: "0"), .init(dailyLimit: "-1"),
        .init(dailyLimit: "100000001"), .init(dailyLimit: "99999999999999999999"),
        .init(dailyLimit: ""), .init(quietHours: "20-7"), .init(quietHours: "24:00-07:00"),
        .init(quietHours: "07:00-07:00"), .init(quietHours: "07:00"), .init(quietHours: ""),
        .init(quietHours: "+7:00-08:00"), .init(restDays: ""), .init(restDays: "sundays"),
        .init(restDays: "2026-02-29"), .init(restDays: "weekends,"), .init(priority: "urgent"),
    ])
    func `what is no limit, hour, day or priority is refused, and changes nothing`(
        _ change: ControlTenant.Change
    ) throws {
        let company = try TestCompany("ok-1@kunde.test")
        let run = company.control(1, change)
        #expect(run.exit == .usage && run.error.hasPrefix("--"), "\(run)")
        #expect(try company.count("SELECT count(*) AS count FROM tenant_control") == 0)
    }

    @Test func `a reason that is no line is refused`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        for reason in ["a\nb", "\u{1b}[2J", String(repeating: "x", count: 501)] {
            #expect(company.control(1, .init(suspends: true), reason: reason).exit == .usage)
        }
    }

    @Test func `a row that a newer program wrote holds its tenant, and no other`() throws {
        let company = try Self.queued(1)
        try company.connection.run(
            script: """
                ALTER TABLE tenant_control DROP CONSTRAINT tenant_control_priority;
                INSERT INTO tenant_control (tenant_id, priority) VALUES (2, 'by moonlight');
                """)
        let run = company.send()
        #expect(run.isDone && run.counts["held"] == 1, "\(run)")
        #expect(Self.sent(company) == [1: 1])
    }
}
