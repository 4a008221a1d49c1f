import Foundation
import Testing

@testable import Store
@testable import UseCases

/// What of `doctor` is decided without a database.
struct DoctorChecksTests {
    private static let now = Date(timeIntervalSince1970: 1_796_065_291)

    @Test(arguments: [
        (0.0, 0.0, [String]()), (5, 0, []), (-5, 0, []), (5.1, 0, ["5 s behind"]),
        (-3_600, 1, ["3600 s ahead of"]), (3_600, 30, ["3570 s behind"]),
        // What took long to answer may be as right as we are.
        (30, 60, []), (-4, 60, []),
    ])
    func `a clock is off by what no delay explains`(
        there: Double, delay: Double, expected: [String]
    ) {
        let said = ServerChecks.skew(
            of: Self.now + there, askedAt: Self.now, answeredAt: Self.now + delay, secondsMax: 5)
        #expect(said == expected.map { "this machine is \($0) the database" })
    }

    private static func jobs(
        _ name: String, started: Double?, succeeded: Double?, exit: Int? = nil
    ) -> [Gauges.Job] {
        ScheduledJob.names.map { job in
            let isIt = job == name
            return Gauges.Job(
                name: job, lastStartedAt: isIt ? started.map { now - $0 } : nil, lastSeconds: nil,
                lastExitCode: isIt ? exit : nil,
                lastSuccessAt: isIt ? succeeded.map { now - $0 } : nil, unfinished: 0)
        }
    }

    @Test(arguments: ScheduledJob.names)
    func `a program is stale when it has run, and not done its work of late`(name: String) throws {
        let silence = try #require(ScheduledJob(rawValue: name)).silenceSecondsMax
        let late = silence + 1
        let never = Self.jobs(name, started: nil, succeeded: nil)
        #expect(OperationChecks.stale(never, now: Self.now) == [])
        let fresh = Self.jobs(name, started: 1, succeeded: silence, exit: 69)
        #expect(OperationChecks.stale(fresh, now: Self.now) == [])
        let old = Self.jobs(name, started: late, succeeded: late, exit: 0)
        let said = OperationChecks.stale(old, now: Self.now)
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("\(name) has not done its work since ") == true)
        let failed = OperationChecks.stale(
            Self.jobs(name, started: 1, succeeded: nil, exit: 78), now: Self.now)
        #expect(failed.first?.contains("of late, and ended with 78") == true)
        for exit in [nil, 75, 130, 143] {
            let first = Self.jobs(name, started: 1, succeeded: nil, exit: exit)
            #expect(OperationChecks.stale(first, now: Self.now) == [])
        }
    }
}
