import ArgumentParser
import Runtime
import UseCases

/// Lets history go that need no longer be kept.
struct Prune: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let history go that need no longer be kept.",
        discussion: """
            Invoices and their documents are kept for five years after the end of the accounting \
            year (bokføringsloven § 13), the addresses and words of mails for retention.mail. What \
            stays says what became of each. Runs beside the timers, as the user budstikke_pruner: \
            no other role may take away what happened.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "prune")
        let (listing, summary) = try PruneHistory(connection: connection, context: context)
            .run(actor: audit.actor, reason: audit.reason ?? "")
        listing.show(on: context.output, isCSV: false)
        return summary
    }
}
