package import FoundationEssentials
package import Postgres

/// The table job_run: the runs of the programs.
package struct JobRuns {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// One run, or idle runs in a row as their last, as listed by `budstikke runs`.
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
        /// How many runs in a row had nothing to do, this one being the last; 0 where it did
        /// something or has not ended.
        package var idleRuns: Int
        /// When the first of them began; nil where there are none.
        package var idleSince: Date?
    }

    /// Records the start of a run, by the database's clock, because machines' clocks differ.
    ///
    /// Behind idle runs of its machine it stands in their row, so that one more costs no row; behind
    /// anything else it has a row of its own.
    package func begin(_ runID: UUID, job: String, host: String, processID: Int) throws {
        _ = try connection.execute(
            """
            WITH newest AS (
                SELECT run_id FROM job_run
                WHERE tenant_id = 0 AND job = \(job) AND host = \(host)
                ORDER BY started_at DESC LIMIT 1
            ), behind AS (
                UPDATE job_run AS r
                SET next_run_id = \(runID), next_process_id = \(processID),
                    next_started_at = clock_timestamp()
                FROM newest AS n
                WHERE r.tenant_id = 0 AND r.run_id = n.run_id AND r.idle_runs > 0
                    AND r.next_run_id IS NULL
                RETURNING r.run_id
            )
            INSERT INTO job_run (tenant_id, run_id, job, host, process_id, started_at)
            SELECT 0, \(runID), \(job), \(host), \(processID), clock_timestamp()
            WHERE NOT EXISTS (SELECT FROM behind)
            """)
    }

    /// Records the end of a run; `isIdle` if it had nothing to do and ended with 0.
    package func end(_ runID: UUID, exitCode: Int, summary: String, isIdle: Bool = false) throws {
        if isIdle {
            try endIdle(runID, summary: summary)
        } else {
            try endWorking(runID, exitCode: exitCode, summary: summary)
        }
    }

    /// The run becomes the last of the idle ones that it stands behind, or the first.
    private func endIdle(_ runID: UUID, summary: String) throws {
        _ = try connection.execute(
            """
            WITH joined AS (
                UPDATE job_run
                SET run_id = next_run_id, process_id = next_process_id,
                    started_at = next_started_at, ended_at = clock_timestamp(),
                    summary = \(JSONText(summary)), idle_runs = idle_runs + 1, next_run_id = NULL,
                    next_process_id = NULL, next_started_at = NULL
                WHERE tenant_id = 0 AND next_run_id = \(runID)
            )
            UPDATE job_run
            SET ended_at = clock_timestamp(), exit_code = 0, summary = \(JSONText(summary)),
                idle_runs = 1, idle_since = started_at
            WHERE tenant_id = 0 AND run_id = \(runID)
            """)
    }

    /// The run gets a row of its own, if it stands behind idle ones.
    private func endWorking(_ runID: UUID, exitCode: Int, summary: String) throws {
        _ = try connection.execute(
            """
            WITH began AS (
                SELECT run_id, job, host, next_process_id, next_started_at FROM job_run
                WHERE tenant_id = 0 AND next_run_id = \(runID)
            ), left_behind AS (
                UPDATE job_run AS r
                SET next_run_id = NULL, next_process_id = NULL, next_started_at = NULL
                FROM began AS b
                WHERE r.tenant_id = 0 AND r.run_id = b.run_id
            ), own AS (
                INSERT INTO job_run (tenant_id, run_id, job, host, process_id, started_at, ended_at,
                    exit_code, summary)
                SELECT 0, \(runID), job, host, next_process_id, next_started_at,
                    clock_timestamp(), \(exitCode), \(JSONText(summary))
                FROM began
            )
            UPDATE job_run
            SET ended_at = clock_timestamp(), exit_code = \(exitCode), summary = \(JSONText(summary))
            WHERE tenant_id = 0 AND run_id = \(runID)
            """)
    }

    /// How many lines there are; `job` nil for those of all programs.
    package func count(job: String?) throws -> Int {
        try connection.total(
            "SELECT FROM job_run_list WHERE tenant_id = 0 AND (\(job) IS NULL OR job = \(job))")
    }

    /// The newest runs first; `job` nil for those of all programs.
    package func latest(job: String?, limit: Int) throws -> [Run] {
        try connection.rows(
            """
            SELECT run_id, job, host, started_at, ended_at, exit_code, summary, idle_runs, idle_since
            FROM job_run_list
            WHERE tenant_id = 0 AND (\(job) IS NULL OR job = \(job))
            ORDER BY started_at DESC LIMIT \(limit)
            """
        ) { row in
            Run(
                runID: try row["run_id"], job: try row["job"], host: try row["host"],
                startedAt: try row["started_at"], endedAt: try row["ended_at"],
                exitCode: try row["exit_code"], summary: try row["summary"],
                idleRuns: try row["idle_runs"], idleSince: try row["idle_since"])
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
