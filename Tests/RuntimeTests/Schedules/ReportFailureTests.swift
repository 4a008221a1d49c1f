import Foundation
import Testing

/// The report that systemd starts where a unit failed, with a mail server of the test's own.
struct ReportFailureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a unit that failed is logged as an error and mailed`() throws {
        try installSendmail()
        let run = try report("69", environment: ["REPORT_FAILURES_TO": "drift@eksempel.no"])
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("<3>send-dispatches failed: exit 69; budstikke doctor"))
        let mail = try #require(mails.first)
        #expect(
            mail.hasPrefix("To: drift@eksempel.no\nSubject: Budstikke: send-dispatches failed on "))
        #expect(mail.contains("\nAuto-Submitted: auto-generated\n"))
        #expect(mail.contains("budstikke runs --job send-dispatches\n"))
    }

    @Test func `without an address the mail is root's`() throws {
        try installSendmail()
        _ = try report("70")
        #expect(mails.first?.hasPrefix("To: root\n") == true)
    }

    @Test func `what fails every minute is mailed once, and again when it fails otherwise`() throws
    {
        try installSendmail()
        for _ in 1...3 { _ = try report("69") }
        #expect(mails.count == 1)
        #expect(try report("69").output.contains("no further mail within an hour"))
        _ = try report("77")
        #expect(mails.count == 2)
        // An hour on, somebody has not mended it.
        let stamp = "\(folder.path)/run/send-dispatches"
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_700)], ofItemAtPath: stamp)
        _ = try report("77")
        #expect(mails.count == 3)
    }

    @Test func `a run that did its work while items failed is only logged`() throws {
        try installSendmail()
        #expect(try report("1").output.hasPrefix("<3>send-dispatches failed: exit 1;"))
        #expect(mails == [])
    }

    @Test func `a killed run is named by its signal`() throws {
        try installSendmail()
        _ = try report("KILL", code: "killed")
        #expect(mails.first?.contains("(ended by the signal KILL)") == true)
    }

    @Test func `a mail server that refuses is told, and tried again`() throws {
        try installSendmail(ending: 75)
        let run = try report("69")
        #expect(run.status == 74)
        #expect(run.output.contains("<4>send-dispatches: no mail was sent, since "))
        try installSendmail()
        #expect(try report("69").status == 0)
        #expect(mails.count == 2)
    }

    /// Keeps each mail in a file of its own.
    private func installSendmail(ending code: Int = 0) throws {
        let text = """
            #!/bin/sh
            [ "$*" = "-i -t" ] || exit 64
            cat >"\(folder.path)/mail.$$"
            exit \(code)
            """
        _ = try folder.file("sendmail", text, mode: 0o755)
    }

    private var mails: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix("mail.") }.compactMap {
            try? String(contentsOfFile: "\(folder.path)/\($0)", encoding: .utf8)
        }
    }

    private func report(
        _ status: String, code: String = "exited", environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let run = "\(folder.path)/run"
        try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = Self.script
        process.arguments = ["send-dispatches"]
        process.environment = [
            "PATH": "\(folder.path):/usr/bin:/bin", "RUNTIME_DIRECTORY": run,
            "MONITOR_SERVICE_RESULT": "exit-code", "MONITOR_EXIT_CODE": code,
            "MONITOR_EXIT_STATUS": status,
        ].merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private static let script = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "packaging/report-failure")
}
