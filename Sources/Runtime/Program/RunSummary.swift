import FoundationEssentials

/// What a run did: the line that it prints, and the same in job_run.
package struct RunSummary: Sendable {
    package var job: String
    package var counts: [(name: String, count: Int)]
    /// Items that failed; more than none ends the program with 1.
    package var failed: Int
    package var notes: [String]

    package init(
        job: String, counts: [(name: String, count: Int)], failed: Int, notes: [String] = []
    ) {
        self.job = job
        self.counts = counts
        self.failed = failed
        self.notes = notes
    }

    /// One line for people: what is zero is left out.
    package var text: String {
        let shown = counts.filter { $0.count != 0 }.map { "\($0.name)=\($0.count)" }
        let line = ([job] + (shown.isEmpty ? ["nothing to do"] : shown)).joined(separator: " ")
        return ([line] + notes).joined(separator: "; ")
    }

    /// One line for machines: all counts, in their order.
    package var json: String {
        let counts = counts.map { "\(JSONLine.quoted($0.name)):\($0.count)" }
        let notes = notes.map(JSONLine.quoted)
        return "{\"job\":\(JSONLine.quoted(job)),\(counts.joined(separator: ","))"
            + "\(counts.isEmpty ? "" : ",")\"failed\":\(failed),"
            + "\"notes\":[\(notes.joined(separator: ","))]}"
    }
}
