import ArgumentParser
import Foundation
import UseCases
import Runtime

/// Forhåndsvisning.
struct Preview: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show exactly what would be sent; nothing is sent and nothing is kept.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Option(help: "An invoice's number.")
    var invoice: String?

    @Option(help: "A recurring invoice; with --tenant and --period.")
    var recurring: String?

    @Option(help: "Which period of the recurring invoice, from 1.")
    var period: Int = 1

    @Option(help: "A form template instead of the form setup's; alone, with the newest document.")
    var template: String?

    @Option(
        name: .customLong("out"), help: "Write the documents to this folder.",
        completion: .directory)
    var folder: String?

    @Flag(help: "Say what is wrong with it, a line each; exit 1 where something is.")
    var openFaults = false

    func validate() throws {
        let named = [invoice, recurring].count { $0 != nil }
        guard named == 1 || (named == 0 && template != nil) else {
            throw ValidationError(
                "name --invoice NUMBER, or --recurring NUMBER --period K, or --template KEY")
        }
        guard (1...100_000).contains(period) else {
            throw ValidationError("--period is from 1 to 100000")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "preview")
        let preview = PreviewDispatch(
            connection: connection, context: context,
            terms: try MessageTerms(context.settings), template: template)
        let previews =
            if let invoice {
                try preview.invoice(invoice)
            } else if let recurring {
                try preview.period(period, of: recurring)
            } else {
                try preview.newest()
            }
        let files = PreviewFiles(folder: context.isDryRun ? nil : folder)
        for one in previews {
            files.show(one, on: context.output)
            try files.write(one, on: context.output, now: context.clock.now)
        }
        let faults = previews.reduce(0) { sum, one in
            sum + one.faults.count + one.copies.reduce(0) { $0 + $1.faults.count }
        }
        return RunSummary(
            job: "preview", counts: [("previews", previews.count), ("faults", faults)],
            failed: openFaults ? faults : 0)
    }
}
