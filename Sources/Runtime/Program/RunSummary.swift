import Foundation
import Wire

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

    /// One line for people: `import: 3 files, 12 rows`; counts of zero are left out.
    package var text: String {
        text(on: Screen())
    }

    /// The line as a screen shows it: what failed is red.
    func text(on screen: Screen) -> String {
        var shown = counts.filter { $0.count != 0 }
        if failed > 0, !shown.contains(where: { $0.name == "failed" }) {
            shown.append(("failed", failed))
        }
        let words = shown.map { name, count in
            let phrase = SummaryWords.phrase(name, count)
            return name == "failed" ? screen.coloured(phrase, .red) : phrase
        }
        let line = "\(job): \(words.isEmpty ? "nothing to do" : words.joined(separator: ", "))"
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

extension RunSummary {
    /// A summary or an error as it was stored.
    private struct Stored: Decodable {
        var counts: [String: Int]?
        var failed: Int?
        var notes: [String]?
        var error: String?
    }

    /// What a stored summary says, for people: the counts by name, the notes, the error; the text
    /// itself where it is none.
    package static func words(ofJSON text: String) -> String {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else {
            return text
        }
        var counts = (stored.counts ?? [:]).filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { SummaryWords.phrase($0.key, $0.value) }
        if let failed = stored.failed, failed > 0 {
            counts.append(SummaryWords.phrase("failed", failed))
        }
        let parts =
            [counts.joined(separator: ", ")] + (stored.notes ?? [])
            + [stored.error].compactMap(\.self)
        let words = parts.filter { !$0.isEmpty }.joined(separator: "; ")
        return words.isEmpty ? "nothing to do" : words
    }
}
