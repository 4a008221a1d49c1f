import ArgumentParser
import Foundation
import Testing

@testable import Runtime

@Suite struct RunSummaryTests {
    @Test func `people read what is not zero`() {
        let summary = RunSummary(
            job: "send-dispatches", counts: [("sent", 12), ("postponed", 0), ("refused", 2)],
            failed: 2, notes: ["the provider asked to wait"])
        #expect(
            summary.text
                == "send-dispatches: 12 sent, 2 refused, 2 failed; the provider asked to wait")
    }

    @Test func `one is said as one`() {
        let summary = RunSummary(
            job: "import", counts: [("files", 1), ("rows", 2), ("new_things", 1)], failed: 0)
        #expect(summary.text == "import: 1 file, 2 rows, 1 new things")
    }

    @Test func `what failed is red where there is colour`() {
        let summary = RunSummary(job: "stub", counts: [("sent", 1)], failed: 2)
        #expect(
            summary.text(on: Screen(hasColour: true))
                == "stub: 1 sent, \u{1b}[31m2 failed\u{1b}[0m")
    }

    @Test func `the failed are told once`() {
        let summary = RunSummary(job: "generate-invoices", counts: [("failed", 3)], failed: 4)
        #expect(summary.text == "generate-invoices: 3 failed")
    }

    @Test func `nothing to do is said so`() {
        let summary = RunSummary(job: "send-dispatches", counts: [("sent", 0)], failed: 0)
        #expect(summary.text == "send-dispatches: nothing to do")
        #expect(summary.isNothing)
    }

    @Test func `machines read all of it`() throws {
        let summary = RunSummary(
            job: "generate-invoices", counts: [("invoices", 5), ("failed", 1), ("mended", 0)],
            failed: 2, notes: ["a \"quoted\" note\n"])
        #expect(
            summary.json == #"{"job":"generate-invoices","#
                + #""counts":{"invoices":5,"failed":1,"mended":0},"#
                + #""failed":2,"notes":["a \"quoted\" note\n"]}"#)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(summary.json.utf8)) as? [String: Any])
        #expect(object["failed"] as? Int == 2)
    }

    @Test func `a summary without counts is JSON too`() {
        let summary = RunSummary(job: "doctor", counts: [], failed: 0)
        #expect(summary.json == #"{"job":"doctor","counts":{},"failed":0,"notes":[]}"#)
    }
}

@Suite struct RunClockTests {
    @Test func `--as-of stands still`() {
        let instant = Date(timeIntervalSince1970: 1_795_489_800)
        let clock = RunClock(fixed: instant)
        #expect(clock.now == instant && clock.now == instant)
    }

    @Test func `otherwise it is now`() {
        let before = Date()
        let now = RunClock().now
        #expect(before <= now && now <= Date())
    }

    @Test func `a deadline that lies behind has passed, one ahead has not`() {
        #expect(Deadline(after: .zero).hasPassed)
        #expect(Deadline(after: .seconds(-1)).remaining == .zero)
        let far = Deadline(after: .seconds(3_600))
        #expect(!far.hasPassed)
        #expect(far.remaining > .seconds(1) && far.remaining <= .seconds(3_600))
    }
}

@Suite struct ProgramFailureTests {
    private struct Unthought: Error {}

    @Test func `the codes are those that are documented, for ever`() {
        #expect(
            BudstikkeExit.allCases.map(\.rawValue)
                == [0, 1, 64, 65, 69, 70, 74, 75, 77, 78, 130, 143])
    }

    @Test func `an error that knows its code ends with it`() {
        #expect(BudstikkeExit(UsageError("no")) == .usage)
        #expect(BudstikkeExit(UsageError("no", exit: .refused)) == .refused)
        #expect(BudstikkeExit(ConfigurationError("no")) == .configuration)
        #expect(BudstikkeExit(ValidationError("no")) == .usage)
    }

    @Test func `a file that can't be read is named, and is no bug`() throws {
        let path = "/nowhere/invoice.xml"
        let error = #expect(throws: (any Error).self) {
            try Data(contentsOf: URL(filePath: path))
        }
        let (line, exit) = ProgramFailure.explain(try #require(error))
        #expect(exit == .inputOutput)
        #expect(line == "/nowhere/invoice.xml: No such file or directory")
    }

    @Test func `an error of the system's is no bug`() {
        let (line, exit) = ProgramFailure.explain(POSIXError(.ENOSPC))
        #expect(exit == .inputOutput)
        #expect(line == "No space left on device")
    }

    @Test func `an error that nobody thought of is ours`() {
        let (line, exit) = ProgramFailure.explain(Unthought())
        #expect(exit == .bug)
        #expect(line == "Unthought(); this is a fault of the program, please report it")
    }

    @Test func `a code that was decided stays`() {
        let code = ProgramFailure.ending(with: ArgumentParser.ExitCode(75), program: "x")
        #expect(code.rawValue == 75)
    }
}
