import ArgumentParser
import UseCases
import Runtime

/// Checks whether the installation works.
struct Doctor: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask whether the system works; exit 1 if something is broken.",
        discussion: """
            From the settings and the database to the runs and the queues; one fault hides no other. \
            Each line that is BROKEN says what mends it.

            With --offline it asks nobody but the database, as where the provider is not there yet.
            """)

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Compare with the provider's own suppression lists too.")
    var suppressions = false

    @Flag(help: "Ask nobody but the database: no provider, no name server.")
    var offline = false

    func validate() throws {
        guard offline, suppressions else { return }
        throw ValidationError("--suppressions asks the provider: leave out --offline")
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let checks = ExamineInstallation(context: context).run(
            comparesLists: suppressions, isOffline: offline)
        for check in checks {
            check.show(on: context.output)
        }
        let broken = checks.count { !$0.isSound }
        return RunSummary(
            job: "doctor", counts: [("checks", checks.count), ("broken", broken)], failed: broken)
    }
}
