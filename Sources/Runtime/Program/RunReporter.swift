import FoundationEssentials
import Logging
import Wire

/// A program's final report: its summary, or why there is none.
struct RunReporter {
    let program: String
    /// Whether a reader of standard output expects a line of JSON.
    let isJSON: Bool
    /// The log format, once the settings have been read.
    var format = LogFormat.auto

    /// Prints nothing on success under cron; one line on a terminal, and where something failed.
    ///
    /// Under the journal a run that did something is reported too, since nobody is mailed there.
    func report(_ summary: RunSummary, isDryRun: Bool) {
        guard !isJSON else { return Output(isJSON: true).line(summary.json) }
        let isWatched =
            Output.isErrorTerminal || (format.fitting == .journal && !summary.isNothing)
        guard isWatched || summary.failed > 0 || isDryRun else { return }
        say(summary.text, level: summary.failed > 0 ? .warning : .info)
    }

    /// Prints what is wrong, and returns the exit code.
    func report(_ error: any Error) -> BudstikkeExit {
        let (words, exit) = ProgramFailure.explain(error)
        // Text from elsewhere may hold line breaks and tabs; this is one line.
        let line = words.onOneLine
        say("\(program): \(line)", level: .error)
        if isJSON {
            Output(isJSON: true).line(
                "{\"program\":\(program.quotedAsJSON),\"error\":\(line.quotedAsJSON),"
                    + "\"exit\":\(exit.rawValue)}")
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

/// What a run did: the line that it prints, also stored in job_run.
package struct RunSummary: Sendable {
    package var job: String
    /// What was counted, in the order in which it is printed.
    package var counts: [(name: String, count: Int)]
    /// The number of failed items; above zero the program exits with 1.
    package var failed: Int
    /// Sentences for people, printed after the counts.
    package var notes: [String]
    /// Why the run could not do everything, with the exit code; nil where it could.
    package var trouble: (any ExitCoded)?

    package init(
        job: String, counts: [(name: String, count: Int)], failed: Int, notes: [String] = []
    ) {
        self.job = job
        self.counts = counts
        self.failed = failed
        self.notes = notes
    }

    /// The exit code of a run with this summary.
    package var exit: BudstikkeExit {
        trouble?.exit ?? (failed > 0 ? .someFailed : .done)
    }

    /// Whether the run found nothing to do.
    package var isNothing: Bool {
        failed == 0 && notes.isEmpty && counts.allSatisfy { $0.count == 0 }
    }

    /// One line for people; counts of zero are left out.
    package var text: String {
        var shown = counts.filter { $0.count != 0 }
        if failed > 0, !shown.contains(where: { $0.name == "failed" }) {
            shown.append(("failed", failed))
        }
        let words = shown.map { "\($0.name)=\($0.count)" }
        let line = ([job] + (words.isEmpty ? ["nothing to do"] : words)).joined(separator: " ")
        return ([line] + notes).joined(separator: "; ")
    }

    /// One line for machines: `{"job":…,"counts":{…},"failed":0,"notes":[…]}`, zeros included.
    package var json: String {
        let counts = counts.map { "\($0.name.quotedAsJSON):\($0.count)" }
        let notes = notes.map(\.quotedAsJSON)
        return "{\"job\":\(job.quotedAsJSON),\"counts\":{\(counts.joined(separator: ","))},"
            + "\"failed\":\(failed),\"notes\":[\(notes.joined(separator: ","))]"
            + (trouble.map { ",\"error\":\($0.description.quotedAsJSON)" } ?? "") + "}"
    }
}
