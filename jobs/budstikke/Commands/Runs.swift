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
        try ScheduledJob.check(job)
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .asOf] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "runs")
        try RunLists(connection: connection, context: context).runs(job: job)
            .show(on: context.output, isCSV: false)
        return nil
    }
}

extension ScheduledJob {
    /// Throws where a name that was given is no program's.
    static func check(_ name: String?) throws {
        guard let name, ScheduledJob(rawValue: name) == nil else { return }
        throw ValidationError(
            "--job \(name): there is none of that name: \(names.joined(separator: ", "))")
    }
}
