import ArgumentParser
import Runtime
import UseCases

/// Figures for operators, in Prometheus' format.
struct Metrics: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Figures to watch, as OpenMetrics: on standard output, or in a file.",
        discussion: """
            With --textfile the file is replaced at once, so that node_exporter's textfile \
            collector never reads half of it. monitoring/ has alert rules and a dashboard.
            """)

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("The file to replace.", valueName: "file"))
    var textfile: String?

    func validate() throws {
        guard let textfile else { return }
        guard textfile.hasSuffix(".prom") else {
            throw ValidationError("--textfile \(textfile): the collector reads *.prom alone")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.tenant, .limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "metrics")
        let metrics = try ExportMetrics(connection: connection, context: context).run()
        if let textfile, !context.isDryRun {
            try metrics.write(to: textfile)
        } else if context.output.isJSON {
            for sample in metrics.objects { context.output.line(sample.json) }
        } else {
            context.output.line(String(metrics.text.dropLast()))
        }
        return nil
    }
}
