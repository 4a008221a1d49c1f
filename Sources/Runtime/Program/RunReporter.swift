import Wire
import FoundationEssentials
import Logging

/// The last words of a program: its summary, or why there is none.
struct RunReporter {
    let program: String
    /// Whether a reader on standard output waits for a line of JSON.
    let isJSON: Bool
    /// As the settings have it, once they are read.
    var format = LogFormat.auto

    /// Quiet on success under cron; one line on a terminal, and where something failed.
    ///
    /// In the journal, a run that did something is told too: nobody is mailed there.
    func tell(_ summary: RunSummary, isDryRun: Bool) {
        guard !isJSON else { return Output(isJSON: true).line(summary.json) }
        let isWatched =
            Output.isErrorTerminal || (format.fitting == .journal && !summary.isNothing)
        guard isWatched || summary.failed > 0 || isDryRun else { return }
        say(summary.text, level: summary.failed > 0 ? .warning : .info)
    }

    /// Says what is wrong, and returns what the program is to end with.
    func tell(_ error: any Error) -> BudstikkeExit {
        let (words, exit) = ProgramFailure.explain(error)
        // Other people's texts have line ends and tabs; this is one line.
        let line = words.onOneLine
        say("\(program): \(line)", level: .error)
        if isJSON {
            Output(isJSON: true).line(
                "{\"program\":\(program.quotedAsJSON),\"error\":\(line.quotedAsJSON),"
                    + "\"exit\":\(exit.rawValue)}")
        }
        return exit
    }

    /// A line for people wherever people may read it: cron mails it, so `auto` is never JSON here.
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
