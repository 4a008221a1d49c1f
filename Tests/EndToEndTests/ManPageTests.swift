import Foundation
import TestSupport
import Testing

/// The manual pages, which are made of what the programs say of themselves.
struct ManPageTests {
    @Test func `each page has every option that the program's help has`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try makePages(in: folder)
        for call in try calls() {
            let help = try ProgramRun.run(call[0], Array(call.dropFirst()) + ["--help"])
            #expect(help.exitCode == 0, "\(help.errors)")
            let page = try page(call.joined(separator: "-"), section: 8, in: folder)
            let options = help.output.matches(of: /(?m)^  (?:-\w, )?(--[a-z-]+)/).map(\.1)
            #expect(options.contains("--help"))
            for option in options {
                let written = "\\fB\(option.replacing("-", with: "\\-"))\\fR"
                #expect(page.contains(written), "\(call): \(option)")
            }
        }
    }

    @Test func `the page of the configuration has every setting of the example`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try makePages(in: folder)
        let page = try page("budstikke.yaml", section: 5, in: folder)
        let example = try String(
            contentsOf: Self.root.appending(path: "examples/budstikke.yaml.example"),
            encoding: .utf8)
        // Two blanks and a name: of a section; the others are the page's own to find.
        let keys = example.matches(of: /(?m)^  (?:# )?([a-z_]+): \S+$/).map(\.1)
        #expect(keys.count > 30)
        for key in keys {
            #expect(page.contains(".\(key)\\fR ("), "\(key)")
        }
        #expect(page.contains(#"\fBdatabase\fR (default: "")"#))
    }

    /// Every program that has options, and each command of the operator's.
    private func calls() throws -> [[String]] {
        let help = try ProgramRun.run("budstikke", ["--help"]).output
        let list = help.split(separator: "SUBCOMMANDS:").last ?? ""
        let commands = list.matches(of: /(?m)^  ([a-z]+)\s/).map { String($0.1) }
        #expect(commands.count >= 19, "\(help)")
        let programs = [
            "budstikke", "generate-invoices", "send-dispatches", "reconcile-bounces",
            "sandbox-provider",
        ]
        return programs.map { [$0] } + commands.map { ["budstikke", $0] }
    }

    private func makePages(in folder: URL) throws {
        let process = Process()
        process.executableURL = Self.root.appending(path: "packaging/man-pages")
        process.arguments = [ProgramRun.folder.path, folder.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func page(_ name: String, section: Int, in folder: URL) throws -> String {
        try String(
            contentsOf: folder.appending(path: "man\(section)/\(name).\(section)"), encoding: .utf8)
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
