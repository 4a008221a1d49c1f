package import FoundationEssentials
package import Postgres

/// What is watched, counted as it stands: thin tables whole, history by its newest rows alone.
package struct Gauges {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How a program's runs went; what there was none of is nil.
    package struct Job: Sendable, Hashable {
        package var name: String
        package var lastStartedAt: Date?
        /// Of the last run that came to its end.
        package var lastSeconds: Double?
        package var lastExitCode: Int?
        /// When the last run ended that did its work, though some items may have failed.
        package var lastSuccessAt: Date?
        /// Runs that have begun and not ended: running, or killed.
        package var unfinished: Int
    }

    /// The programs' runs since a day, each program in one row, also where it never ran.
    package func jobs(_ names: [String], since: Date) throws -> [Job] {
        try connection.rows(
            """
            SELECT j.job, began.started_at, ended.exit_code, done.ended_at AS succeeded_at,
                extract(epoch FROM ended.ended_at - ended.started_at)::double precision AS seconds,
                (SELECT count(*) FROM job_run AS r WHERE r.tenant_id = 0 AND r.job = j.job
                    AND r.started_at >= \(since) AND r.ended_at IS NULL) AS unfinished
            FROM unnest(\(names)) WITH ORDINALITY AS j (job, place)
            LEFT JOIN LATERAL (
                SELECT r.started_at FROM job_run AS r
                WHERE r.tenant_id = 0 AND r.job = j.job AND r.started_at >= \(since)
                ORDER BY r.started_at DESC LIMIT 1) AS began ON true
            LEFT JOIN LATERAL (
                SELECT r.started_at, r.ended_at, r.exit_code FROM job_run AS r
                WHERE r.tenant_id = 0 AND r.job = j.job AND r.started_at >= \(since)
                    AND r.ended_at IS NOT NULL
                ORDER BY r.started_at DESC LIMIT 1) AS ended ON true
            LEFT JOIN LATERAL (
                SELECT r.ended_at FROM job_run AS r
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

    /// A place where things wait: how many do, and since when the oldest has.
    package struct Waiting: Sendable, Hashable {
        package var place: String
        package var count: Int
        package var oldest: Date?
    }

    /// All places where something waits, for a program or for a person; silent is what was accepted
    /// before `silentBefore` and nothing was heard of since.
    package func waiting(silentBefore: Date, now: Date) throws -> [Waiting] {
        try connection.rows(
            """
            SELECT 'due' AS place, count(*) AS count, min(run_at) AS oldest
            FROM dispatch_queue WHERE run_at <= \(now)
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

    /// How many events of one kind a provider told of.
    package struct Events: Sendable, Hashable {
        package var provider: String
        /// As `delivery_event.kind`.
        package var kind: String
        /// As `delivery_event.class`; empty where it is no failure.
        package var bounceClass: String
        package var count: Int
    }

    /// The events that were stored since then, of all tenants.
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

    /// A provider that is left alone for a while: by all (tenant 0), or for one tenant's sender.
    package struct Pause: Sendable, Hashable {
        package var tenantID: Int64
        package var provider: String
        package var since: Date
        package var until: Date
    }

    package func pauses() throws -> [Pause] {
        try connection.rows(
            "SELECT tenant_id, provider, since, until FROM provider_pause ORDER BY 1, 2"
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
