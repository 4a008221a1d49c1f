import ArgumentParser
import UseCases
import Runtime

/// The recorded runs of the programs.
struct Runs: BudstikkeCommand {
    static let configuration = CommandConfiguration(abstract: "What the programs did, and when.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only this program.")
    var job: String?

    func validate() throws {
        guard let job, ScheduledJob(rawValue: job) == nil else { return }
        throw ValidationError(
            "--job \(job): there is none of that name: "
                + ScheduledJob.names.joined(separator: ", "))
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .asOf] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "runs")
        try RunLists(connection: connection, context: context).runs(job: job)
            .show(on: context.output, isCSV: false)
        return nil
    }
}
