import ArgumentParser
import UseCases
import Runtime

/// The history of a dispatch.
struct Show: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "The history of a dispatch: attempts, events, faults.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Argument(help: "An invoice's number, or six digits or more of a dispatch's id.")
    var dispatch: String

    @Flag(help: "Also the events as the provider gave them.")
    var raw = false

    var unusedOptions: Set<GlobalOption> { [.asOf, .limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "show")
        for listing in try DispatchLists(connection: connection, context: context)
            .history(of: dispatch, withRaw: raw)
        {
            listing.show(on: context.output, isCSV: false)
        }
        return nil
    }
}
