package import FoundationEssentials
package import Postgres

/// The table job_run: the runs of the programs.
package struct JobRuns {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// One run, as listed by `budstikke runs`.
    package struct Run: Sendable {
        package var runID: UUID
        /// The program's name, as `send-dispatches`.
        package var job: String
        /// The machine that it ran on.
        package var host: String
        package var startedAt: Date
        /// Nil for a run that is not over, or was killed.
        package var endedAt: Date?
        /// Nil for a run that is not over, or was killed.
        package var exitCode: Int?
        /// The run's summary as JSON; nil for a run that is not over, or was killed.
        package var summary: String?
    }

    /// Records the start of a run, by the database's clock, because machines' clocks differ.
    package func begin(_ runID: UUID, job: String, host: String, processID: Int) throws {
        _ = try connection.execute(
            """
            INSERT INTO job_run (tenant_id, run_id, job, host, process_id, started_at)
            VALUES (0, \(runID), \(job), \(host), \(processID), clock_timestamp())
            """)
    }

    /// Records the end of a run.
    package func end(_ runID: UUID, exitCode: Int, summary: String) throws {
        _ = try connection.execute(
            """
            UPDATE job_run
            SET ended_at = clock_timestamp(), exit_code = \(exitCode), summary = \(JSONText(summary))
            WHERE tenant_id = 0 AND run_id = \(runID)
            """)
    }

    /// How many runs are recorded; `job` nil for those of all programs.
    package func count(job: String?) throws -> Int {
        try connection.total(
            "SELECT FROM job_run WHERE tenant_id = 0 AND (\(job) IS NULL OR job = \(job))")
    }

    /// The newest runs first; `job` nil for those of all programs.
    package func latest(job: String?, limit: Int) throws -> [Run] {
        try connection.rows(
            """
            SELECT run_id, job, host, started_at, ended_at, exit_code, summary
            FROM job_run
            WHERE tenant_id = 0 AND (\(job) IS NULL OR job = \(job))
            ORDER BY started_at DESC LIMIT \(limit)
            """
        ) { row in
            Run(
                runID: try row["run_id"], job: try row["job"], host: try row["host"],
                startedAt: try row["started_at"], endedAt: try row["ended_at"],
                exitCode: try row["exit_code"], summary: try row["summary"])
        }
    }
}

/// The table audit: what people did by hand, and why.
package struct Audits {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Records what a person did by hand, and why.
    package func write(
        tenantID: Int64, actor: String, action: String, subject: String, reason: String,
        now: Date
    ) throws {
        _ = try connection.execute(
            """
            INSERT INTO audit (tenant_id, audit_id, at, actor, action, subject, reason)
            VALUES (\(tenantID), \(UUID()), \(now), \(actor), \(action), \(subject), \(reason))
            """)
    }
}
