import ArgumentParser
import UseCases
import Runtime

/// Avbryt.
struct Cancel: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cancel a dispatch that has not ended.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Argument(help: "An invoice's number, or six digits or more of a dispatch's id.")
    var dispatch: String

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "cancel")
        let answer = try CancelDispatch(connection: connection, context: context).run(
            dispatch, actor: audit.actor, reason: audit.reason ?? "")
        context.output.tell(
            "\(dispatch): \(answer)", .deed(dispatch, answer, isDryRun: context.isDryRun))
        return nil
    }
}
