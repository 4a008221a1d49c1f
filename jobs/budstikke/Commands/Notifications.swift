import ArgumentParser
import UseCases
import Runtime

/// The notifications in the bell.
struct Notifications: BudstikkeCommand {
    static let configuration = CommandConfiguration(abstract: "The bell: what users are told.")

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only this user's.")
    var user: String?

    @Flag(help: "Also those that have been read.")
    var all = false

    @Flag(help: "Mark them read.")
    var read = false

    var unusedOptions: Set<GlobalOption> { read ? [] : [.asOf] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "notifications")
        let people = PeopleLists(connection: connection, context: context)
        try people.notifications(userKey: user, withRead: all)
            .show(on: context.output, isCSV: false)
        if read { try people.markRead(userKey: user) }
        return nil
    }
}
