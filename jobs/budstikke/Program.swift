import ArgumentParser
import Runtime
import Version

/// budstikke - the operator's command.
///
/// There is one subcommand per file, in Commands. Each takes the global options and uses the same
/// exit codes as the jobs.
@main
struct Program: CommandLineProgram {
    static let configuration = CommandConfiguration(
        commandName: "budstikke",
        abstract: "See what became of every invoice, and deal with what failed.",
        version: BudstikkeVersion.line(of: "budstikke"),
        subcommands: [
            Migrate.self, Import.self, List.self, Show.self, Why.self, Cancel.self, Resend.self,
            Lift.self, Preview.self, Outbox.self, Notifications.self, Todo.self, Runs.self,
            Metrics.self, Tenant.self, Classify.self, Recover.self, Prune.self,
            CustomerCommand.self, Doctor.self, Probe.self,
        ])
}
