import Foundation
import Testing

/// The check of the schedules, on copies with one fault each: a check that can't fail checks nothing.
@Suite(
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"),
        "systemd-analyze is not installed"))
struct CheckSchedulesTests {
    @Test func `the schedules as they are pass, in silence`() throws {
        let (status, words) = try check { _, text in text }
        #expect(status == 0)
        #expect(words == "")
    }

    @Test(arguments: [
        ("send-dispatches.service", "UMask=0077", "UMaks=0077", "Unknown key 'UMaks'"),
        (
            "send-dispatches.service", "=@system-service", "=@sysetm-service",
            "Unknown system call group"
        ),
        (
            "send-dispatches.service", "SystemCallFilter=@system-service\n", "",
            "is exposed above 15"
        ),
        (
            "send-dispatches.service", "=TEMPFAIL", "=TEMPFIAL",
            "lacks the line SuccessExitStatus=TEMPFAIL"
        ),
        (
            "send-dispatches.service", "/usr/bin/send-dispatches", "/usr/bin/other",
            "lacks the line ExecStart="
        ),
        ("generate-invoices.service", "=on-failure", "=always", "isn't allowed for Type=oneshot"),
        (
            "generate-invoices.timer", "*:10:00", "*:70:00",
            "Failed to parse calendar specification"
        ),
        (
            "generate-invoices.timer", "FixedRandomDelay=yes", "",
            "lacks the line FixedRandomDelay=yes"
        ),
        ("generate-invoices.cron", "10 * * * *", "60 * * * *", "field 1 is '60'"),
        ("generate-invoices.cron", "10 * * * *", "10 * * *", "field 5 is 'budstikke'"),
        (
            "budstikke-prune.service", "User=budstikke_pruner", "User=budstikke",
            "lacks the line User=budstikke_pruner"
        ),
        (
            "budstikke-prune.cron", "budstikke_pruner [", "budstikke [",
            "runs as 'budstikke', not budstikke_pruner"
        ),
        ("reconcile-bounces.cron", "*/5", "*/0", "field 1 is '*/0'"),
        ("reconcile-bounces.cron", "--quiet", "--quiet +%d", "holds a %"),
        ("reconcile-bounces.cron", "budstikke [", "root [", "runs as 'root', not budstikke"),
        (
            "send-dispatches.cron", "[ -d /run/systemd/system ] || ", "",
            "does not leave the job to systemd"
        ),
        (
            "send-dispatches.cron", "send-dispatches --quiet\n", "send-dispatches --quiet",
            "does not end its last line"
        ),
        (
            "reconcile-bounces.service", "OnFailure=", "OnSuccess=",
            "lacks the line OnFailure=budstikke-failed@%N.service"
        ),
        (
            "budstikke-failed@.service", "ProtectSystem=full\n", "", "is exposed above 33"
        ),
        (
            "budstikke-failed@.service", "report-failure %i", "report-failure",
            "lacks the line ExecStart="
        ),
        (
            "send-dispatches.conf", "IPAddressDeny=any", "IPAddresDeny=any",
            "Unknown key 'IPAddresDeny'"
        ),
        (
            "send-dispatches.conf", "[Service]", "[Service]\nSystemCallFilter=",
            "is exposed above 15"
        ),
        (
            "reconcile-bounces.conf", "LoadCredential=r", "LoadCredentail=r",
            "Unknown key 'LoadCredentail'"
        ),
    ])
    func `a fault is found and named`(
        file: String, good: String, bad: String, complaint: String
    ) throws {
        let (status, words) = try check { name, text in
            guard name == file else { return text }
            #expect(text.contains(good), "\(file) has no '\(good)' to spoil")
            return text.replacing(good, with: bad)
        }
        #expect(status == 1)
        #expect(words.contains(complaint), "\(words)")
    }

    /// Runs the script over a copy of the schedules, each as `edit` gives it back.
    private func check(
        _ edit: (_ name: String, _ text: String) -> String
    ) throws -> (status: Int32, words: String) {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for job in ["generate-invoices", "send-dispatches", "reconcile-bounces"] {
            let copy = "\(folder.path)/jobs/\(job)"
            try manager.createDirectory(atPath: copy, withIntermediateDirectories: true)
            for kind in ["service", "timer", "cron"] {
                let name = "\(job).\(kind)"
                let text = try String(
                    contentsOf: Self.root.appending(path: "jobs/\(job)/\(name)"), encoding: .utf8)
                try edit(name, text).write(
                    toFile: "\(copy)/\(name)", atomically: false, encoding: .utf8)
            }
        }
        for (place, name) in [
            ("", "budstikke-failed@.service"), ("", "budstikke-prune.service"),
            ("", "budstikke-prune.timer"), ("", "budstikke-prune.cron"),
            ("/smtp", "send-dispatches.conf"),
            ("/smtp", "reconcile-bounces.conf"),
        ] {
            let copy = "\(folder.path)/packaging/systemd\(place)"
            try manager.createDirectory(atPath: copy, withIntermediateDirectories: true)
            let text = try String(
                contentsOf: Self.root.appending(path: "packaging/systemd\(place)/\(name)"),
                encoding: .utf8)
            try edit(name, text).write(
                toFile: "\(copy)/\(name)", atomically: false, encoding: .utf8)
        }
        try manager.createDirectory(
            atPath: "\(folder.path)/scripts", withIntermediateDirectories: true)
        let script = "\(folder.path)/scripts/check-schedules"
        try manager.copyItem(
            atPath: Self.root.appending(path: "scripts/check-schedules").path(), toPath: script)
        return try run(script)
    }

    private func run(_ script: String) throws -> (status: Int32, words: String) {
        let process = Process()
        process.executableURL = URL(filePath: script)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}
