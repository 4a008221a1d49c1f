import FoundationEssentials
import Logging
import Wire

/// A program's final report: its summary, or why there is none.
struct RunReporter {
    let program: String
    /// Whether a reader of standard output expects a line of JSON.
    let isJSON: Bool
    /// Whether success is not worth a word (`--quiet`).
    var isQuiet = false
    /// The log format, once the settings have been read.
    var format = LogFormat.auto

    /// Prints the summary: on standard output, or where the log goes if that is the journal or JSON.
    ///
    /// `--quiet` leaves out that of a run in which nothing failed, and the journal that of a run with
    /// nothing to do, which comes each minute.
    func report(_ summary: RunSummary, isDryRun: Bool) {
        guard !isJSON else { return Output(isJSON: true).line(summary.json) }
        let isWell = summary.failed == 0 && summary.trouble == nil && !isDryRun
        let isLogged = format == .json || format.fitting == .journal
        guard !isWell || !(isQuiet || (isLogged && summary.isNothing)) else { return }
        guard !isLogged else {
            return say(summary.text, level: summary.failed > 0 ? .warning : .info)
        }
        let output = Output(isJSON: false)
        output.words(summary.text(on: output.screen))
    }

    /// Prints what is wrong, and returns the exit code.
    func report(_ error: any Error) -> BudstikkeExit {
        let (words, exit) = ProgramFailure.explain(error)
        // Text from elsewhere may hold line breaks and tabs; this is one line.
        let line = words.onOneLine
        say("\(program): \(line)", level: .error)
        if isJSON {
            Output(isJSON: true).line(
                ResultObject([
                    .init("program", .text(program)), .init("error", .text(line)),
                    .init("exit", .number(exit.rawValue)),
                ]).json)
        }
        return exit
    }

    /// A line for people, wherever they may read it: cron mails it, so `auto` never means JSON
    /// here.
    private func say(_ text: String, level: Logger.Level) {
        switch (format, format.fitting) {
        case (.json, _):
            let handler = LineLogHandler(label: program, format: .json, level: level)
            Output.say(handler.line(level: level, message: text, pairs: [], now: Date()))
        case (_, .journal): Output.say("<\(level.priority)>\(text.escapingInvisibles)")
        case (.auto, _), (.text, _), (.journal, _): Output.say(text.escapingInvisibles)
        }
    }
}
