import Foundation
import Invoicing
import Runtime
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
            of: Self.now + there, named: "it", askedAt: Self.now, answeredAt: Self.now + delay,
            secondsMax: 5)
        #expect(said == expected.map { "this machine is \($0) it" })
    }

    @Test(
        arguments: [
            (nil, "", false), ("2026-12-01", "", false), ("2026-11-29", "were valid until", true),
        ] as [(String?, String, Bool)])
    func `keys that have ended are found`(last: String?, words: String, isFound: Bool) {
        var settings = Settings()
        settings.provider.keyExpires = last.flatMap { CivilDate($0) }
        let check = SettingsChecks(settings: settings, now: Self.now).run()
            .first { $0.name == "key-expiry" }
        #expect(check?.findings.isEmpty == !isFound)
        #expect(check?.findings.first?.contains(words) ?? true)
        #expect(check?.note.contains("until 2026-12-01") == (last == "2026-12-01"))
    }

    /// What `systemctl show` prints of timers in these states.
    private static func shown(_ states: [(ScheduledJob, String, String, String)]) -> String {
        states.map { job, load, file, active in
            """
            LoadState=\(load)
            Id=\(job.timer)
            UnitFileState=\(file)
            ActiveState=\(active)
            """
        }.joined(separator: "\n\n") + "\n"
    }

    @Test func `a timer that is installed and does not run is found, unlike one that is not`() {
        let sound = TimerCheck {
            Self.shown(ScheduledJob.allCases.map { ($0, "loaded", "enabled", "active") })
        }.run()
        #expect(sound.findings == [] && sound.note == "")
        let broken = TimerCheck {
            Self.shown([
                (.generateInvoices, "loaded", "enabled", "inactive"),
                (.sendDispatches, "masked", "masked", "inactive"),
                (.reconcileBounces, "not-found", "", "inactive"),
            ])
        }.run()
        #expect(
            broken.findings == [
                "generate-invoices.timer is enabled and inactive",
                "send-dispatches.timer is masked and masked and inactive",
            ])
        #expect(
            broken.mend == "systemctl unmask send-dispatches.timer && systemctl enable --now"
                + " generate-invoices.timer send-dispatches.timer")
        #expect(broken.note.contains("no reconcile-bounces.timer"))
    }

    @Test(arguments: [nil, "", "\n\n\n", "Id=send-dispatches.timer", "=\n=x\nId", "\0"])
    func `no systemd is no fault`(said: String?) {
        let check = TimerCheck { said }.run()
        #expect(check.findings == [] && check.note.contains("does cron run it?"))
    }

    @Test func `a command of the system's is bounded in its time and its words`() {
        func output(_ words: String...) -> String? {
            var command = SystemCommand(words)
            command.secondsMax = 1
            command.bytesMax = 100
            return command.output()
        }
        #expect(output("echo", "a") == "a\n")
        #expect(output("no-such-program-here") == nil)
        #expect(output("false") == nil)
        #expect(output("yes") == nil)
        #expect(output("sleep", "600") == nil)
        #expect(output("sh", "-c", "exec >&-; sleep 600") == nil)
        #expect(SystemCommand(["sh", "-c", "cat; env | sort"]).output()?.contains("HOME") == false)
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
