import Foundation
import TestSupport
import Testing
@testable import Version

/// What the programs say they are.
struct BudstikkeVersionTests {
    @Test func `sources out of an archive name their commit and its day`() {
        let line = BudstikkeVersion.line(
            of: "budstikke", archived: "4e055a3c0ffee0000000000000000000000000ff 2026-11-30")
        #expect(line == "budstikke \(BudstikkeVersion.number) (4e055a3, 2026-11-30)")
    }

    @Test func `a folder that is worked in is a development`() {
        // Put together, so that no archive writes into the test.
        let line = BudstikkeVersion.line(of: "budstikke", archived: "$" + "Format:%H %cs$")
        #expect(line == "budstikke \(BudstikkeVersion.number) (development)")
    }

    @Test(arguments: [
        "budstikke", "generate-invoices", "send-dispatches", "reconcile-bounces", "draw-logo",
        "sandbox-provider",
    ])
    func `every program says its version`(program: String) throws {
        let run = try ProgramRun.run(program, ["--version"])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output == BudstikkeVersion.line(of: program) + "\n")
    }

    /// The changelog of the package is the other place where the number stands.
    @Test func `the package's changelog begins with the same number`() throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let changelog = try String(
            contentsOf: root.appending(path: "packaging/debian/changelog"), encoding: .utf8)
        #expect(changelog.hasPrefix("budstikke (\(BudstikkeVersion.number)) "), "\(changelog)")
    }
}
