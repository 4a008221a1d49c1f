import Foundation
import Postgres
import TestSupport
import Testing

@testable import UseCases

/// What a probe finds late, and what it leaves alone.
struct ProbeTests {
    private static func run(_ company: TestCompany, _ job: ScheduledJob, secondsAgo: Double) throws
    {
        let at = company.now - secondsAgo
        _ = try company.connection.execute(
            """
            INSERT INTO job_run (run_id, job, host, process_id, started_at, ended_at, exit_code,
                summary)
            VALUES (gen_random_uuid(), \(job.name), 'h', 1, \(at), \(at), 0, '{}')
            """)
    }

    private static func late(_ company: TestCompany, _ job: ScheduledJob? = nil) throws -> [String]
    {
        try ProbeInstallation(connection: company.connection, context: company.context())
            .run(job).late
    }

    @Test func `a program that never did its work is late, and one that did is not`() throws {
        let company = try TestCompany()
        #expect(try Self.late(company).count == 3)
        for job in ScheduledJob.allCases {
            try Self.run(company, job, secondsAgo: job.silenceSecondsMax)
        }
        #expect(try Self.late(company) == [])
        company.now += 1
        let late = try Self.late(company)
        #expect(late.count == 3)
        #expect(late.allSatisfy { $0.contains("has not done its work since ") })
        #expect(try Self.late(company, .sendDispatches).count == 1)
    }

    @Test func `mail that is due for long is late, for who sends it alone`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        company.now += 7 * 3_600
        for job in ScheduledJob.allCases { try Self.run(company, job, secondsAgo: 1) }
        for job in [nil, ScheduledJob.sendDispatches] {
            #expect(try Self.late(company, job).first?.hasPrefix("1 dispatches are due") == true)
        }
        #expect(try Self.late(company, .reconcileBounces) == [])
        try company.drain()
        #expect(try Self.late(company) == [])
    }
}
