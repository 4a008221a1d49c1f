import Foundation
import Postgres
import TestSupport
import Testing

/// What ails a database, and the exit code that says so.
struct DatabaseTroubleTests {
    private static let generate = ["--as-of", Company.smallAsOf]

    private static func installation() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        return installation
    }

    /// What stands behind the connection string, and what is said of it.
    private static let strings: [(end: String, exit: Int32, says: String)] = [
        ("user=budstikke_nobody", 78, "28000"),
        ("dbname=budstikke_none", 78, "3D000"),
        ("options='-c role=budstikke_nobody'", 78, "22023"),
        ("options='-c no_such_setting=1'", 78, "42704"),
        ("sslmode=perhaps", 78, "invalid sslmode value"),
        ("host=/nonexistent", 69, "/nonexistent"),
        ("options='-c default_transaction_read_only=on'", 69, "25006"),
    ]

    @Test func `a connection string that can't serve is configuration, and no server is no server`()
        throws
    {
        let installation = try Self.installation()
        for string in Self.strings {
            let conninfo = "\(installation.database.conninfo) \(string.end)"
            let run = try installation.run(
                "generate-invoices", Self.generate, environment: ["BUDSTIKKE_DATABASE": conninfo])
            #expect(run.exitCode == string.exit, "\(string.end): \(run.errors)")
            #expect(run.errors.contains("database: "), "\(string.end): \(run.errors)")
            #expect(run.errors.contains(string.says), "\(string.end): \(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        }
    }

    @Test func `what reads alone reads from a standby too`() throws {
        let installation = try Self.installation()
        let run = try installation.run(
            "budstikke", ["list"],
            environment: [
                "BUDSTIKKE_DATABASE":
                    "\(installation.database.conninfo) options='-c default_transaction_read_only=on'"
            ])
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    @Test func `too many connections pass`() throws {
        let installation = try Self.installation()
        let role = "full_\(ProcessInfo.processInfo.processIdentifier)"
        try installation.database.connect().run(
            script: "CREATE ROLE \(role) LOGIN CONNECTION LIMIT 0")
        let run = try installation.run(
            "budstikke", ["list"],
            environment: ["BUDSTIKKE_DATABASE": "\(installation.database.conninfo) user=\(role)"])
        #expect(run.exitCode == 75, "\(run.errors)")
        #expect(run.errors.contains("53300"), "\(run.errors)")
    }

    @Test func `a wrong password, and none, are configuration, and not shown`() throws {
        let server = try PrivateServer(
            hba: "local all budstikke trust\nlocal all all scram-sha-256\n")
        try Connection(server.conninfo, applicationName: "budstikke-tests").run(
            script: "CREATE ROLE guarded LOGIN PASSWORD 'right'")
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "budstikke-pass-\(UUID().uuidString)")
        try Data("*:*:*:guarded:hemmelig\n".utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path())
        for (file, says) in [(folder.path(), "28P01"), ("/nonexistent", "no password supplied")] {
            let run = try ProgramRun.run(
                "budstikke", ["list"],
                environment: [
                    "BUDSTIKKE_DATABASE": server.conninfo.replacing(
                        "user=budstikke", with: "user=guarded"),
                    "PGPASSFILE": file,
                ])
            #expect(run.exitCode == 78, "\(run.errors)")
            #expect(run.errors.contains(says), "\(run.errors)")
            #expect(run.errors.contains(".pgpass"), "\(run.errors)")
            #expect(!run.errors.contains("hemmelig"), "\(run.errors)")
        }
    }

    // MARK: Limits

    @Test func `a lock that is not to be had in time says to try again`() throws {
        let installation = try Self.installation()
        let holder = try installation.database.connect()
        try holder.run(script: "BEGIN; LOCK TABLE document IN ACCESS EXCLUSIVE MODE")
        let run = try installation.run(
            "generate-invoices", Self.generate,
            environment: ["BUDSTIKKE_DATABASE_LOCK_TIMEOUT": "1s"])
        #expect(run.exitCode == 75, "\(run.errors)")
        #expect(run.errors.contains("55P03"), "\(run.errors)")
        try holder.run(script: "ROLLBACK")
        #expect(try installation.count("SELECT count(*) AS count FROM invoice") == 0)
    }

    @Test func `a statement that takes too long says to try again, and a migration may`() throws {
        let installation = try Self.installation()
        let holder = try installation.database.connect()
        let limits = [
            "BUDSTIKKE_DATABASE_STATEMENT_TIMEOUT": "1s", "BUDSTIKKE_DATABASE_LOCK_TIMEOUT": "0s",
        ]
        try holder.run(script: "BEGIN; LOCK TABLE document IN ACCESS EXCLUSIVE MODE")
        let run = try installation.run("generate-invoices", Self.generate, environment: limits)
        #expect(run.exitCode == 75, "\(run.errors)")
        #expect(run.errors.contains("57014"), "\(run.errors)")
        try holder.run(script: "ROLLBACK")

        // It waits for as long as the statement of the other may not take, and a second.
        try holder.run(script: "BEGIN; SELECT pg_advisory_xact_lock(4271996032)")
        let migrate = RunningProgram(
            "budstikke", installation.arguments(["migrate"]),
            environment: limits.merging(["BUDSTIKKE_DATABASE_LOCK_TIMEOUT": "1s"]) { $1 })
        try migrate.start()
        let observer = try installation.database.connect()
        let isWaiting = try installation.wait {
            try observer.first(
                """
                SELECT EXISTS (
                    SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                        AND clock_timestamp() - state_change > interval '2 seconds') AS yes
                """
            ) { try $0["yes"] as Bool } ?? false
        }
        #expect(isWaiting)
        try holder.run(script: "COMMIT")
        let migrated = migrate.wait()
        #expect(migrated.exitCode == 0, "\(migrated.errors)")
    }

    // MARK: A server that goes, and what a server may say

    @Test func `a server that shuts a connection while a statement waits is not available`() throws
    {
        let installation = try Self.installation()
        let holder = try installation.database.connect()
        try holder.run(script: "BEGIN; LOCK TABLE document IN ACCESS EXCLUSIVE MODE")
        let program = try installation.start("generate-invoices", "--as-of", Company.smallAsOf)
        let observer = try installation.database.connect()
        #expect(try installation.wait { try DatabaseStopTests.isWaitingForLock(observer) })
        try observer.run(
            script: """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
        let run = program.wait()
        #expect(run.exitCode == 69, "\(run.errors)")
        try holder.run(script: "ROLLBACK")
    }

    @Test func `a server that crashes while rows are read is not available`() throws {
        let server = try PrivateServer()
        let environment = ["BUDSTIKKE_DATABASE": server.conninfo]
        let migrated = try ProgramRun.run("budstikke", ["migrate"], environment: environment)
        #expect(migrated.exitCode == 0, "\(migrated.errors)")
        // Rows that come without end: some are sent, and then it waits.
        let observer = try Connection(server.conninfo, applicationName: "budstikke-tests")
        try observer.run(
            script: """
                ALTER TABLE schema_migration RENAME TO schema_migration_kept;
                CREATE VIEW schema_migration AS
                    SELECT 0::bigint AS tenant_id, n AS version, sha256('x') AS sha256
                    FROM generate_series(1, 100001) AS n
                    WHERE n <= 100000 OR pg_sleep(3600) IS NOT NULL
                """)
        let program = RunningProgram("budstikke", ["list"], environment: environment)
        try program.start()
        var reading: Int32?
        while reading == nil {
            reading = try observer.first(
                "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            ) { try $0["pid"] }
        }
        PrivateServer.crash(process: try #require(reading))
        let run = program.wait()
        #expect(run.exitCode == 69, "\(run.errors)")
        #expect(run.errors.contains("database: "), "\(run.errors)")
    }

    @Test func `what the server tells of is said in one line, with the exit code of its kind`()
        throws
    {
        let installation = try Self.installation()
        try installation.database.connect().run(
            script: """
                CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'trouble' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER trouble BEFORE INSERT ON job_run
                    FOR EACH ROW EXECUTE FUNCTION trouble()
                """)
        let run = try installation.run("generate-invoices", Self.generate)
        #expect(run.exitCode == 74, "\(run.errors)")
        #expect(run.errors.contains("53100"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
}
