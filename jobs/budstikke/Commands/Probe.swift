import ArgumentParser
import Runtime
import UseCases

/// One line for a monitor.
struct Probe: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say in one line whether the programs keep up; exit 1 if one is late.",
        discussion: """
            For a monitor that runs commands. It reads when each program last did its work, and how \
            long mail and doubts have waited, and nothing else: it may be asked every minute.
            """)

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only this program, and what waits for it.")
    var job: String?

    func validate() throws {
        try ScheduledJob.check(job)
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .limit, .dryRun] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "probe")
        let result = try ProbeInstallation(connection: connection, context: context)
            .run(job.flatMap(ScheduledJob.init))
        context.output.line(context.output.isJSON ? result.json : result.text)
        try Output.checkWritten()
        guard result.late.isEmpty else { throw ExitCode(BudstikkeExit.someFailed.rawValue) }
        return nil
    }
}
