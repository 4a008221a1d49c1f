import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// Programs stopped while they wait for PostgreSQL: the first signal ends them, and nothing is left.
struct DatabaseStopTests {
    /// A program, and a table that it can't go on without.
    struct Waiting: CustomTestStringConvertible {
        var call: [String]
        var table: String
        var signal: Int32
        var exit: Int32
        /// Whether its runs are recorded.
        var isJob = true

        var testDescription: String {
            "\(call.joined(separator: " ")) at \(table), signal \(signal)"
        }
    }

    private static let programs = [
        Waiting(
            call: ["generate-invoices", "--as-of", Company.smallAsOf], table: "document",
            signal: SIGTERM, exit: 75),
        Waiting(
            call: ["generate-invoices", "--as-of", Company.smallAsOf], table: "dispatch_queue",
            signal: SIGINT, exit: 130),
        Waiting(call: ["send-dispatches"], table: "dispatch_queue", signal: SIGTERM, exit: 75),
        Waiting(call: ["send-dispatches"], table: "dispatch_lease", signal: SIGINT, exit: 130),
        Waiting(call: ["reconcile-bounces"], table: "poll_cursor", signal: SIGHUP, exit: 75),
        Waiting(
            call: ["budstikke", "list"], table: "dispatch", signal: SIGINT, exit: 130,
            isJob: false),
        Waiting(
            call: ["budstikke", "migrate"], table: "schema_migration", signal: SIGTERM, exit: 75,
            isJob: false),
    ]

    @Test(arguments: programs)
    func `the first signal ends a program that waits for a lock, and nothing is changed`(
        _ waiting: Waiting
    ) throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test", "ok-2@kunde.test"])
        if waiting.call[0] != "generate-invoices" {
            _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        }
        let before = try installation.contents(except: ["job_run"])

        let holder = try installation.database.connect()
        try holder.run(script: "BEGIN; LOCK TABLE \(waiting.table) IN ACCESS EXCLUSIVE MODE")
        let program = RunningProgram(
            waiting.call[0], installation.arguments(Array(waiting.call.dropFirst())))
        try program.start()
        let observer = try installation.database.connect()
        #expect(try installation.wait { try Self.isWaitingForLock(observer) })
        program.send(waiting.signal)
        let run = program.wait()
        #expect(run.exitCode == waiting.exit, "\(run.errors)")
        #expect(run.errors.contains("asked to stop"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        try holder.run(script: "ROLLBACK")

        #expect(try installation.contents(except: ["job_run"]) == before)
        let recorded = try installation.lines(
            """
            SELECT exit_code::text AS line FROM job_run
            WHERE started_at = (SELECT max(started_at) FROM job_run)
            """)
        if waiting.isJob { #expect(recorded == ["\(waiting.exit)"], "its end is written down") }
        let again = try installation.run(waiting.call[0], Array(waiting.call.dropFirst()))
        #expect(again.exitCode == 0, "\(again.errors)")
        // By the day that they were made for they have been due for long.
        try holder.run(script: "UPDATE dispatch_queue SET run_at = now()")
        let doctor = try installation.run("budstikke", "doctor", "--offline")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
    }

    @Test(arguments: [(SIGTERM, Int32(75)), (SIGINT, Int32(130))])
    func `the first signal ends a program that waits to be connected`(
        _ signal: Int32, _ exit: Int32
    ) throws {
        let isTried = DispatchSemaphore(value: 0)
        let server = StubLineServer { connection in
            isTried.signal()
            connection.hang()
        }
        let program = RunningProgram(
            "budstikke", ["list"],
            environment: ["BUDSTIKKE_DATABASE": "host=127.0.0.1 port=\(server.port) dbname=none"])
        try program.start()
        isTried.wait()
        program.send(signal)
        let run = program.wait()
        #expect(run.exitCode == exit, "\(run.errors)")
        #expect(run.errors.contains("asked to stop"), "\(run.errors)")
    }

    static func isWaitingForLock(_ observer: Connection) throws -> Bool {
        try observer.first(
            """
            SELECT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock') AS yes
            """
        ) { try $0["yes"] as Bool } ?? false
    }
}
