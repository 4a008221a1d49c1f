import Dispatching
import FoundationEssentials
import Invoicing
import Schema
import Store
import Wire
package import Postgres
package import Runtime

/// What a program works with, opened from its settings: the database, the provider, the sender.
package enum Installation {
    /// Connects to a database with the newest schema, and checks the tenant to work for: `--tenant`
    /// may name a nonexistent one only where it is about to be created.
    package static func connect(
        _ context: RunContext, program: String, makesTenant: Bool = false
    ) throws -> Connection {
        let connection = try open(
            context, program, statementSeconds: context.settings.databaseStatementSeconds)
        guard try Migrator(connection).pending().isEmpty else {
            throw UsageError(
                "the database is not up to date; run budstikke migrate", exit: .configuration)
        }
        if let now = try connection.first(
            "SELECT clock_timestamp() AS now", { try $0["now"] as Date })
        {
            context.clock.follow(now)
        }
        if let tenantID = context.tenantID, !makesTenant,
            try Tenants(connection).profiles([tenantID]).isEmpty
        {
            throw UsageError("--tenant \(tenantID): there is no such tenant", exit: .badInput)
        }
        return connection
    }

    /// Connects without checking the schema, in order to migrate it, however long a step takes, or
    /// to look at it; `statementSeconds` 0 means no limit.
    package static func connectUnchecked(
        _ context: RunContext, program: String, statementSeconds: Int = 0
    ) throws -> Connection {
        try open(context, program, statementSeconds: statementSeconds)
    }

    private static func open(
        _ context: RunContext, _ program: String, statementSeconds: Int
    ) throws -> Connection {
        try Connection(
            context.settings.database, applicationName: "budstikke-\(program)",
            limits: WaitLimits(
                lockSeconds: context.settings.databaseLockSeconds,
                statementSeconds: statementSeconds,
                stop: context.stop))
    }

    /// The sender of e-mails; throws `ConfigurationError` where the address is invalid.
    package static func sender(_ settings: Settings) throws -> SenderIdentity {
        guard let address = EmailAddress(settings.mail.fromAddress) else {
            throw ConfigurationError("mail.from_address: is not an e-mail address")
        }
        return SenderIdentity(
            address: address,
            messageIDDomain: settings.mail.messageIDDomain ?? String(address.domain))
    }

    /// Refuses to send from a database that belongs to another installation: a restored copy, or a
    /// clone for tests, must not send real invoices again.
    package static func checkInstallation(_ connection: Connection, settings: Settings) throws {
        let owner = try connection.first(
            "SELECT name FROM installation WHERE tenant_id = 0"
        ) { try $0["name"] as String }
        guard owner == settings.installation else {
            throw ConfigurationError(
                "installation: this database is that of \(owner.map { "'\($0)'" } ?? "none"), and"
                    + " the setting names \(settings.installation.map { "'\($0)'" } ?? "none");"
                    + " a copy must not send: run budstikke migrate --claim where it may")
        }
    }
}

/// Everything that shows whether a database was restored to an earlier state, read at once.
struct DatabaseView {
    var identity: UUID?
    var place: DatabasePlace
    var seen: SeenMark?
    var held: HeldMarks
    var status: DatabaseStatus

    static func look(_ connection: Connection, _ directory: StateDirectory) throws -> DatabaseView {
        let identities = DatabaseIdentities(connection)
        let recorded = try identities.recorded()
        // The remembered mark is read first: a concurrent run only increases the stored one.
        let seen = try recorded.flatMap {
            try MarkFile(directory, identity: $0.identity).read()
        }
        let place = try identities.place()
        let held = try SenderMarks(connection).held(by: seen?.stateID)
        return DatabaseView(
            identity: recorded?.identity, place: place, seen: seen, held: held,
            status: .assess(recorded: recorded?.place, now: place, seen: seen, held: held))
    }
}

extension DatabaseStatus {
    /// Why nothing may be sent, in one line with what to do; nil where it may.
    var refusal: String? {
        switch self {
        case .sound, .unclaimed: nil
        case .copy:
            "this database is a copy, restored or cloned: it stands elsewhere than when it last"
                + " sent, and what it holds as unsent may have been sent since; if it is to send"
                + " from now on, and the other is not, run budstikke recover"
        case .wentBack(let shortfall):
            "this database went back in time: this machine has seen mark \(shortfall.seen), and it"
                + " holds \(shortfall.held); what it holds as unsent may have been sent since: run"
                + " budstikke recover"
        }
    }
}

/// Runs a job and records its start and end.
///
/// A record without an end means that the run was killed; runs in a row with nothing to do share one.
package enum RecordedRun {
    /// Runs `body` with the record of `context`; returns its summary, or throws its error.
    package static func run(
        _ job: String, connection: Connection, context: RunContext,
        _ body: () throws -> RunSummary
    ) throws -> RunSummary {
        guard !context.isDryRun else { return try body() }
        let runs = JobRuns(connection)
        let runID = RunIdentity.renew()
        let ping = HealthPing(of: job, runID: runID, settings: context.settings, log: context.log)
        ping?.began()
        try runs.begin(
            runID, job: job, host: ProcessInfo.processInfo.hostName,
            processID: Int(ProcessInfo.processInfo.processIdentifier))
        do {
            let summary = try body()
            let exit = context.exit(after: summary)
            try runs.end(
                runID, exitCode: Int(exit.rawValue), summary: summary.json,
                isIdle: summary.isNothing && exit == .done)
            ping?.ended(exit, summary: summary.json)
            return summary
        } catch {
            let exit = (error as? any ExitCoded)?.exit ?? .bug
            let summary =
                "{\"job\":\(job.quotedAsJSON),\"error\":\("\(error)".quotedAsJSON)}"
            // The error itself matters more than its record: the database may be what is down.
            try? runs.end(runID, exitCode: Int(exit.rawValue), summary: summary)
            ping?.ended(exit, summary: summary)
            throw error
        }
    }
}
