import Dispatching
import Foundation
import Import
import Invoicing
import Logging
import Postgres
import Runtime
import Store
import TestSupport

@testable import UseCases

/// A company in a database of its own and a provider in memory: what the programs do, as functions.
///
/// Each use case has a connection of its own with the programs' rights, as each program has. Time
/// stands still but for what a test says: `now`, which a day that is named sets, too.
final class TestCompany {
    let database: TestDatabase
    /// The owner's, for what a test looks at and changes.
    let connection: Connection
    let provider = StubProvider()
    let folder: URL
    var settings = Settings()
    var now = TestCompany.noon(of: Company.smallAsOf)

    /// A database without any tenant, or another's.
    init(database: TestDatabase? = nil) throws {
        self.database = try database ?? TestDatabase()
        connection = try self.database.connect()
        folder = FileManager.default.temporaryDirectory.appending(
            path: "budstikke-company-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        settings.stateDirectory = folder.appending(path: "state").path()
        settings.mail.fromAddress = "faktura@budstikke.test"
        settings.provider.vendor = .failure(UnknownProvider(name: provider.name))
        settings.reconcile.margins.settleSeconds = 0
        settings.send.breakerFailures = 1_000
        // These go by the database's clock, which no test moves.
        settings.send.inDoubtGraceSeconds = 0
        settings.send.inDoubtWindowSeconds = 0
    }

    /// An agreement for each recipient, A1 and on, the same in each tenant; a period is due of each.
    convenience init(
        _ recipients: String..., tenants: ClosedRange<Int> = 1...1,
        with values: [String: String?] = [:]
    ) throws {
        try self.init(recipients: recipients, tenants: tenants, with: values)
    }

    convenience init(
        recipients: [String], tenants: ClosedRange<Int> = 1...1,
        with values: [String: String?] = [:]
    ) throws {
        try self.init()
        for tenant in tenants {
            try connection.insertCompany(tenant)
            for (index, recipient) in recipients.enumerated() {
                try connection.insertAgreement(index + 1, tenant: tenant, email: recipient, values)
            }
        }
    }

    /// An agreement for each of these rows of `recurring_invoice`, A1 and on.
    convenience init(agreements: [[String: String?]]) throws {
        try self.init()
        try connection.insertCompany()
        for (index, values) in agreements.enumerated() {
            try connection.insertAgreement(
                index + 1, email: "ok-\(index + 1)@kunde.test", values)
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    static func noon(of day: String) -> Date {
        (try? Date("\(day)T12:00:00Z", strategy: .iso8601)) ?? .distantPast
    }

    // MARK: How a use case is run

    /// How a use case ended: what its program would print, and how it would end.
    struct Outcome {
        var exit = BudstikkeExit.done
        /// What it says, and what it counted as `name=count`.
        var lines: [String] = []
        /// Why it did not end well; empty where it did.
        var error = ""
        var counts: [String: Int] = [:]

        var isDone: Bool { exit == .done }
        var text: String { lines.joined(separator: "\n") }
    }

    /// What is said of a run beside what it does.
    struct Options {
        var day: String?
        var tenant: Int64?
        var limit: Int?
        var isDryRun = false
    }

    private func connect(as role: String) throws -> Connection {
        try Connection(
            database.conninfo + " options='-c role=\(role)'",
            applicationName: "budstikke-tests")
    }

    func context(_ options: Options = Options()) -> RunContext {
        if let day = options.day { now = Self.noon(of: day) }
        provider.set(now: now)
        var log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .critical
        return RunContext(
            settings: settings, clock: RunClock(fixed: now), log: log,
            isDryRun: options.isDryRun, tenantID: options.tenant, limit: options.limit)
    }

    /// What the provider in memory takes, and the company's sender.
    var terms: MessageTerms {
        get throws {
            MessageTerms(limits: provider.limits, sender: try Installation.sender(settings))
        }
    }

    /// Runs a use case; `isMarked` where its program raises this machine's mark.
    func run(
        _ options: Options = Options(), isMarked: Bool = false, role: String = "budstikke_job",
        _ body: (Connection, RunContext, inout Outcome) throws -> RunSummary?
    ) -> Outcome {
        var outcome = Outcome()
        // Time passes, so that what is done later is newer.
        defer { now += 1 }
        do {
            let (context, connection) = (context(options), try connect(as: role))
            let mark = isMarked ? try SenderMark.open(connection, context: context) : nil
            guard let summary = try body(connection, context, &outcome) else { return outcome }
            if let mark, !context.isDryRun { try mark.raise(after: summary, connection) }
            outcome.exit = summary.exit
            outcome.error = summary.trouble?.description ?? ""
            outcome.counts = Dictionary(summary.counts.map { ($0.name, $0.count) }) { $1 }
            outcome.lines += summary.counts.map { "\($0.name)=\($0.count)" } + summary.notes
        } catch {
            (outcome.error, outcome.exit) = ProgramFailure.explain(error)
        }
        return outcome
    }

    // MARK: What a test looks at

    func count(_ query: Query) throws -> Int {
        try connection.first(query) { try $0["count"] } ?? 0
    }

    func lines(_ query: Query) throws -> [String] {
        try connection.rows(query) { try $0["line"] as String }
    }

    /// What stands in every table that a run may change, a line each: the same before and after
    /// says that nothing was changed.
    func contents(except left: [String] = [], tenant: Int? = nil) throws -> [String] {
        try connection.contents(except: left, tenant: tenant)
    }

    /// The number of the first tenant's invoice of an agreement.
    func number(_ agreement: String) throws -> String {
        try lines(
            """
            SELECT number AS line FROM invoice
            WHERE recurring_invoice_number = \(agreement) ORDER BY tenant_id
            """
        ).first ?? "none"
    }

    /// What is made of an agreement: period, first and last day, and the sum before VAT.
    func made(_ agreement: String) throws -> [String] {
        try lines(
            """
            SELECT concat_ws(' ', period_number, content::jsonb #>> '{period,start}',
                content::jsonb #>> '{period,end}', tax_exclusive) AS line
            FROM invoice WHERE recurring_invoice_number = \(agreement) ORDER BY period_number
            """)
    }

    /// The states of an agreement's dispatches, in the order in which they were made.
    func states(_ agreement: String) throws -> [String] {
        try lines(
            """
            SELECT d.state AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = \(agreement) ORDER BY d.created_at, d.dispatch_id
            """)
    }

    func audits(_ action: String) throws -> [String] {
        try lines(
            """
            SELECT actor || ': ' || reason AS line FROM audit
            WHERE action = \(action) ORDER BY at
            """)
    }

    func openTodos() throws -> Int {
        try count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
    }

    /// Which invariants do not hold, and what breaks them; the machine's own checks are left out.
    func broken() throws -> [String] {
        CheckHealth(connection: connection, context: context()).run()
            .filter { !$0.isSound && !["keys", "logos"].contains($0.name) }.map(\.text)
    }
}
