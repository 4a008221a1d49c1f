import ArgumentParser
import Foundation
import UseCases
import Runtime
import Version

/// reconcile-bounces - reads from the provider what became of each dispatch, and notifies users.
///
/// It runs every 5 minutes, and by hand over any window, any number of times: only what is new has
/// an effect. A dry run reads from the provider and changes nothing, there or here.
///
/// Exit codes: 0 done or nothing new, 64 usage, 69 the provider or the database is down, 74 its
/// disk is full, 75 stopped by SIGTERM, asked to wait, or the database was busy too long, 77 the
/// provider refuses the key, 78 configuration.
@main
struct Program: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile-bounces",
        abstract: "Ask the provider what became of each dispatch, and tell people.",
        version: BudstikkeVersion.line(of: "reconcile-bounces"))

    @OptionGroup var global: GlobalOptions

    @Option(
        help: "From this date or instant on (default: where the last run ended).",
        transform: GlobalOptions.instant)
    var since: Date?

    @Option(
        help: "Until this date or instant (default: now).", transform: GlobalOptions.instant)
    var until: Date?

    @Option(help: "Only this provider.")
    var provider: String?

    @Flag(
        help: """
            Judge what is stored again, and read again what could not be read, by today's rules; \
            asks no provider. --dry-run first.
            """)
    var reclassify = false

    func validate() throws {
        if let since, let until, since >= until {
            throw ValidationError("--since must be before --until")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        if let provider, provider != context.settings.provider.name {
            throw UsageError(
                "--provider: '\(provider)' is not configured;"
                    + " \(context.settings.provider.name) is")
        }
        let connection = try Installation.connect(context, program: "reconcile-bounces")
        let marks = try MailAccount.Marks(connection)
        // Reclassifying makes no requests, so it needs no key.
        let reconcile =
            try reclassify
            ? nil
            : ReconcileBounces(connection: connection, context: context, window: window) {
                [settings = context.settings, stop = context.stop] in
                try MailAccount.reconciling(settings, marks, stop: stop)
            }
        return try RecordedRun.run(
            "reconcile-bounces", connection: connection, context: context
        ) {
            guard let reconcile else {
                return try ReclassifyEvents(
                    connection: connection, reader: MailAccount.reading(context.settings, marks),
                    context: context, window: window
                ).run()
            }
            return try reconcile.run()
        }
    }

    private var window: ReconcileBounces.Window {
        ReconcileBounces.Window(since: since, until: until)
    }
}
