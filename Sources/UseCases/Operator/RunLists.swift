package import Postgres
package import Runtime
import Store

/// What the programs did.
package struct RunLists {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    package func runs(job: String?) throws -> Listing {
        let runs = try JobRuns(connection).latest(job: job, limit: context.limit ?? 50)
        return Listing(
            headings: ["started", "program", "host", "ended", "exit", "summary"],
            rows: runs.map { run in
                [
                    Instant.short(run.startedAt), run.job, run.host,
                    run.endedAt.map(Instant.short) ?? "no end: running, or killed",
                    run.exitCode.map(String.init) ?? "", run.summary ?? "",
                ]
            },
            emptyText: "no runs")
    }
}
