import ArgumentParser
import Foundation
import Testing

@testable import Runtime

/// Each runs the program in a process of its own, with pipes for standard output and error.
@Suite struct BudstikkeCommandTests {
    @Test func `a summary is printed, and --quiet leaves it out`() async throws {
        let told = await #expect(
            processExitsWith: .exitCode(0),
            observing: [\.standardErrorContent, \.standardOutputContent]
        ) { StubCommand.main(["done"]) }
        #expect(told?.standardErrorContent.isEmpty == true)
        #expect(told.map { words($0.standardOutputContent) }?.contains("stub: 3 made\n") == true)
        let quiet = await #expect(
            processExitsWith: .exitCode(0),
            observing: [\.standardErrorContent, \.standardOutputContent]
        ) { StubCommand.main(["done", "--quiet"]) }
        #expect(quiet?.standardErrorContent.isEmpty == true)
        #expect(quiet.map { words($0.standardOutputContent) }?.contains("made") == false)
    }

    @Test func `a failed item ends with 1 and the summary, also where all is quiet`() async {
        let result = await #expect(
            processExitsWith: .exitCode(1), observing: [\.standardOutputContent]
        ) { StubCommand.main(["failing", "-q"]) }
        #expect(
            result.map { words($0.standardOutputContent) }?.contains("stub: 3 made, 1 failed\n")
                == true)
    }

    @Test func `a dry run tells what it would have done`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
        ) { StubCommand.main(["done", "--dry-run", "--quiet"]) }
        #expect(result.map { words($0.standardOutputContent) }?.contains("stub: 3 made\n") == true)
    }

    @Test(arguments: [["--tenant", "1"], ["--future"]])
    func `an option that would change nothing is refused`(option: [String]) async {
        let result = await #expect(
            processExitsWith: .exitCode(64), observing: [\.standardErrorContent]
        ) { [option] in StubCommand.main(["done"] + option) }
        let line = result.map { words($0.standardErrorContent) } ?? ""
        #expect(line.contains("stub: \(option[0])"), "\(line)")
    }

    @Test func `--json puts the summary on standard output`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
        ) { StubCommand.main(["done", "--json"]) }
        #expect(
            result.map { words($0.standardOutputContent) }?.contains(
                #"{"job":"stub","counts":{"made":3},"failed":0,"notes":[]}"# + "\n") == true)
    }

    @Test func `--json puts the error on standard output, too`() async {
        let result = await #expect(
            processExitsWith: .exitCode(69),
            observing: [\.standardErrorContent, \.standardOutputContent]
        ) { StubCommand.main(["unavailable", "--json"]) }
        #expect(
            result.map { words($0.standardOutputContent) }?.contains(
                #""error":"the database is down","exit":69}"# + "\n") == true)
        #expect(
            result.map { words($0.standardErrorContent) }?.hasSuffix(": the database is down\n")
                == true)
    }

    @Test func `an error is one line and its code`() async {
        let result = await #expect(
            processExitsWith: .exitCode(64), observing: [\.standardErrorContent]
        ) { StubCommand.main(["usage"]) }
        let line = result.map { words($0.standardErrorContent) } ?? ""
        #expect(line.hasSuffix("stub: there is no invoice 7\n"))
        #expect(line.count { $0 == "\n" } == 1)
    }

    @Test func `an error that nobody thought of ends with 70, without a trace`() async {
        let result = await #expect(
            processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
        ) { StubCommand.main(["bug"]) }
        let line = result.map { words($0.standardErrorContent) } ?? ""
        #expect(line.hasSuffix("Unthought(); this is a fault of the program, please report it\n"))
        #expect(line.count { $0 == "\n" } == 1)
    }

    @Test func `foreign text can neither steer the terminal nor fake a line`() async {
        let result = await #expect(
            processExitsWith: .exitCode(69), observing: [\.standardErrorContent]
        ) { StubCommand.main(["hostile"]) }
        #expect(
            result.map { words($0.standardErrorContent) }?.hasSuffix(
                "stub: 550 \\u{1b}[2J stub: all is well\n") == true)
    }

    @Test func `a wrong option ends with 64`() async {
        await #expect(processExitsWith: .exitCode(64)) {
            StubCommand.main(["done", "--limit", "0"])
        }
    }

    @Test func `a wrong setting ends with 78`() async {
        let result = await #expect(
            processExitsWith: .exitCode(78), observing: [\.standardErrorContent]
        ) {
            setenv("BUDSTIKKE_SEND_BATCH", "many", 1)
            StubCommand.main(["done"])
        }
        #expect(
            result.map { words($0.standardErrorContent) }?.hasSuffix(
                ": send.batch: 'many', from the environment (BUDSTIKKE_SEND_BATCH),"
                    + " is not a number from 1 to 1000\n") == true)
    }

    @Test func `log lines are JSON where nobody watches`() async throws {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) { StubCommand.main(["log"]) }
        let line = try #require(result?.standardErrorContent)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(line)) as? [String: String])
        #expect(object["level"] == "warning")
        #expect(object["event"] == "refused")
        #expect(object["dispatch"] == "17")
        #expect(object["run"]?.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        #expect(object["text"] == "5.1.1 no\n")
        #expect(object["time"]?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test func `the log level holds`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) { StubCommand.main(["log", "--log-level", "error"]) }
        #expect(result?.standardErrorContent.isEmpty == true)
    }
}

private func words(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}
