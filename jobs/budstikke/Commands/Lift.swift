import ArgumentParser
import UseCases
import Runtime

/// Oppheve blokkering.
struct Lift: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lift a block: take an address off the provider's lists.",
        discussion: """
            Asks for a reason, lifts at the provider, verifies it there, and writes it into the \
            audit. Dispatches that the block stopped are listed, and sent again with --resend.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Argument(help: "The e-mail address.")
    var address: String

    @Flag(help: "Also send again what the block stopped.")
    var resend = false

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let reason = try audit.requiredReason(for: "the block is lifted")
        let connection = try Installation.connect(context, program: "lift")
        // A lift changes the provider's lists: an installation that may not send may not do that
        // either.
        try Installation.checkInstallation(connection, settings: context.settings)
        let mark = try SenderMark.open(connection, context: context)
        let account = try MailAccount.lifting(
            context.settings, MailAccount.Marks(connection), stop: context.stop)
        let answer = try LiftBlock(connection: connection, provider: account, context: context)
            .run(address, actor: audit.actor, reason: reason)
        for line in answer.lines {
            context.output.tell(
                line, .deed(address, line, isDone: answer.isLifted, isDryRun: context.isDryRun))
        }
        guard answer.isLifted else {
            throw UsageError("not lifted: contact the provider's support", exit: .refused)
        }
        if resend, !context.isDryRun {
            try sendAgain(answer, context, reason: reason)
            _ = try mark.marking(connection) {}
        } else {
            for held in answer.held {
                context.output.tell(
                    "held: \(held.document) to \(held.customer);"
                        + " budstikke resend \(held.dispatchID) --reason …",
                    [
                        "kind": "held", "document": .some(held.document),
                        "customer": .some(held.customer), "dispatch": .text(held.dispatchID),
                    ])
            }
        }
        return nil
    }

    private func sendAgain(
        _ answer: LiftBlock.Answer, _ context: RunContext, reason: String
    ) throws {
        let connection = try Installation.connect(context, program: "lift")
        let again = try ResendInvoices(
            connection: connection, context: context, terms: MessageTerms(context.settings))
        for held in answer.held {
            let sent = try again.dispatch(
                held.dispatchID, actor: audit.actor, reason: reason)
            sent.show(on: context.output, isDryRun: context.isDryRun)
        }
    }
}
