import Dispatching
import Foundation
import Import
import Invoicing
import Postgres
import Runtime
import Store
import TestSupport

@testable import UseCases

/// The nightly programs, and the files that come in.
extension TestCompany {
    @discardableResult
    func generate(
        on day: String? = nil, tenant: Int64? = nil, limit: Int? = nil, isDryRun: Bool = false,
        isApproved: Bool = false, isNightly: Bool = false
    ) -> Outcome {
        run(
            Options(day: day, tenant: tenant, limit: limit, isDryRun: isDryRun), isMarked: true
        ) { connection, context, _ in
            try GenerateInvoices(
                connection: connection, context: context, terms: terms, isApproved: isApproved,
                isNightly: isNightly
            ).run()
        }
    }

    @discardableResult
    func forecast(days: Int, on day: String, isDryRun: Bool = false) -> Outcome {
        run(Options(day: day, isDryRun: isDryRun), isMarked: true) { connection, context, _ in
            try ForecastFaults(
                connection: connection, context: context, terms: terms
            ).run(days: days)
        }
    }

    /// Sends what is due, by the provider in memory or another.
    @discardableResult
    func send(
        on day: String? = nil, tenant: Int64? = nil, isAtOnce: Bool = false, isDryRun: Bool = false,
        by other: (any MailProvider)? = nil
    ) -> Outcome {
        let conninfo = database.conninfo
        return run(Options(day: day, tenant: tenant, isDryRun: isDryRun)) {
            connection, context, _ in
            try Installation.checkInstallation(connection, settings: settings)
            let mark = try SenderMark.open(connection, context: context)
            defer { mark.keep() }
            return try SendDispatches(
                connection: connection, provider: other ?? provider, context: context, mark: mark,
                isAtOnce: isAtOnce
            ) { try Connection(conninfo, applicationName: "budstikke-tests") }.run()
        }
    }

    /// Sends until nothing waits, an hour later each time, through whatever pause there is.
    func drain(by other: (any MailProvider)? = nil) throws {
        for _ in 0..<24 {
            send(isAtOnce: true, by: other)
            let waiting = try count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state IN ('queued', 'sending', 'in_doubt') AND channel = 'email'
                """)
            if waiting == 0 { return }
            now += 3_600
        }
    }

    /// Reads what the provider says, a minute later than what was done before.
    @discardableResult
    func reconcile(
        since: String? = nil, until: String? = nil, tenant: Int64? = nil, isDryRun: Bool = false
    ) -> Outcome {
        now += 60
        let window = ReconcileBounces.Window(
            since: since.map(Self.noon), until: until.map(Self.noon))
        return run(Options(tenant: tenant, isDryRun: isDryRun)) { connection, context, _ in
            try ReconcileBounces(connection: connection, context: context, window: window) {
                [provider] in provider
            }.run()
        }
    }

    @discardableResult
    func reclassify(isDryRun: Bool = false) -> Outcome {
        run(Options(isDryRun: isDryRun)) { connection, context, _ in
            try ReclassifyEvents(
                connection: connection, reader: provider, context: context,
                window: ReconcileBounces.Window()
            ).run()
        }
    }

    // MARK: Files

    @discardableResult
    func write(_ text: String, to name: String) throws -> URL {
        try write(Data(text.utf8), to: name)
    }

    @discardableResult
    func write(_ data: Data, to name: String) throws -> URL {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
        return url
    }

    /// Imports files by their names, in the order in which one refers to another; every fault of
    /// them is a line of what it says.
    @discardableResult
    func take(
        _ files: [String: String], beside others: [String: Data] = [:], tenant: Int64? = nil,
        recipient: String? = nil, plan: String? = nil, isDispatched: Bool = true
    ) throws -> Outcome {
        let place = UUID().uuidString
        for (name, data) in others { try write(data, to: "\(place)/\(name)") }
        let urls = try files.map { try write($0.value, to: "\(place)/\($0.key)") }
        return run(Options(tenant: tenant), isMarked: true) { connection, context, outcome in
            var rows = 0
            let options = ImportFiles.Options(
                userKey: nil, planKey: plan, recipient: recipient, isDispatched: isDispatched)
            for path in try ImportListing(urls.map { $0.path() }).files {
                do {
                    rows += 1
                    try connection.transaction {
                        try Self.take(path, connection, context, options)
                    }
                } catch let faults as ImportFaults {
                    outcome.lines += faults.faults.map { "\($0)" }
                }
            }
            guard outcome.lines.isEmpty else {
                throw UsageError(outcome.text, exit: .badInput)
            }
            return RunSummary(job: "import", counts: [("files", rows)], failed: 0)
        }
    }

    private static func take(
        _ path: String, _ connection: Connection, _ context: RunContext,
        _ options: ImportFiles.Options
    ) throws {
        let name = (path as NSString).lastPathComponent
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        guard let table = SetupReader.table(of: name) else {
            _ = try InvoiceImport(connection: connection, context: context, options: options)
                .importFile(bytes, file: name)
            return
        }
        _ = try SetupImport(
            connection: connection, folder: (path as NSString).deletingLastPathComponent,
            file: name, table: table, logos: LogoDrawer(connection, context: context)
        ).importFile(bytes, tenantID: context.tenantID)
    }
}
