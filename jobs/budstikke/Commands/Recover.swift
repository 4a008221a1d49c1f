import ArgumentParser
import Foundation
import UseCases
import Runtime

/// Releases a restored database.
struct Recover: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a database go on that was restored or cloned, and send nothing twice.",
        discussion: """
            Everything that waits is put in doubt: send-dispatches asks the provider for our own \
            ids, and sends what is not there. What can't be asked about is parked for a person. \
            Refused where nothing shows that the database went back in time, unless --lost-since \
            says so. The drill is in docs/recovery.md.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Option(
        help: "Since when deeds are lost (default: the newest mark that the database holds).",
        transform: GlobalOptions.instant)
    var lostSince: Date?

    @Flag(help: "It was moved whole, and the other is used no more: nothing is put in doubt.")
    var nothingLost = false

    func validate() throws {
        guard lostSince == nil || !nothingLost else {
            throw ValidationError("name one of --lost-since and --nothing-lost")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "recover")
        let summary = try RecoverDatabase(
            connection: connection, context: context,
            options: RecoverDatabase.Options(lostSince: lostSince, isWhole: nothingLost)
        ).run(actor: audit.actor, reason: audit.reason ?? "")
        if !context.output.isJSON { for line in summary.notes { context.output.words(line) } }
        return summary
    }
}
