import Store
package import Postgres
package import Runtime

/// The recorded runs of the programs.
package struct RunLists {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// The last runs, newest first; `job` nil for those of all programs.
    package func runs(job: String?) throws -> Listing {
        let (list, limit) = (JobRuns(connection), context.limit ?? 50)
        return try Listing(
            of: try list.latest(job: job, limit: limit), limit: limit,
            total: { try list.count(job: job) }, emptyText: "no runs",
            [
                "started_at": { .instant($0.startedAt) },
                "job": { .text($0.job) },
                "host": { .text($0.host) },
                "ended_at": {
                    $0.endedAt.map(ResultValue.instant)
                        ?? .json("null", words: "no end: running, or killed")
                },
                "exit": { .some($0.exitCode) },
                "summary": { $0.summary.map(Self.summary) ?? .none },
                "idle_runs": { $0.idleRuns == 0 ? .none : .number($0.idleRuns) },
                "first_started_at": { .some($0.idleSince) },
                "run": { .id($0.runID) },
            ])
    }

    /// A stored summary; for people as the program printed it.
    private static func summary(_ json: String) -> ResultValue {
        .json(json, words: RunSummary.words(ofJSON: json))
    }
}
