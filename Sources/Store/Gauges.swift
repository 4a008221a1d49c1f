package import FoundationEssentials
package import Postgres

/// Figures for monitoring, counted as they are now: small tables in full, history only by its
/// newest rows.
package struct Gauges {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The record of a program's runs; nil where there was no such run.
    package struct Job: Sendable, Hashable {
        package var name: String
        /// When the newest run started.
        package var lastStartedAt: Date?
        /// The duration of the last finished run.
        package var lastSeconds: Double?
        /// The exit code of the last finished run.
        package var lastExitCode: Int?
        /// When the last successful run ended, even if some items failed (exit 0 or 1).
        package var lastSuccessAt: Date?
        /// Runs that have started and not ended: still running, or killed.
        package var unfinished: Int
    }

    /// The programs' runs since an instant, one row per program, including those that never ran.
    package func jobs(_ names: [String], since: Date) throws -> [Job] {
        try connection.rows(
            """
            SELECT j.job, began.started_at, ended.exit_code, done.ended_at AS succeeded_at,
                extract(epoch FROM ended.ended_at - ended.started_at)::double precision AS seconds,
                (SELECT count(*) FROM job_run_list AS r WHERE r.tenant_id = 0 AND r.job = j.job
                    AND r.started_at >= \(since) AND r.ended_at IS NULL) AS unfinished
            FROM unnest(\(names)) WITH ORDINALITY AS j (job, place)
            LEFT JOIN LATERAL (
                SELECT r.started_at FROM job_run_list AS r
                WHERE r.tenant_id = 0 AND r.job = j.job AND r.started_at >= \(since)
                ORDER BY r.started_at DESC LIMIT 1) AS began ON true
            LEFT JOIN LATERAL (
                SELECT r.started_at, r.ended_at, r.exit_code FROM job_run_list AS r
                WHERE r.tenant_id = 0 AND r.job = j.job AND r.started_at >= \(since)
                    AND r.ended_at IS NOT NULL
                ORDER BY r.started_at DESC LIMIT 1) AS ended ON true
            LEFT JOIN LATERAL (
                SELECT r.ended_at FROM job_run_list AS r
                WHERE r.tenant_id = 0 AND r.job = j.job AND r.started_at >= \(since)
                    AND r.exit_code IN (0, 1)
                ORDER BY r.started_at DESC LIMIT 1) AS done ON true
            ORDER BY j.place
            """
        ) { row in
            Job(
                name: try row["job"], lastStartedAt: try row["started_at"],
                lastSeconds: try row["seconds"], lastExitCode: try row["exit_code"],
                lastSuccessAt: try row["succeeded_at"], unfinished: try row["unfinished"])
        }
    }

    /// A place where work is waiting: how much, and since when.
    package struct Waiting: Sendable, Hashable {
        /// The name of the place, as it is exported.
        package var place: String
        package var count: Int
        /// Since when the oldest has been waiting; nil where nothing is.
        package var oldest: Date?
    }

    /// All places where something waits for a program or a person.
    ///
    /// Silent means accepted before `silentBefore` and not heard of since. What is due of tenants that are held is counted apart.
    package func waiting(
        silentBefore: Date, held: [Int64] = [], now: Date
    ) throws -> [Waiting] {
        try connection.rows(
            """
            SELECT 'due' AS place, count(*) AS count, min(run_at) AS oldest
            FROM dispatch_queue WHERE run_at <= \(now) AND tenant_id <> ALL (\(held))
            UNION ALL
            SELECT 'held', count(*), min(run_at)
            FROM dispatch_queue WHERE run_at <= \(now) AND tenant_id = ANY (\(held))
            UNION ALL
            SELECT 'approval', count(*), min(asked_at) FROM awaited_approval
            UNION ALL
            SELECT 'later', count(*), NULL FROM dispatch_queue WHERE run_at > \(now)
            UNION ALL
            SELECT 'deferred', count(*), min(d.deferred_since)
            FROM dispatch_queue AS q
            JOIN dispatch AS d ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
            WHERE d.deferred_since IS NOT NULL
            UNION ALL
            SELECT 'sending', count(*), min(claimed_at)
            FROM dispatch_lease WHERE resolve_at IS NULL AND NOT parked
            UNION ALL
            SELECT 'in_doubt', count(*), min(claimed_at)
            FROM dispatch_lease WHERE resolve_at IS NOT NULL AND NOT parked
            UNION ALL
            SELECT 'parked', count(*), min(claimed_at) FROM dispatch_lease WHERE parked
            UNION ALL
            SELECT 'outbox', count(*), min(d.created_at)
            FROM dispatch_outbox AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            UNION ALL
            SELECT 'silent', count(*), min(d.sent_at)
            FROM ongoing_dispatch AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            WHERE d.state = 'sent' AND d.delivery = 'unknown' AND d.sent_at < \(silentBefore)
            UNION ALL
            SELECT 'unread_report', count(*), min(stored_at)
            FROM unread_report WHERE read_at IS NULL
            UNION ALL
            SELECT 'orphan_event', count(*), min(stored_at)
            FROM delivery_event
            WHERE tenant_id = 0 AND occurred_at >= \(now - 30 * 86_400)
            UNION ALL
            SELECT 'todo', count(*), min(opened_at) FROM todo WHERE closed_at IS NULL
            """
        ) { row in
            Waiting(
                place: try row["place"], count: try row["count"], oldest: try row["oldest"])
        }
    }

    /// Of these places the two that a program is late for: what is due, and what is in doubt.
    package func pressing(held: [Int64], now: Date) throws -> [Waiting] {
        try connection.rows(
            """
            SELECT 'due' AS place, count(*) AS count, min(run_at) AS oldest
            FROM dispatch_queue WHERE run_at <= \(now) AND tenant_id <> ALL (\(held))
            UNION ALL
            SELECT 'in_doubt', count(*), min(claimed_at)
            FROM dispatch_lease WHERE resolve_at IS NOT NULL AND NOT parked
            """
        ) { row in
            Waiting(
                place: try row["place"], count: try row["count"], oldest: try row["oldest"])
        }
    }

    /// The tenants that have so much due that a person has to approve it: some by name, with what
    /// they have due and had at the most, and how many there are.
    package func awaitingApproval(
        namedMax: Int
    ) throws -> (named: [(tenantID: Int64, due: Int, usual: Int)], count: Int) {
        let named: [(tenantID: Int64, due: Int, usual: Int)] = try connection.rows(
            """
            SELECT tenant_id, due, usual FROM awaited_approval
            ORDER BY tenant_id LIMIT \(namedMax)
            """
        ) { (try $0["tenant_id"], try $0["due"], try $0["usual"]) }
        return (named, try connection.total("SELECT FROM awaited_approval"))
    }

    /// How many events of one kind a provider reported.
    package struct Events: Sendable, Hashable {
        package var provider: String
        /// The value of `delivery_event.kind`.
        package var kind: String
        /// The value of `delivery_event.class`; empty where the event is no failure.
        package var bounceClass: String
        package var count: Int
    }

    /// The events stored since an instant, of all tenants.
    package func events(storedSince: Date) throws -> [Events] {
        try connection.rows(
            """
            SELECT provider, kind, coalesce(class, '') AS class, count(*) AS count
            FROM delivery_event WHERE stored_at >= \(storedSince)
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """
        ) { row in
            Events(
                provider: try row["provider"], kind: try row["kind"],
                bounceClass: try row["class"], count: try row["count"])
        }
    }

    /// Until when the events of a provider's source have been read.
    package struct Source: Sendable, Hashable {
        package var provider: String
        package var name: String
        package var completeUntil: Date
    }

    /// The positions of all sources, by provider and name.
    package func sources() throws -> [Source] {
        try connection.rows(
            """
            SELECT provider, source, complete_until FROM poll_cursor
            WHERE tenant_id = 0 ORDER BY 1, 2
            """
        ) { row in
            Source(
                provider: try row["provider"], name: try row["source"],
                completeUntil: try row["complete_until"])
        }
    }

    /// A pause of a provider: for all mail (tenant 0), or for one tenant's sender.
    package struct Pause: Sendable, Hashable {
        package var tenantID: Int64
        package var provider: String
        /// When the pause started.
        package var since: Date
        /// When the provider is tried again.
        package var until: Date
    }

    /// The pauses that last, by tenant and provider; one that is over stays until mail is accepted.
    package func pauses(now: Date) throws -> [Pause] {
        try connection.rows(
            """
            SELECT tenant_id, provider, since, until FROM provider_pause
            WHERE until > \(now) ORDER BY 1, 2
            """
        ) { row in
            Pause(
                tenantID: try row["tenant_id"], provider: try row["provider"],
                since: try row["since"], until: try row["until"])
        }
    }

    /// The database's size on disk, in bytes.
    package func databaseBytes() throws -> Int {
        try connection.first(
            "SELECT pg_database_size(current_database()) AS bytes", { try $0["bytes"] as Int }) ?? 0
    }
}
