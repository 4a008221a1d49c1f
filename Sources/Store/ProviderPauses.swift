package import Dispatching
package import FoundationEssentials
package import Postgres

/// The tables provider_pause and provider_memory: what all machines and runs know about the
/// provider's problems.
package struct ProviderPauses {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The pauses of the whole account (tenant 0) and of tenants' senders, including expired ones.
    package func all(provider: String) throws -> [Int64: ProviderPause] {
        let pauses: [(tenantID: Int64, pause: ProviderPause)] = try connection.rows(
            """
            SELECT tenant_id, since, until, tries, cause, reason FROM provider_pause
            WHERE provider = \(provider)
            """
        ) { row in
            let pause = ProviderPause(
                since: try row["since"], until: try row["until"], tries: try row["tries"],
                // The cause is unknown if this program's tables do not have it.
                cause: Refusal.Cause(rawValue: try row["cause"]) ?? .unknown,
                reason: try row["reason"])
            return (try row["tenant_id"], pause)
        }
        return Dictionary(pauses.map { ($0.tenantID, $0.pause) }) { first, _ in first }
    }

    /// Writes a pause; if two are written at once, the longer one stays.
    package func begin(_ pause: ProviderPause, tenantID: Int64, provider: String) throws {
        _ = try connection.execute(
            """
            INSERT INTO provider_pause AS p (tenant_id, provider, since, until, tries, cause, reason)
            VALUES (\(tenantID), \(provider), \(pause.since), \(pause.until), \(pause.tries),
                \(pause.cause), \(pause.reason))
            ON CONFLICT ON CONSTRAINT provider_pause_pk DO UPDATE
            SET since = least(p.since, excluded.since), until = excluded.until,
                tries = excluded.tries, cause = excluded.cause, reason = excluded.reason
            WHERE excluded.until >= p.until
            """)
    }

    /// Ends a pause: the provider accepts mail again.
    package func end(tenantID: Int64, provider: String) throws {
        _ = try connection.execute(
            "DELETE FROM provider_pause WHERE tenant_id = \(tenantID) AND provider = \(provider)")
    }

    /// The signature of the last unexplained refusal; nil where something has been accepted since.
    package func unexplained(provider: String) throws -> String? {
        try connection.first(
            """
            SELECT unexplained FROM provider_memory
            WHERE tenant_id = 0 AND provider = \(provider)
            """
        ) { try $0["unexplained"] }
    }

    /// Stores the signature of the last unexplained refusal; nil deletes it.
    package func remember(unexplained signature: String?, provider: String) throws {
        guard let signature else {
            _ = try connection.execute(
                "DELETE FROM provider_memory WHERE tenant_id = 0 AND provider = \(provider)")
            return
        }
        _ = try connection.execute(
            """
            INSERT INTO provider_memory (tenant_id, provider, unexplained, at)
            VALUES (0, \(provider), \(signature), now())
            ON CONFLICT ON CONSTRAINT provider_memory_pk DO UPDATE
            SET unexplained = excluded.unexplained, at = excluded.at
            """)
    }
}

/// Tells users, once, that their dispatches are waiting for the provider.
package struct DelayWarnings {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The `cause` of a to-do opened because of the provider, and its `closed_by` once that is over.
    package static let cause = "provider"

    /// Notifies each user with a dispatch that has been waiting since before an instant, and opens
    /// a to-do: only for the oldest, and not again while a dispatch they were notified about is
    /// waiting.
    /// - Returns: How many users were notified.
    package func warn(tenantID: Int64?, since: Date, now: Date) throws -> Int {
        let told = try connection.execute(
            """
            WITH late AS (
                SELECT d.tenant_id, d.dispatch_id, d.root_id, d.created_by, d.deferred_since,
                    d.warned_at IS NOT NULL AS is_warned,
                    bool_or(d.warned_at IS NOT NULL)
                        OVER (PARTITION BY d.tenant_id, d.created_by) AS is_told
                FROM dispatch_queue AS q
                JOIN dispatch AS d
                    ON d.tenant_id = q.tenant_id AND d.dispatch_id = q.dispatch_id
                WHERE d.purpose = 'invoice' AND d.deferred_since <= \(since)
                    AND (\(tenantID) IS NULL OR q.tenant_id = \(tenantID))
            ), first AS (
                SELECT DISTINCT ON (tenant_id, created_by) * FROM late
                WHERE NOT is_told
                ORDER BY tenant_id, created_by, deferred_since, dispatch_id
            ), marked AS (
                UPDATE dispatch AS d SET warned_at = \(now) FROM late AS l
                WHERE d.tenant_id = l.tenant_id AND d.dispatch_id = l.dispatch_id
                    AND NOT l.is_warned
            ), opened AS (
                INSERT INTO todo AS t
                    (tenant_id, root_id, dispatch_id, user_key, opened_at, cause)
                SELECT tenant_id, root_id, dispatch_id, created_by, \(now), \(Self.cause) FROM first
                ON CONFLICT ON CONSTRAINT todo_pk DO UPDATE
                SET dispatch_id = excluded.dispatch_id, opened_at = excluded.opened_at,
                    cause = excluded.cause, closed_at = NULL, closed_by = NULL
                WHERE t.closed_at IS NOT NULL
            )
            INSERT INTO notification (tenant_id, dispatch_id, kind, user_key, created_at)
            SELECT tenant_id, dispatch_id, 'delayed', created_by, \(now) FROM first
            ON CONFLICT ON CONSTRAINT notification_pk DO UPDATE
            SET created_at = excluded.created_at, read_at = NULL
            """)
        return told.affectedRows
    }

    /// Closes the to-dos of dispatches that no longer wait because they were sent or cancelled;
    /// failed ones keep theirs for the failure.
    package func close(tenantID: Int64?, now: Date) throws -> Int {
        try connection.execute(
            """
            UPDATE todo AS t SET closed_at = \(now), closed_by = \(Self.cause)
            FROM dispatch AS d
            WHERE t.closed_at IS NULL AND t.cause = \(Self.cause)
                AND (\(tenantID) IS NULL OR t.tenant_id = \(tenantID))
                AND d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
                AND d.deferred_since IS NULL AND d.state IN ('sent', 'cancelled')
            """
        ).affectedRows
    }
}
