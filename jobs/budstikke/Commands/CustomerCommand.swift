import ArgumentParser
import Runtime
import UseCases

/// What is known about a customer, and its erasure.
struct CustomerCommand: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Export all that is known about a customer, or erase what may be.",
        discussion: """
            export prints one JSON object with the rows of every table (personvernforordningen art. \
            15 and 20). erase takes away addresses, words of mails, notes and recipients (art. 17), \
            and says what is kept, by which law and until when; it is refused while an agreement or \
            a dispatch goes on, asks for a reason, and runs as the user budstikke_pruner.
            """)

    enum Deed: String, CaseIterable, ExpressibleByArgument { case export, erase }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Argument(help: "export, or erase.")
    var deed: Deed

    @Argument(help: "The customer's number.")
    var number: String

    func validate() throws {
        guard global.tenant != nil else {
            throw ValidationError("--tenant: say whose customer it is")
        }
    }

    var unusedOptions: Set<GlobalOption> {
        deed == .export ? [.asOf, .limit, .dryRun] : [.limit]
    }

    func run(_ context: RunContext) throws -> RunSummary? {
        let reason = deed == .erase ? try audit.requiredReason(for: "the customer is erased") : ""
        let connection = try Installation.connect(context, program: "customer")
        let tenantID = context.tenantID ?? 0
        switch deed {
        case .export:
            context.output.line(
                try ExportCustomer(connection: connection, context: context)
                    .run(number, tenantID: tenantID).json)
        case .erase:
            let answer = try EraseCustomer(connection: connection, context: context)
                .run(number, tenantID: tenantID, actor: audit.actor, reason: reason)
            tell(answer, context)
        }
        return nil
    }

    private func tell(_ answer: EraseCustomer.Answer, _ context: RunContext) {
        let words =
            !answer.isChanged
            ? "nothing to erase" : context.isDryRun ? "would be erased" : "erased"
        let kept = answer.kept.map { kept -> ResultValue in
            .object([
                "what": .text(kept.what), "because": .text(kept.because),
                "until": .some(kept.until.map { "\($0)" }),
            ])
        }
        let deed = ResultObject.deed(
            number, words, isDone: answer.isChanged, isDryRun: context.isDryRun)
        guard !context.output.isJSON else {
            return context.output.line(
                ResultObject(deed.members + [.init("kept", .list(kept))]).json)
        }
        context.output.words("\(number): \(words)")
        for kept in answer.kept { context.output.words("  \(kept.words)") }
    }
}
