import Wire
import FoundationEssentials
package import Postgres
package import Runtime
import Store

/// Runs a job and keeps a record of it: begun, and how it ended.
///
/// One without an end was killed.
package enum RecordedRun {
    package static func run(
        _ job: String, connection: Connection, context: RunContext,
        _ body: () throws -> RunSummary
    ) throws -> RunSummary {
        guard !context.isDryRun else { return try body() }
        let runs = JobRuns(connection)
        let runID = UUID()
        try runs.begin(
            runID, job: job, host: ProcessInfo.processInfo.hostName,
            processID: Int(ProcessInfo.processInfo.processIdentifier), now: Date())
        do {
            let summary = try body()
            let exit = context.exit(after: summary)
            try runs.end(
                runID, exitCode: Int(exit.rawValue), summary: summary.json, now: Date())
            return summary
        } catch {
            let exit = (error as? any ExitCoded)?.exit ?? .bug
            let summary =
                "{\"job\":\(job.quotedAsJSON),\"error\":\("\(error)".quotedAsJSON)}"
            // The error itself matters more than its record: the database may be what is down.
            try? runs.end(runID, exitCode: Int(exit.rawValue), summary: summary, now: Date())
            throw error
        }
    }
}
