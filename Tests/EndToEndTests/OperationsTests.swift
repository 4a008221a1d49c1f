import Foundation
import Postgres
import Schema
import TestSupport
import Testing

/// What docs/operations.md says to do, done as it says.
@Suite(.timeLimit(.minutes(20))) struct OperationsTests {
    private static let recipients = (1...8).map { "ok-\($0)@kunde.test" }

    /// The page's blocks of one kind in a section, as one script.
    private static func commands(_ section: String, _ kind: String = "sh") throws -> String {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../docs/operations.md"), encoding: .utf8)
        let body = try #require(
            page.components(separatedBy: "\n## ").first { $0.hasPrefix(section + "\n") })
        let blocks = body.components(separatedBy: "```\(kind)\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        try #require(!blocks.isEmpty, "\(section) has no block of \(kind)")
        return blocks.joined()
    }

    /// Runs a script of the page on a test's own machine, and returns its exit code and its words:
    /// databases have other names there, and the programs another configuration.
    private static func follow(
        _ script: String, _ installation: TestInstallation, database: String? = nil
    ) throws -> (status: Int32, words: String) {
        var environment = ProcessInfo.processInfo.environment
        var conninfo = installation.database.conninfo
        let own = try #require(conninfo.firstMatch(of: /dbname=(\S+)/)).1
        for word in conninfo.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if let name = ["host": "PGHOST", "user": "PGUSER"][parts[0]] {
                environment[name] = parts[1]
            }
        }
        if let database { conninfo.replace("dbname=\(own)", with: "dbname=\(own)\(database)") }
        environment["BUDSTIKKE_DATABASE"] = conninfo
        let named = script.replacing(/\bbudstikke_drill\b/, with: "\(own)_drill")
            .replacing(/(--format=custom |-d |--dbname=)budstikke(?=\s)/) { "\($0.1)\(own)" }
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.currentDirectoryURL = installation.folder
        shell.standardOutput = output
        shell.standardError = output
        shell.environment = environment
        shell.arguments = [
            "-c",
            """
            set -euo pipefail
            export PATH=\(ProgramRun.folder.absoluteURL.path()):$PATH
            runuser() { shift 3; "$@"; }
            for program in budstikke send-dispatches generate-invoices; do
                eval "$program() { command $program \\"\\$@\\" --config \(installation.folder.path())/budstikke.yaml; }"
            done
            \(named)
            """,
        ]
        try shell.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        shell.waitUntilExit()
        return (shell.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    // MARK: Backup and restore

    @Test func `a dump restored beside sends nothing until it is recovered, and then none twice`()
        throws
    {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: Self.recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let dump = try Self.follow(
            try #require(try Self.commands("Back up").components(separatedBy: "\n\n").first),
            installation)
        try #require(dump.status == 0, "\(dump.words)")
        // Half of it is sent since, which the dump does not know.
        #expect(try installation.run("send-dispatches", "--limit", "4").exitCode == 0)

        let blocks = try Self.commands("Restore", "sh drill").components(separatedBy: "export ")
        let restored = try Self.follow(blocks[0], installation)
        try #require(restored.status == 0, "\(restored.words)")
        let refused = try Self.follow(
            try Self.commands("Restore", "sh drill fails"), installation)
        #expect(refused.status == 1 && refused.words.contains("this database is a copy"))
        let again = try Self.follow("send-dispatches", installation, database: "_drill")
        #expect(again.status == 78, "\(again.words)")
        #expect(try installation.ledger().accepted == 4)

        let own = try #require(installation.database.conninfo.firstMatch(of: /dbname=(\S+)/)).1
        let copy = try TestDatabase(
            conninfo: installation.database.conninfo.replacing(
                "dbname=\(own)", with: "dbname=\(own)_drill"), isNew: false)
        let recovered = try Self.follow(
            "export " + blocks[1], installation, database: "_drill")
        #expect(recovered.status == 0, "\(recovered.words)")
        let isSettled = try installation.wait {
            _ = try Self.follow("send-dispatches", installation, database: "_drill")
            return try copy.connect().first(
                "SELECT count(*) AS count FROM budstikke.dispatch WHERE state <> 'sent'"
            ) { try $0["count"] as Int } == 0
        }
        #expect(isSettled)
        let ledger = try installation.ledger()
        #expect(ledger.accepted == Self.recipients.count, "none lost")
        #expect(ledger.doubled_dispatch_ids.isEmpty, "none doubled")
        _ = try Self.follow("dropdb --if-exists budstikke_drill", installation)
    }

    // MARK: Upgrade and back

    /// The steps of the schema before history was let go.
    private static let before = Array(Migration.all.prefix { $0.version < 33 })

    /// A company of an older version, with mails that wait.
    private static func older() throws -> TestInstallation {
        let database = try TestDatabase.empty()
        let connection = try database.connect()
        _ = try Migrator(connection, migrations: before).migrate()
        try connection.insertQueuedMails(20)
        return try TestInstallation(database: database)
    }

    private static func machine(_ name: String, _ installation: TestInstallation) -> [String:
        String]
    {
        ["BUDSTIKKE_STATE_DIRECTORY": installation.folder.appending(path: name).path()]
    }

    @Test func `two machines go over to a new schema, and nothing is lost or doubled`() throws {
        let installation = try Self.older()
        let machines = ["nord", "syd"].map { Self.machine($0, installation) }
        let connection = try installation.database.connect()
        // A run of the older program is going on, and knows nothing of the new step.
        let running = UUID()
        try connection.run(
            script: """
                INSERT INTO job_run (run_id, job, host, process_id, started_at)
                VALUES ('\(running)', 'send-dispatches', 'nord', 1, now())
                """)
        let untouched = try installation.contents()
        for machine in machines {
            let early = try installation.run("send-dispatches", [], environment: machine)
            #expect(early.exitCode == 78 && early.errors.contains("budstikke migrate"))
        }
        #expect(try installation.contents() == untouched, "a new program changes no old database")

        let upgrade = try Self.commands("Upgrade").split(separator: "\n")
            .filter { !$0.contains("psql") && !$0.contains("doctor") }.joined(separator: "\n")
        let migrated = try Self.follow(upgrade, installation)
        #expect(migrated.status == 0, "\(migrated.words)")
        // The older run ends by its own statement.
        try connection.run(
            script: """
                UPDATE job_run SET ended_at = clock_timestamp(), exit_code = 0, summary = '{}'
                WHERE tenant_id = 0 AND run_id = '\(running)'
                """)
        let forgotten = Migrator(connection, migrations: Self.before)
        #expect(throws: MigrationError.newerDatabase(version: 33)) { try forgotten.pending() }
        for machine in machines {
            let run = try installation.run(
                "send-dispatches", ["--limit", "10"], environment: machine)
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(try installation.problems(invoices: 0) == [])
        let ledger = try installation.ledger()
        #expect(ledger.accepted == 20 && ledger.distinct_dispatch_ids == 20)
        #expect(try installation.run("budstikke", "prune", "--dry-run").exitCode == 0)
    }

    @Test func `before anything is sent the way back is the dump`() throws {
        let installation = try Self.older()
        let before = try installation.contents()
        let backup = try #require(
            try Self.commands("Back up").components(separatedBy: "\n\n").first)
        #expect(try Self.follow(backup, installation).status == 0)
        #expect(try installation.run("budstikke", "migrate").exitCode == 0)
        let back = try Self.follow(try Self.commands("Go back", "sh back"), installation)
        #expect(back.status == 0, "\(back.words)")
        #expect(try installation.contents() == before)
        let connection = try installation.database.connect()
        #expect(try Migrator(connection, migrations: Self.before).pending() == [])
        let early = try installation.run("send-dispatches")
        #expect(early.exitCode == 78, "the newer program waits for its schema")
    }

    // MARK: What is let go

    @Test func `the commands of letting go and of requests run as they stand`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        try installation.settle()
        let prune = try Self.follow(try Self.commands("Let go"), installation)
        #expect(prune.status == 0 && prune.words.contains("prune: nothing to do"), "\(prune.words)")

        let requests = try Self.commands("Requests by customers")
            .replacing("10001", with: "1")
        let refused = try Self.follow(requests, installation)
        #expect(refused.status == 65 && refused.words.contains("agreement"), "\(refused.words)")
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice SET end_date = invoiced_through")
        let done = try Self.follow(requests, installation)
        #expect(done.status == 0, "\(done.words)")
        #expect(done.words.contains("bokføringsloven § 13, through 2031-12-31"), "\(done.words)")
        let exported = try String(
            contentsOf: installation.folder.appending(path: "customer.json"), encoding: .utf8)
        #expect(exported.contains("ok-1@kunde.test"))
        #expect(try installation.lines("SELECT name AS line FROM customer") == [""])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }
}
