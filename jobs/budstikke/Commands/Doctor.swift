import ArgumentParser
import UseCases
import Runtime

/// Checks the set-up and every invariant.
struct Doctor: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the set-up and every invariant; exit 1 if one is broken.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Compare with the provider's own suppression lists too.")
    var suppressions = false

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "doctor")
        var checks = try CheckHealth(connection: connection, context: context).run()
        if suppressions {
            let provider = try MailAccount.lifting(
                context.settings, MailAccount.Marks(connection))
            checks.append(
                try CheckSuppressions(connection: connection, provider: provider).run())
        }
        for check in checks {
            context.output.line(context.output.isJSON ? check.json : check.text)
        }
        let broken = checks.count { !$0.isSound }
        return RunSummary(
            job: "doctor", counts: [("checks", checks.count), ("broken", broken)], failed: broken)
    }
}
