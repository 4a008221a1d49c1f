import ArgumentParser
import Foundation
import Testing

@testable import Runtime

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
