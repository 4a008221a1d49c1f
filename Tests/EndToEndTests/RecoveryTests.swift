import Foundation
import Postgres
import TestSupport
import Testing

/// A database that went back in time sends nothing, and goes on without doubling or losing any.
///
/// The drill of docs/recovery.md, by the real programs and PostgreSQL's own tools.
@Suite(.timeLimit(.minutes(20))) struct RecoveryTests {
    private static let recipients = (1...12).map { "ok-\($0)@kunde.test" }
    private static let first = "2026-11-24"
    /// A month later the agreements have their second period due.
    private static let second = "2026-12-24"

    /// Twelve invoices of a first month, queued.
    static func queued(_ installation: TestInstallation) throws -> TestInstallation {
        try installation.importCompany(recipients: recipients)
        #expect(try installation.run("generate-invoices", "--as-of", first).exitCode == 0)
        return installation
    }

    static func send(_ installation: TestInstallation, _ arguments: String...) throws {
        let run = try installation.run("send-dispatches", arguments)
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    static func recover(_ installation: TestInstallation, _ arguments: String...) throws {
        let run = try installation.run("budstikke", ["recover"] + arguments)
        try #require(run.exitCode == 0, "\(run.errors)")
    }

    static func expectRefusal(
        _ installation: TestInstallation, _ words: String, environment: [String: String] = [:]
    ) throws {
        let outbox = installation.folder.appending(path: "outbox").path()
        let programs = [
            ("generate-invoices", ["--as-of", second]), ("send-dispatches", []),
            ("budstikke", ["outbox", "--take", outbox]),
            ("budstikke", ["resend", "--all-resolved", "--reason", "rettet"]),
            ("budstikke", ["import", installation.folder.appending(path: "company").path()]),
        ]
        let before = try installation.contents()
        for (program, arguments) in programs {
            let run = try installation.run(program, arguments, environment: environment)
            #expect(run.exitCode == 78, "\(program): \(run.errors)")
            #expect(run.errors.contains(words), "\(program): \(run.errors)")
            #expect(run.errors.contains("budstikke recover"), "it says what to do")
            #expect(run.errors.split(separator: "\n").count == 1, "in one line")
        }
        #expect(try installation.contents() == before, "nothing was done")
    }

    // MARK: The drill

    /// The first month waits in the dump, and was sent since but for a few; the second month was
    /// made and sent since.
    @Test(arguments: ["sendgrid", "postmark", "mailgun"])
    func `a dump restored over itself sends nothing until it is recovered, and then none twice`(
        _ provider: String
    ) throws {
        let installation = try Self.queued(TestInstallation(provider: provider))
        let dump = try Dump(of: installation.database, in: installation.folder)
        try Self.send(installation, "--limit", "9")
        #expect(try installation.run("generate-invoices", "--as-of", Self.second).exitCode == 0)
        let made = try Self.numbers(installation)
        try Self.send(installation, "--limit", "8", "--as-of", Self.second)
        #expect(try installation.ledger().accepted == 17)

        try dump.restore(into: installation.database)
        try Self.expectRefusal(installation, "went back in time")
        #expect(try installation.ledger().accepted == 17, "nothing was sent")
        let doctor = try installation.run("budstikke", "doctor", "--offline")
        #expect(doctor.exitCode == 1 && doctor.output.contains("went back in time"))

        try Self.recover(installation, "--as-of", Self.second)
        #expect(try installation.run("generate-invoices", "--as-of", Self.second).exitCode == 0)
        let doubted = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(doubted == 24, "both months may have been sent")
        try installation.drain()
        #expect(try installation.problems(invoices: 24) == [])
        #expect(try Self.numbers(installation) == made, "each has the number that it had")
        let ledger = try installation.ledger()
        #expect(ledger.accepted == 24 && ledger.distinct_dispatch_ids == 24)
    }

    /// Each period with its number and the id of its dispatch.
    private static func numbers(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', i.recurring_invoice_number, i.period_number, i.number,
                i.invoice_id, d.dispatch_id, d.message_id) AS line
            FROM invoice AS i
            JOIN dispatch AS d ON d.tenant_id = i.tenant_id AND d.invoice_id = i.invoice_id
            ORDER BY 1
            """)
    }

    @Test func `what is new after a recovery is sent without a question`() throws {
        let installation = try Self.queued(TestInstallation())
        let dump = try Dump(of: installation.database, in: installation.folder)
        try Self.send(installation)
        try dump.restore(into: installation.database)
        try Self.recover(installation, "--as-of", Self.first)
        try installation.drain()
        #expect(try installation.run("generate-invoices", "--as-of", Self.second).exitCode == 0)
        let queued = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'queued'")
        #expect(queued == Self.recipients.count)
        try Self.send(installation, "--as-of", Self.second)
        #expect(try installation.problems(invoices: 24) == [])
    }

    // MARK: What is known, and what is not

    @Test func `a dump restored into a new database is a copy`() throws {
        let installation = try Self.queued(TestInstallation())
        let dump = try Dump(of: installation.database, in: installation.folder)
        let copy = try TestInstallation(database: dump.restored())
        let shared = ["BUDSTIKKE_PROVIDER_BASE_URL": installation.providerURL]
        _ = try copy.write("", to: "company/nothing.txt")
        try Self.expectRefusal(copy, "is a copy", environment: shared)
        let doctor = try copy.run("budstikke", "doctor", "--offline")
        #expect(doctor.exitCode == 1)
        #expect(doctor.output.contains("installation: is not set"), "\(doctor.output)")
        let named = try copy.run(
            "budstikke", ["doctor", "--offline"], environment: ["BUDSTIKKE_INSTALLATION": "test"])
        #expect(!named.output.contains("installation: is not set"), "\(named.output)")

        try Self.send(installation)
        try Self.recover(copy)
        let isSettled = try copy.wait {
            let run = try copy.run("send-dispatches", [], environment: shared)
            #expect(run.exitCode == 0, "\(run.errors)")
            return try copy.count(
                "SELECT count(*) AS count FROM dispatch WHERE state <> 'sent'") == 0
        }
        #expect(isSettled)
        #expect(try installation.ledger().accepted == Self.recipients.count, "all were found")
        try Self.send(installation)
        #expect(try copy.run("budstikke", "doctor", "--offline").exitCode == 0)
        #expect(
            try installation.run("budstikke", "doctor", "--offline").exitCode == 0,
            "each is one by itself")
    }

    @Test func `a database that was moved whole goes on at once`() throws {
        let installation = try Self.queued(TestInstallation())
        let dump = try Dump(of: installation.database, in: installation.folder)
        let moved = try TestInstallation(database: dump.restored())
        let run = try moved.run("budstikke", "recover", "--nothing-lost")
        #expect(run.exitCode == 0, "\(run.errors)")
        try Self.send(moved)
        #expect(try moved.problems(invoices: 12) == [])
    }

    @Test func `of two machines each knows what it has seen, and a new one nothing`() throws {
        let installation = try Self.queued(TestInstallation())
        let other = [
            "BUDSTIKKE_STATE_DIRECTORY": installation.folder.appending(path: "other").path()
        ]
        #expect(
            try installation.run("send-dispatches", ["--limit", "2"], environment: other).exitCode
                == 0)
        let dump = try Dump(of: installation.database, in: installation.folder)
        try Self.send(installation, "--limit", "2")
        // The other looks at the queue, finds that more was done, and does nothing itself.
        _ = try installation.run("send-dispatches", ["--as-of", "2026-01-01"], environment: other)
        try dump.restore(into: installation.database)
        try Self.expectRefusal(installation, "went back in time")
        try Self.expectRefusal(installation, "went back in time", environment: other)
        let new = ["BUDSTIKKE_STATE_DIRECTORY": installation.folder.appending(path: "new").path()]
        let run = try installation.run(
            "budstikke", ["resend", "--all-resolved", "--reason", "rettet"], environment: new)
        #expect(run.exitCode == 0, "it can only be told by the others")
        try Self.recover(installation)
        try installation.drain()
        #expect(try installation.problems(invoices: 12) == [])
    }

    @Test func `killed between the commit and the file, a machine goes on`() throws {
        let installation = try Self.queued(TestInstallation())
        try Self.send(installation, "--limit", "2")
        let folder = installation.folder.appending(path: "state")
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder.path()).first)
        let before = try Data(contentsOf: folder.appending(path: name))
        try Self.send(installation, "--limit", "2")
        let after = try Data(contentsOf: folder.appending(path: name))
        #expect(before != after, "each claim is remembered")
        try before.write(to: folder.appending(path: name))
        try Self.send(installation)
        #expect(try installation.problems(invoices: 12) == [])
    }

    @Test func `a state directory that can't be written stops a run with one line`() throws {
        let installation = try Self.queued(TestInstallation())
        let file = try installation.write("", to: "file")
        let run = try installation.run(
            "send-dispatches", [], environment: ["BUDSTIKKE_STATE_DIRECTORY": "\(file)/state"])
        #expect(run.exitCode == 74, "\(run.errors)")
        #expect(run.errors.contains("state_directory"), "\(run.errors)")
        #expect(try installation.ledger().accepted == 0)
    }

    // MARK: recover

    @Test func `a sound database is not recovered unless somebody says since when`() throws {
        let installation = try Self.queued(TestInstallation())
        let before = try installation.contents()
        let run = try installation.run("budstikke", "recover")
        #expect(run.exitCode == 65, "\(run.errors)")
        #expect(run.errors.contains("--lost-since"), "\(run.errors)")
        let dry = try installation.run(
            "budstikke", "recover", "--lost-since", "2026-11-01", "--dry-run")
        #expect(dry.exitCode == 0 && dry.output.contains("\"to_be_asked\":12"), "\(dry.output)")
        #expect(try installation.contents() == before)
        try Self.recover(installation, "--lost-since", "2026-11-01")
        try installation.drain()
        #expect(try installation.problems(invoices: 12) == [])
        let audited = try installation.lines(
            "SELECT concat_ws(' ', action, reason) AS line FROM audit WHERE tenant_id = 0")
        #expect(audited.count == 1 && audited[0].hasPrefix("recover lost since 2026-11-01"))
    }

    @Test func `a resend that was lost is known by its place, and so is the next`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Self.first)
        try Self.send(installation)
        try installation.settle()
        let dump = try Dump(of: installation.database, in: installation.folder)
        let resent = try installation.run(
            "budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
        #expect(resent.exitCode == 0, "\(resent.errors)")
        try Self.send(installation)
        try dump.restore(into: installation.database)
        try Self.recover(installation)
        let again = try installation.run(
            "budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
        #expect(again.exitCode == 0, "\(again.errors)")
        try installation.drain()
        try installation.settle()
        #expect(try installation.ledger().accepted == 2, "the first and the resend that was lost")
        #expect(
            try installation.run("budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
                .exitCode == 0)
        try installation.drain()
        let ledger = try installation.ledger()
        #expect(ledger.accepted == 3 && ledger.doubled_dispatch_ids.isEmpty, "and one more")
    }
}

/// What can't be asked about after a recovery: a person decides.
@Suite(.timeLimit(.minutes(20))) struct ParkedRecoveryTests {
    /// An invoice that waits for the access point, in a database that went back.
    private static func restored() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let changes = [
            "send_plans.csv": "tenant_id,key,position,name,channel\n1,epost,1,EHF,ehf\n",
            "customers.csv":
                "tenant_id,number,name,email,organisation_number,buyer_reference\n"
                + "1,1,Kunde 1 AS,ok-1@kunde.test,974760673,best-1\n",
        ]
        for (name, text) in changes { _ = try installation.write(text, to: "ehf/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "ehf").path())
        #expect(run.exitCode == 0, "\(run.errors)")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let dump = try Dump(of: installation.database, in: installation.folder)
        #expect(try take(installation) == 1)
        try dump.restore(into: installation.database)
        let refused = try installation.run(
            "budstikke", "outbox", "--take", installation.folder.appending(path: "out").path())
        #expect(refused.exitCode == 78, "\(refused.errors)")
        try RecoveryTests.recover(installation)
        return installation
    }

    private static func take(_ installation: TestInstallation) throws -> Int {
        let folder = installation.folder.appending(path: "out-\(UUID().uuidString)").path()
        let run = try installation.run("budstikke", "outbox", "--take", folder)
        #expect(run.exitCode == 0, "\(run.errors)")
        return try FileManager.default.contentsOfDirectory(atPath: folder).count
    }

    private static func standing(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', d.state, d.delivery, l.parked) AS line FROM dispatch AS d
            LEFT JOIN dispatch_lease AS l
                ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            WHERE d.purpose = 'invoice' ORDER BY d.created_at, 1
            """)
    }

    @Test func `what the access point may have is not handed over again`() throws {
        let installation = try Self.restored()
        #expect(try Self.take(installation) == 0)
        #expect(try Self.standing(installation) == ["in_doubt unknown t"])
        #expect(try installation.run("budstikke", "doctor", "--offline").exitCode == 0)
        let id = try #require(
            installation.lines("SELECT dispatch_id::text AS line FROM dispatch").first)
        let run = try installation.run("budstikke", "outbox", "--delivered", id)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Self.standing(installation) == ["sent delivered"])
        #expect(try installation.run("budstikke", "doctor", "--offline").exitCode == 0)
    }

    @Test func `what it does not have is handed over when a person says so`() throws {
        let installation = try Self.restored()
        #expect(try installation.run("budstikke", "cancel", "1").exitCode == 0)
        #expect(
            try installation.run("budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
                .exitCode == 0)
        #expect(try Self.standing(installation) == ["cancelled unknown", "queued unknown"])
        #expect(try Self.take(installation) == 1)
        #expect(try installation.run("budstikke", "doctor", "--offline").exitCode == 0)
    }

    /// A relay has nobody to ask; the tenant's policy is for a lost answer, not for a lost day.
    @Test func `by a relay nothing is sent again but what a person sends`() throws {
        let installation = try TestInstallation()
        let relay = [
            "BUDSTIKKE_PROVIDER_NAME": "smtp",
            "BUDSTIKKE_PROVIDER_RELAY_URL": "smtp://127.0.0.1:9",
            "BUDSTIKKE_PROVIDER_RETURN_PATH": "bounces@avsender.example",
            "BUDSTIKKE_PROVIDER_MAILBOX_URL": "imap://127.0.0.1:9/INBOX",
        ]
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try installation.database.connect().run(
            script: "UPDATE tenant SET in_doubt_policy = 'resend'")
        _ = try installation.run(
            "generate-invoices", ["--as-of", Company.smallAsOf], environment: relay)
        try RecoveryTests.recover(installation, "--lost-since", "2026-11-01")
        _ = try installation.run("send-dispatches", [], environment: relay)
        #expect(try Self.standing(installation) == ["in_doubt unknown t"])
        #expect(try installation.run("budstikke", "cancel", "1").exitCode == 0)
        let resent = try installation.run(
            "budstikke", ["resend", "--invoice", "1", "--reason", "bedt om"], environment: relay)
        #expect(resent.exitCode == 0, "\(resent.errors)")
        _ = try installation.run("send-dispatches", [], environment: relay)
        #expect(
            try Self.standing(installation) == ["cancelled unknown", "queued unknown"],
            "it waits for the relay, which is not there")
        #expect(try installation.run("budstikke", "doctor", "--offline").exitCode == 0)
    }
}
