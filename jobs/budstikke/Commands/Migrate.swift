import ArgumentParser
import UseCases
import Runtime

/// Migrates the database to the newest schema.
struct Migrate: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to the newest schema.",
        discussion: "Running it again changes nothing. A database of a newer program is refused.")

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Let the configured installation send from this database.")
    var claim = false

    var unusedOptions: Set<GlobalOption> { [.asOf, .tenant, .limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connectUnchecked(context, program: "migrate")
        return try MigrateDatabase(connection: connection, context: context).run(claim: claim)
    }
}
