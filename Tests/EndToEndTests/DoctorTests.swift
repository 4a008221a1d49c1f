import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// `budstikke doctor` against set-ups that are broken in one way each: it is found, and what it says
/// to run mends it.
struct DoctorTests {
    /// A set-up that is broken, and how what doctor prints is followed.
    struct BrokenSetup: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The check that finds it.
        var check: String
        /// What makes it so, run by the database's owner.
        var sql = ""
        var environment: [String: String] = [:]
        /// How the provider misbehaves when it is asked about the account.
        var fault: String?
        /// What is said, in part.
        var words: String
        /// How it is mended.
        var mend = Mend.command

        init(
            _ name: String, _ check: String, sql: String = "",
            environment: [String: String] = [:], fault: String? = nil, says words: String,
            mend: Mend = .command
        ) {
            self.fault = fault
            (testDescription, self.check, self.sql) = (name, check, sql)
            (self.environment, self.words, self.mend) = (environment, words, mend)
        }
    }

    enum Mend: Sendable, Equatable {
        /// By the command that it prints.
        case command
        /// By the command that stands in what it found, behind "run".
        case advice
        /// By taking away the setting that it names.
        case setting
        /// By what it asks a person for, in SQL.
        case sql(String)
        /// By the provider, which works again.
        case provider
    }

    /// A systemd that has the timers, of which one is not enabled until that is done.
    private static let systemctl = #"""
        #!/bin/sh
        state=$(dirname "$0")/enabled
        if [ "$1" = enable ]; then touch "$state"; exit; fi
        for unit; do
            file=enabled active=active
            [ "$unit" != send-dispatches.timer ] || [ -e "$state" ] || file=disabled active=inactive
            case $unit in *.timer)
                printf 'Id=%s\nLoadState=loaded\nUnitFileState=%s\nActiveState=%s\n\n' \
                    "$unit" $file $active ;;
            esac
        done
        """#

    static let setups = [
        BrokenSetup(
            "the database is down", "database",
            environment: ["BUDSTIKKE_DATABASE": "host=/nonexistent dbname=b"],
            says: "can't connect", mend: .setting),
        BrokenSetup(
            "no such role", "database", environment: ["BUDSTIKKE_DATABASE": "+user=nobody_here"],
            says: "nobody_here", mend: .setting),
        BrokenSetup(
            "no such database", "database",
            environment: ["BUDSTIKKE_DATABASE": "+dbname=nothing_here"], says: "nothing_here",
            mend: .setting),
        BrokenSetup(
            "a role that may only read", "role",
            sql: """
                DROP ROLE IF EXISTS doctor_reader;
                CREATE ROLE doctor_reader LOGIN IN ROLE budstikke_reader;
                """,
            environment: ["BUDSTIKKE_DATABASE": "+user=doctor_reader"],
            says: "doctor_reader lacks insert on invoice"),
        BrokenSetup(
            "a schema that is not there", "schema", sql: "DROP SCHEMA budstikke CASCADE",
            says: "steps are missing, from 1 on"),
        BrokenSetup(
            "the example's sender", "sender",
            environment: [
                "BUDSTIKKE_MAIL_FROM_ADDRESS": "faktura@budstikke.invalid",
                "BUDSTIKKE_PROVIDER_BASE_URL": "https://api.eksempel.no",
            ],
            says: "nothing can be sent from budstikke.invalid", mend: .setting),
        BrokenSetup(
            "a key that is not there", "keys",
            environment: ["BUDSTIKKE_PROVIDER_API_KEY_FILE": "/nonexistent/key"],
            says: "/nonexistent/key", mend: .setting),
        BrokenSetup(
            "a state directory that can't be written", "state",
            environment: ["BUDSTIKKE_STATE_DIRECTORY": "/proc/budstikke"],
            says: "name another by state_directory", mend: .setting),
        BrokenSetup(
            "a provider that is out of reach", "provider",
            environment: ["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:1"],
            says: "sendgrid is not available", mend: .setting),
        BrokenSetup(
            "a key that is refused", "provider", fault: "unauthorized",
            says: "sendgrid refuses the key", mend: .provider),
        BrokenSetup(
            "a sender that is not verified", "provider-sender",
            environment: ["BUDSTIKKE_MAIL_FROM_ADDRESS": "faktura@fjord.invalid"],
            says: "fjord.invalid is not authenticated", mend: .setting),
        BrokenSetup(
            "a domain of another region", "provider-place",
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "mailgun",
                "BUDSTIKKE_PROVIDER_DOMAIN": "mg.fjord.invalid",
            ], says: "whether provider.region is eu", mend: .setting),
        BrokenSetup(
            "a clone that nothing tells from the original", "recovery",
            sql: "UPDATE budstikke.database_identity SET database_oid = 1",
            says: "installation: is not set", mend: .advice),
        BrokenSetup(
            "another installation's database", "installation",
            sql: "INSERT INTO budstikke.installation VALUES (0, 'production')",
            says: "run budstikke migrate --claim",
            mend: .sql("DELETE FROM budstikke.installation")),
        BrokenSetup(
            "a key that others may read", "keys", says: "others may read", mend: .advice),
        BrokenSetup(
            "a night that was not run", "runs",
            sql: "DELETE FROM budstikke.job_run;" + run("generate-invoices", "27 hours", exit: 0),
            says: "generate-invoices has not done its work since",
            mend: .sql(run("generate-invoices", "1 minute", exit: 1))),
        BrokenSetup(
            "a timer that is not enabled", "timers", environment: ["PATH": "+systemd"],
            says: "send-dispatches.timer is disabled and inactive"),
        BrokenSetup(
            "a sender that ends badly", "runs", sql: run("send-dispatches", "1 minute", exit: 77),
            says: "send-dispatches has not done its work of late, and ended with 77",
            mend: .sql(run("send-dispatches", "1 second", exit: 0))),
        BrokenSetup(
            "a night that awaits approval", "approval",
            sql: """
                INSERT INTO budstikke.awaited_approval (tenant_id, asked_at, due, usual)
                VALUES (1, now(), 4000, 120)
                """,
            says: "tenant 1 has 4000 invoices due", mend: .advice),
        BrokenSetup(
            "a queue that stands", "queue-age",
            sql: "UPDATE budstikke.dispatch_queue SET run_at = now() - interval '7 hours'",
            says: "1 dispatches are due, the oldest since"),
        BrokenSetup(
            "events that are about to be forgotten", "events",
            sql: """
                INSERT INTO budstikke.poll_cursor (provider, source, complete_until)
                VALUES ('sendgrid', 'logs', now() - interval '20 hours')
                """,
            environment: ["BUDSTIKKE_PROVIDER_LOGS_KEPT": "1d"], says: "logs has been read until",
            mend: .sql("DELETE FROM budstikke.poll_cursor")),
        BrokenSetup(
            "no form for what is due", "set-up", sql: "DELETE FROM budstikke.form_setup",
            says: "agreements due and no form for invoices",
            mend: .sql("INSERT INTO budstikke.form_setup VALUES (1, 'invoice', 'standard')")),
        BrokenSetup(
            "no VAT rate for what is due", "set-up", sql: "DELETE FROM budstikke.vat_rate",
            says: "agreements due and no VAT rate",
            mend: .sql(
                "UPDATE budstikke.recurring_invoice SET automatic_dispatch = false")),
        BrokenSetup(
            "a table of dead rows", "bloat",
            sql: """
                ALTER TABLE budstikke.price_index_value SET (autovacuum_enabled = false);
                INSERT INTO budstikke.price_index_value
                SELECT 1, 'I' || n, '2026-01-01', 100 FROM generate_series(1, 100001) AS n;
                DELETE FROM budstikke.price_index_value;
                """,
            says: "price_index_value has 100001 dead rows"),
        BrokenSetup(
            "a row that no program can carry", "rows",
            sql: """
                ALTER TABLE budstikke.customer DROP CONSTRAINT customer_email_sound;
                UPDATE budstikke.customer SET email = E'a\\tb';
                ALTER TABLE budstikke.customer ADD CONSTRAINT customer_email_sound
                    CHECK (email !~ '[[:cntrl:]]') NOT VALID;
                """,
            says: "customer", mend: .sql("UPDATE budstikke.customer SET email = 'ok@kunde.test'")),
        BrokenSetup(
            "a queue that lost a dispatch", "queue", sql: "DELETE FROM budstikke.dispatch_queue",
            says: "is queued",
            mend: .sql(
                """
                INSERT INTO budstikke.dispatch_queue
                SELECT tenant_id, dispatch_id, now() FROM budstikke.dispatch
                WHERE state = 'queued'
                """)),
        BrokenSetup(
            "a gap in the numbers", "numbers",
            sql: "UPDATE budstikke.number_series SET next_number = next_number + 1",
            says: "numbers given",
            mend: .sql("UPDATE budstikke.number_series SET next_number = next_number - 1")),
    ]

    /// A run that ended so long ago.
    private static func run(_ job: String, _ age: String, exit: Int) -> String {
        """
        INSERT INTO budstikke.job_run (run_id, job, host, process_id, started_at, ended_at,
            exit_code, summary)
        VALUES (gen_random_uuid(), '\(job)', 'h', 1, now() - interval '\(age)',
            now() - interval '\(age)', \(exit), '{}')
        """
    }

    /// A tenant with an agreement that is due, and one whose mail is queued.
    private static func installation() throws -> TestInstallation {
        let installation = try TestInstallation()
        let connection = try installation.database.connect()
        try connection.insertCompany()
        try connection.insertAgreement(1, email: "ok-1@kunde.test")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try connection.insertAgreement(2, email: "ok-2@kunde.test")
        try connection.run(script: "UPDATE dispatch_queue SET run_at = now()")
        return installation
    }

    @Test(arguments: setups)
    func `each is found, and mended as it says`(_ setup: BrokenSetup) throws {
        let installation = try Self.installation()
        var environment = setup.environment
        if let more = environment["BUDSTIKKE_DATABASE"], more.hasPrefix("+") {
            environment["BUDSTIKKE_DATABASE"] =
                "\(installation.database.conninfo) \(more.dropFirst())"
        }
        if environment["PATH"] != nil { environment["PATH"] = try Self.path(of: installation) }
        #expect(try Self.findings(setup.check, installation) == [])
        if setup.check == "keys", setup.mend == .advice {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644],
                ofItemAtPath: installation.folder.appending(path: "key").path())
        }
        try installation.database.connect().run(script: setup.sql)
        if let fault = setup.fault {
            try installation.order(fault: fault, at: "account", count: 9)
        }

        let broken = try Self.check(setup.check, installation, environment)
        let words = broken.findings.joined(separator: "; ")
        #expect(words.contains(setup.words), "\(broken)")
        switch setup.mend {
        case .command: try Self.follow(broken.mend, installation)
        case .advice:
            try Self.follow(words.firstMatch(of: /run ([^;]*)/).map { String($0.1) }, installation)
        case .setting: environment = [:]
        case .provider: try installation.forgetFaults()
        case .sql(let sql): try installation.database.connect().run(script: sql)
        }
        #expect(try Self.findings(setup.check, installation, environment) == [])
    }

    /// The usual path behind a folder with a `systemctl` of our own.
    private static func path(of installation: TestInstallation) throws -> String {
        let program = try installation.write(systemctl, to: "bin/systemctl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let usual = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return installation.folder.appending(path: "bin").path() + ":" + usual
    }

    @Test func `an older schema is found, and brought up by the command that is printed`() throws {
        let installation = try TestInstallation(database: .older(bySteps: 2))
        let broken = try Self.check("schema", installation)
        #expect(broken.findings.first?.contains("2 steps are missing, from ") == true, "\(broken)")
        try Self.follow(broken.mend, installation)
        #expect(try Self.check("schema", installation).findings == [])
    }

    @Test func `a wrong password is found`() throws {
        let server = try PrivateServer(
            hba: "local all doctor scram-sha-256\nlocal all all trust\n")
        let database = try TestDatabase(conninfo: server.conninfo, isNew: true)
        try database.connect().run(script: "CREATE ROLE doctor LOGIN PASSWORD 'right'")
        let installation = try TestInstallation(database: database)
        let user = ["BUDSTIKKE_DATABASE": "\(database.conninfo) user=doctor"]
        for (password, isFound) in [("wrong", true), ("right", false)] {
            let check = try Self.check(
                "database", installation, user.merging(["PGPASSWORD": password]) { $1 })
            #expect(check.findings.joined().contains("password authentication failed") == isFound)
        }
    }

    @Test func `a clock that differs from the provider's is found`() throws {
        let installation = try Self.installation()
        #expect(try Self.check("provider-clock", installation).findings == [])
        let server = StubServer { _ in
            .answer(
                200, headers: [("Date", "Thu, 01 Jan 2099 00:00:00 GMT")],
                body: #"{"scopes":["mail.send"]}"#)
        }
        let check = try Self.check(
            "provider-clock", installation, ["BUDSTIKKE_PROVIDER_BASE_URL": server.url])
        #expect(check.findings.first?.hasSuffix(" s behind sendgrid") == true, "\(check)")
        #expect(check.mend == "timedatectl set-ntp true")
    }

    @Test func `records that DNS lacks are found, and mended by those that are printed`() throws {
        let zone = Mutex(["s1._domainkey.fjord.no": "v=DKIM1; p="])
        let server = StubNameServer { name in
            zone.withLock { $0[name].map { .texts([$0]) } ?? .code(3) }
        }
        let installation = try Self.installation()
        let environment = [
            "BUDSTIKKE_MAIL_FROM_ADDRESS": "faktura@fjord.no",
            "BUDSTIKKE_PROVIDER_BASE_URL": "https://127.0.0.1:1",
            "BUDSTIKKE_MAIL_NAME_SERVER": server.address,
        ]
        for (name, words) in [("spf", "no SPF record"), ("dmarc", "no DMARC record")] {
            let check = try Self.check(name, installation, environment)
            #expect(check.findings.first?.contains(words) == true, "\(check)")
            let record = try #require(
                check.mend?.firstMatch(of: /the TXT record "(.*)" under (\S+)/), "\(check)")
            zone.withLock { $0[String(record.2)] = String(record.1) }
            #expect(try Self.check(name, installation, environment).findings == [])
        }
        let key = try Self.check("dkim", installation, environment)
        #expect(key.findings.contains("the key at s1._domainkey.fjord.no is revoked"), "\(key)")
        zone.withLock { $0["s2._domainkey.fjord.no"] = "k=rsa; p=MIGf" }
        #expect(try Self.check("dkim", installation, environment).findings == [])
    }

    @Test func `one fault hides no other`() throws {
        let installation = try Self.installation()
        let run = try installation.run(
            "budstikke", ["doctor"],
            environment: [
                "BUDSTIKKE_DATABASE": "host=/nonexistent",
                "BUDSTIKKE_STATE_DIRECTORY": "/proc/budstikke",
            ])
        #expect(run.exitCode == 1)
        let broken = run.output.split(separator: "\n").filter { $0.contains(#""sound":false"#) }
        #expect(broken.count == 2)
        #expect(run.output.contains(#""skipped":"the database can't be reached""#))
    }

    @Test func `all broken rows are counted, and some are named`() throws {
        let installation = try Self.installation()
        try installation.database.connect().run(
            script: """
                INSERT INTO budstikke.number_series (tenant_id, series, first_number, next_number)
                SELECT 1, 's' || n, 1, 2 FROM generate_series(1, 30) AS n
                """)
        let check = try Self.check("numbers", installation)
        #expect(check.findings.count == 21)
        #expect(check.findings.last == "and 10 more")
    }

    // MARK: What is asked and followed

    struct Check: Decodable {
        var check: String
        var findings: [String]
        var mend: String?
    }

    private static func check(
        _ name: String, _ installation: TestInstallation, _ environment: [String: String] = [:]
    ) throws -> Check {
        let checks = try checks(installation, environment)
        return try #require(checks.last { $0.check == name }, "\(checks)")
    }

    /// What a check found; nothing where the vendor has no such question.
    private static func findings(
        _ name: String, _ installation: TestInstallation, _ environment: [String: String] = [:]
    ) throws -> [String] {
        let checks = try checks(installation, environment)
        #expect(!checks.isEmpty)
        return checks.filter { $0.check == name }.flatMap(\.findings)
    }

    private static func checks(
        _ installation: TestInstallation, _ environment: [String: String]
    ) throws -> [Check] {
        let run = try installation.run("budstikke", ["doctor"], environment: environment)
        return run.output.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(Check.self, from: Data($0.utf8))
        }
    }

    /// Runs what is printed up to the first comma, as a person who copies it would; `systemctl
    /// start` starts the program.
    private static func follow(_ mend: String?, _ installation: TestInstallation) throws {
        let command = try #require(mend?.split(separator: ",").first.map(String.init))
        var environment = ProcessInfo.processInfo.environment
        for word in installation.database.conninfo.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let name = ["host": "PGHOST", "user": "PGUSER", "dbname": "PGDATABASE"][parts[0]]
            if let name { environment[name] = parts[1] }
        }
        let configuration = installation.folder.appending(path: "budstikke.yaml").path()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.currentDirectoryURL = installation.folder
        shell.arguments = [
            "-c",
            """
            set -e
            export PATH=\(ProgramRun.folder.absoluteURL.path()):\(installation.folder.path())/bin:$PATH
            systemctl() {
                if [ "$1" = start ]; then "$2" --config \(configuration); else command systemctl "$@"; fi
            }
            \(command)
            """,
        ]
        shell.environment = environment
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0, "\(command)")
    }
}
