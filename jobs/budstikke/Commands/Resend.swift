import ArgumentParser
import Foundation
import UseCases
import Runtime

/// Send på nytt.
struct Resend: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send an invoice again; refused while a dispatch of it is ongoing.",
        discussion: "It asks for a reason, which is written into the audit.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Argument(help: "A dispatch: six digits or more of its id.")
    var dispatch: String?

    @Option(help: "An invoice's number.")
    var invoice: String?

    @Flag(
        name: [.customLong("all-resolved"), .customLong("all-mended")],
        help: "All whose faults are resolved; --all-mended is its old name.")
    var allResolved = false

    @Flag(
        help: """
            All that failed for one reason, as given_up or refused: --reason names it.
            """)
    var failed = false

    @Option(
        help: "With --failed: only what failed since then (2026-11-24 or 2026-11-24T03:10:00Z).",
        transform: GlobalOptions.instant)
    var since: Date?

    func validate() throws {
        let named = [dispatch != nil, invoice != nil, allResolved, failed].count { $0 }
        guard named == 1 else {
            throw ValidationError(
                "name a dispatch, --invoice NUMBER, --all-resolved, or --failed --reason CODE")
        }
        guard !failed || audit.reason != nil else {
            throw ValidationError("--failed takes --reason CODE, as given_up or refused")
        }
        guard failed || since == nil else { throw ValidationError("--since goes with --failed") }
    }

    var unusedOptions: Set<GlobalOption> { allResolved || failed ? [] : [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let reason = try audit.requiredReason(for: "it is sent again")
        let connection = try Installation.connect(context, program: "resend")
        let mark = try SenderMark.open(connection, context: context)
        let resend = try ResendInvoices(
            connection: connection, context: context, terms: MessageTerms(context.settings))
        let actor = audit.actor
        let answers =
            if let invoice {
                try resend.invoice(invoice, actor: actor, reason: reason)
            } else if let dispatch {
                [try resend.dispatch(dispatch, actor: actor, reason: reason)]
            } else if failed {
                try resend.allFailed(reason: reason, since: since, actor: actor)
            } else {
                try resend.allResolved(actor: actor, reason: reason)
            }
        for answer in answers { answer.show(on: context.output, isDryRun: context.isDryRun) }
        let failed = answers.count { !$0.isQueued }
        let summary = RunSummary(
            job: "resend", counts: [("queued", answers.count - failed), ("not_queued", failed)],
            failed: failed)
        if !context.isDryRun { try mark.raise(after: summary, connection) }
        return summary
    }
}
