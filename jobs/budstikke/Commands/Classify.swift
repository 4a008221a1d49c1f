import ArgumentParser
import Invoicing
import UseCases
import Runtime

/// Classifies bounces from standard input.
struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Classify bounces: JSON Lines in, JSON Lines out.",
        discussion: """
            Reads {"reply_code", "enhanced_code", "text", "provider", "type"} a line, and writes \
            {"class", "reason", "scope", "transient", "confidence", "evidence", "review"} \
            a line.
            """)

    @Flag(name: .customLong("json"), help: "The only form that there is, so it changes nothing.")
    var isJSON = false

    func run() throws {
        StopSignal.install()
        do {
            try ClassifyLines().run(on: Output(isJSON: true))
            try Output.checkWritten()
        } catch {
            throw ProgramFailure.ending(with: error, program: "budstikke classify", isJSON: true)
        }
    }
}
