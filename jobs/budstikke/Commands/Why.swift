import ArgumentParser
import Invoicing
import UseCases
import Runtime

/// Explains why something did or did not go out.
struct Why: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why an invoice, agreement, dispatch or address did or did not go out.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "An invoice's number, an agreement's number, a dispatch's id, or an address.")
    var name: String

    @Option(help: "nb, nn or en.")
    var language = "nb"

    func validate() throws {
        guard chosenLanguage != nil else {
            throw ValidationError("--language takes nb, nn or en")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.limit] }

    private var chosenLanguage: Language? { Language(rawValue: language) }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "why")
        let findings = try ExplainWhy(
            connection: connection, context: context, language: chosenLanguage ?? .nb
        ).findings(about: name)
        for finding in findings {
            guard !context.output.isJSON else {
                context.output.line(finding.object.json)
                continue
            }
            context.output.words(finding.lines.first ?? "")
            for line in finding.lines.dropFirst() { context.output.words("  \(line)") }
        }
        return nil
    }
}
