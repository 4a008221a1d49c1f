import FoundationEssentials
import Store
import Wire
package import Postgres
package import Runtime

/// Whether the programs keep up, for a monitor that asks often: only their runs are read, and how
/// old is what waits for them.
package struct ProbeInstallation {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// What a probe found, in one line.
    package struct Result: Sendable {
        /// What is late, a sentence each; empty where the programs keep up.
        package var late: [String]
        /// What was asked of.
        package var jobs: [ScheduledJob]

        /// The result for people.
        package var text: String {
            late.isEmpty
                ? "ok: \(jobs.map(\.name).joined(separator: ", "))"
                : "late: \(late.joined(separator: "; "))"
        }

        /// The result as a JSON object.
        package var json: String {
            "{\"sound\":\(late.isEmpty),\"late\":[\(late.map(\.quotedAsJSON).joined(separator: ","))]}"
        }
    }

    /// Asks of all programs, or of one and what waits for it.
    package func run(_ job: ScheduledJob?) throws -> Result {
        let jobs = job.map { [$0] } ?? ScheduledJob.allCases
        let now = context.clock.now
        let runs = try Gauges(connection).jobs(
            jobs.map(\.name), since: now - Self.rememberedSeconds)
        var late = zip(jobs, runs).compactMap { Self.late($0, $1, now: now) }
        if jobs.contains(.sendDispatches) {
            let checks = OperationChecks(connection: connection, context: context, now: now)
            late += try checks.overdueQueue() + checks.overdueDoubts()
        }
        return Result(late: late, jobs: jobs)
    }

    private static let rememberedSeconds: Double = 40 * 86_400

    private static func late(_ job: ScheduledJob, _ run: Gauges.Job, now: Date) -> String? {
        guard let success = run.lastSuccessAt else { return "\(job.name) has never done its work" }
        guard now.timeIntervalSince(success) > job.silenceSecondsMax else { return nil }
        return "\(job.name) has not done its work since \(Instant.short(success))"
    }
}
