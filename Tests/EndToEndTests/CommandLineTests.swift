import Foundation
import Postgres
import TestSupport
import Testing

/// What the programs print, held to docs/command-line.md.
struct CommandLineTests {
    /// The documented type of each key, by section.
    private static func schema() throws -> [String: [String: String]] {
        let text = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../docs/command-line.md"), encoding: .utf8)
        var schema: [String: [String: String]] = [:]
        for section in text.components(separatedBy: "\n### ").dropFirst() {
            let name = String(section.prefix { $0 != "\n" })
            let body = section.components(separatedBy: "\n## ")[0]
            schema[name] = [:]
            for row in body.matches(of: /(?m)^\| `([a-z_]+)` \| ([a-z]+\??) \|/) {
                schema[name]?[String(row.1)] = String(row.2)
            }
        }
        return schema
    }

    /// What is wrong with a line, as a sentence; nil where it is as documented.
    private static func complaint(
        _ line: String, section: String, _ schema: [String: [String: String]]
    ) -> String? {
        guard !line.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }),
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        else { return "\(section): no JSON: \(line)" }
        let shared = object["job"] != nil && object["counts"] != nil ? "summary" : "error"
        let isShared = shared == "summary" || (object["exit"] != nil && object["error"] != nil)
        let keys = schema[isShared ? shared : section] ?? [:]
        for (key, value) in object {
            guard let type = keys[key] else { return "\(section): \(key) is not documented" }
            // Foundation reads booleans as numbers.
            let isFlag = ["true", "false"].contains { line.contains("\"\(key)\":\($0)") }
            guard isFlag ? type == "boolean" : fits(value, type) else {
                return "\(section): \(key) is no \(type): \(line)"
            }
        }
        return nil
    }

    private static func fits(_ value: Any, _ type: String) -> Bool {
        if value is NSNull { return type.hasSuffix("?") }
        let text = value as? String
        return switch type.replacing("?", with: "") {
        case "text": text != nil
        case "time": text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
        case "date": text?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        case "number": text == nil && value is NSNumber
        case "list": value is [Any]
        case "object": value is [String: Any]
        default: false
        }
    }

    @Test func `every command is documented, and prints what is documented`() throws {
        let schema = try Self.schema()
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test", "unknown-2@kunde.test"])
        var seen: Set<String> = []
        func check(_ call: [String], _ program: String = "budstikke") throws {
            let run = try installation.run(program, call)
            let section = program == "budstikke" ? call[0] : program
            seen.insert(section)
            for line in run.output.split(separator: "\n", omittingEmptySubsequences: true) {
                let wrong = Self.complaint(String(line), section: section, schema)
                #expect(wrong == nil, "\(call): \(wrong ?? "")")
            }
        }
        try check(["--as-of", Company.smallAsOf], "generate-invoices")
        try check([], "send-dispatches")
        try installation.settle()
        try check(["--reclassify"], "reconcile-bounces")
        for tab in [
            "all", "failed", "silent", "review", "orphans", "unread", "not-received", "doubles",
        ] { try check(["list", tab]) }
        let bad = try installation.write("tenant_id,number\n1,\u{1b}[2J\n", to: "customers.csv")
        for call in [
            ["migrate"], ["import", bad], ["show", "2", "--raw"], ["why", "2"], ["why", "A1"],
            ["why", "unknown-2@kunde.test"], ["why", "a@"], ["preview", "--invoice", "1"],
            ["outbox"], ["notifications"], ["todo"], ["todo", "--dismiss", "2", "--dry-run"],
            ["resend", "--invoice", "2", "--reason", "x", "--dry-run"],
            ["resend", "--invoice", "2", "--reason", "x"], ["cancel", "2", "--dry-run"],
            ["cancel", "2\u{1b}[2J"], ["list", "--user", "no\u{1b}body"], ["lift", "--nonsense"],
            ["lift", "unknown-2@kunde.test", "--reason", "x", "--dry-run"], ["runs"], ["metrics"],
            ["tenant", "--tenant", "1", "--suspend", "--daily-limit", "5", "--reason", "x"],
            ["tenant"], ["tenant", "--suspend"], ["why", "2"], ["why", "A1"],
            ["recover"], ["prune"], ["prune", "--dry-run"], ["customer", "export", "1"],
            ["customer", "export", "1", "--tenant", "1"],
            ["customer", "erase", "1", "--tenant", "1", "--reason", "x", "--dry-run"],
            ["customer", "erase", "2", "--tenant", "1", "--reason", "x\u{1b}"], ["doctor"],
            ["probe"], ["classify"],
        ] { try check(call) }
        let judged = try ProgramRun.run(
            "budstikke", ["classify", "--json"],
            input: "{\"reply_code\": 550, \"text\": \"5.1.1 unknown\\u001b\"}\n{}\n")
        #expect(judged.exitCode == 0 && judged.output.split(separator: "\n").count == 2)
        let unread = try ProgramRun.run("budstikke", ["classify"], input: "no JSON\n")
        #expect(unread.exitCode == 65 && unread.output.hasSuffix("\"exit\":65}\n"))
        for line in judged.output.split(separator: "\n") {
            #expect(Self.complaint(String(line), section: "classify", schema) == nil, "\(line)")
        }
        let help = try ProgramRun.run("budstikke", ["--help"]).output
        let commands = help.matches(of: /(?m)^  ([a-z]+)  +[A-Z]/).map { String($0.1) }
        #expect(commands.count > 10 && commands.allSatisfy { schema[$0] != nil }, "\(commands)")
        #expect(Set(commands).isSubset(of: seen), "\(Set(commands).subtracting(seen))")
    }

    @Test func `a list that is cut says of how many`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(
            recipients: ["ok-1@kunde.test", "ok-2@kunde.test", "ok-3@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let cut = try installation.run("budstikke", "list", "--limit", "2")
        #expect(cut.errors == "2 of 3 shown; --limit 3 shows all\n")
        #expect(cut.output.split(separator: "\n").count == 2)
        let whole = try installation.run("budstikke", "list", "--limit", "3")
        #expect(whole.errors.isEmpty)
    }

    @Test func `nobody's text reaches a terminal as it is`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try installation.database.connect().run(
            script: "UPDATE invoice SET buyer_name = E'Ond\\x1b[2J\\r\\nAS\\u009b31m'")
        for call in [
            ["list"], ["list", "--csv"], ["list", "--json"], ["show", "1"], ["why", "1\u{1b}[2J"],
            ["cancel", "1\u{1b}[2J\r"], ["resend", "--invoice", "1\u{9b}", "--reason", "x"],
        ] {
            let people = installation.arguments(call).filter { $0 != "--json" }
            let run = try ProgramRun.run("budstikke", people)
            // The line ends of CSV are CRLF.
            let text = (run.output + run.errors).replacing("\r\n", with: "\n")
            #expect(
                text.unicodeScalars.allSatisfy {
                    $0 == "\n" || !($0.value < 0x20 || (0x7f...0x9f).contains($0.value))
                }, "\(call)")
        }
    }

    /// What a program shows on a terminal of that width, standard error and output together.
    private static func shown(
        _ installation: TestInstallation, _ columns: Int, _ call: [String],
        environment: [String: String] = [:]
    ) throws -> String {
        let program = ProgramRun.folder.appending(path: call[0]).path()
        let people = installation.arguments(Array(call.dropFirst())).filter { $0 != "--json" }
        let words = ([program] + people).map { "'\($0)'" }.joined(separator: " ")
        let script = Process()
        let pipe = Pipe()
        script.executableURL = URL(filePath: "/usr/bin/script")
        script.arguments = ["-qec", "stty cols \(columns); \(words)", "/dev/null"]
        script.environment = ProcessInfo.processInfo.environment
            .merging(["TERM": "xterm", "NO_COLOR": ""]) { $1 }.merging(environment) { $1 }
        script.standardInput = FileHandle.nullDevice
        script.standardOutput = pipe
        try script.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        script.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    @Test func `lines fit the terminal, and what is broken or failed is red there`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test", "unknown-2@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        try installation.settle()
        let calls = [["list"], ["show", "2"], ["why", "2"], ["runs"], ["todo"], ["doctor"]]
        for call in calls {
            for columns in [60, 100] {
                let text = try Self.shown(installation, columns, ["budstikke"] + call)
                let lines = text.replacing(/\u{1b}\[[0-9;]*m/, with: "").split(separator: "\n")
                #expect(!lines.isEmpty && lines.allSatisfy { $0.count <= columns }, "\(text)")
            }
        }
        let list = try Self.shown(installation, 100, ["budstikke", "list"])
        #expect(list.contains("\u{1b}[31mfailed\u{1b}[0m"), "\(list)")
        try installation.database.connect().run(script: "DELETE FROM todo")
        let doctor = try Self.shown(installation, 100, ["budstikke", "doctor"])
        #expect(doctor.contains("\u{1b}[31mBROKEN\u{1b}[0m"), "\(doctor)")
        for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
            let plain = try Self.shown(
                installation, 100, ["budstikke", "doctor"], environment: environment)
            #expect(plain.contains("BROKEN  ") && !plain.contains("\u{1b}"), "\(plain)")
        }
    }

    @Test func `a terminal shows how far long work is`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...3).map { "ok-\($0)@kunde.test" })
        let made = try Self.shown(
            installation, 100, ["generate-invoices", "--as-of", Company.smallAsOf])
        #expect(made.contains("agreements 3/3 (100 %)"), "\(made)")
        let sent = try Self.shown(installation, 100, ["send-dispatches"])
        #expect(sent.contains("/3 (") && sent.contains("send-dispatches: 3 sent"), "\(sent)")
        let read = try Self.shown(installation, 100, ["reconcile-bounces"])
        #expect(read.contains("reconcile-bounces: "), "\(read)")
        let folder = installation.folder.appending(path: "company").path()
        #expect(
            try Self.shown(installation, 100, ["budstikke", "import", folder]).contains("files 0/"))
    }

    @Test func `each line of the log has the id of the run, and ids are in small letters`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try installation.order(fault: "unauthorized", at: "send", count: 1)
        let run = try installation.run("send-dispatches", "--log-level", "debug")
        let line = try #require(run.errors.split(separator: "\n").first { $0.contains("attempt") })
        let entry = try #require(
            JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        let dispatches = try installation.lines("SELECT dispatch_id::text AS line FROM dispatch")
        #expect(entry["dispatch"] == dispatches.first, "\(line)")
        let runs = try installation.lines(
            "SELECT run_id::text AS line FROM job_run WHERE job = 'send-dispatches'")
        #expect(entry["run"] == runs.first, "\(line)")
    }
}
