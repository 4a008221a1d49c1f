import ArgumentParser
import Jobs
import Runtime

/// Huskelisten.
struct Todo: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "The to-do list: what a person has to deal with.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var deed: Deed

    @Flag(help: "Also those that have been dealt with.")
    var all = false

    @Option(help: "Dismiss the to-do of this invoice number or dispatch id.")
    var dismiss: String?

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "todo")
        let people = PeopleLists(connection: connection, context: context)
        if let dismiss {
            try people.dismiss(dismiss, actor: deed.actor, reason: deed.reason ?? "")
            context.output.line("\(dismiss): dismissed")
            return nil
        }
        try people.todos(userKey: deed.user, withClosed: all)
            .show(on: context.output, isCSV: false)
        return nil
    }
}
