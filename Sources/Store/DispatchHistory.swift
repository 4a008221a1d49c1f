package import FoundationEssentials
package import Postgres

/// The history of one dispatch: its attempts, events, and faults.
package struct DispatchHistory {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// One entry of the history.
    package struct Step: Sendable {
        package var at: Date
        /// `created`, `attempt 1`, `event bounced`, `unread report`, `fault`, `mended`, or the name
        /// of a step or of what a person did.
        package var what: String
        /// A line of text, possibly empty.
        package var detail: String
        /// The event or report as it arrived; nil for other entries.
        package var raw: String?
    }

    /// The whole history, oldest first.
    package func steps(tenantID: Int64, dispatchID: UUID) throws -> [Step] {
        try connection.rows(
            """
            SELECT at, what, detail, raw FROM (
                SELECT created_at AS at, 'created' AS what,
                    concat_ws(' ', 'by', created_by,
                        CASE WHEN resend_of IS NOT NULL
                            THEN 'again, after ' || resend_of::text END) AS detail,
                    NULL AS raw
                FROM dispatch WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT ended_at, 'attempt ' || attempt_number,
                    concat_ws(' ', outcome, nullif(detail, ''), provider, provider_message_id),
                    NULL
                FROM attempt WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT at, replace(step, '_', ' '), detail, NULL
                FROM dispatch_step
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT occurred_at, 'event ' || kind,
                    concat_ws(' ', source, class, reason, nullif(text, ''),
                        '(by ' || attribution || ', about ' || replace(CASE subject
                            WHEN 'attempt' THEN 'attempt ' || attempt_number
                            ELSE subject END, '_', ' ') || ')', evidence),
                    raw
                FROM delivery_event
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT coalesce(came_at, stored_at), 'unread report',
                    concat_ws(' ', source, nullif(place, ''), reason || ':', beginning,
                        CASE WHEN read_at IS NOT NULL THEN '(read since)' END),
                    encode(raw, 'escape')
                FROM unread_report
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT found_at, 'fault', concat_ws(' ', code, detail), NULL
                FROM dispatch_fault
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                UNION ALL
                SELECT mended_at, 'mended', code, NULL
                FROM dispatch_fault
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                    AND mended_at IS NOT NULL
                UNION ALL
                SELECT pruned_at, 'pruned', 'its address, its words and its history were let go',
                    NULL
                FROM dispatch
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                    AND pruned_at IS NOT NULL
                UNION ALL
                SELECT at, action, concat_ws(' ', 'by', actor, nullif(reason, '')), NULL
                FROM audit
                WHERE tenant_id = \(tenantID) AND subject = \(dispatchID)::text
            ) AS step ORDER BY at, what
            """
        ) { row in
            Step(
                at: try row["at"], what: try row["what"], detail: try row["detail"],
                raw: try row["raw"])
        }
    }
}

/// Dispatches waiting to be sent, by tenant; read without locks.
package struct DispatchBacklog {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Tenants with dispatches that are due, after a given one in order of id.
    ///
    /// Read without locks, by skipping from tenant to tenant in the index (tenant_id, run_at): the
    /// cost is one step per tenant, however long a tenant's queue is.
    package func dueTenants(
        after tenantID: Int64, except held: Set<Int64> = [], now: Date, limit: Int
    ) throws -> [Int64] {
        try connection.rows(
            """
            WITH RECURSIVE due AS (
                (SELECT tenant_id FROM dispatch_queue
                 WHERE tenant_id > \(tenantID) AND run_at <= \(now)
                 ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT q.tenant_id FROM dispatch_queue AS q
                    WHERE q.tenant_id > due.tenant_id AND q.run_at <= \(now)
                    ORDER BY q.tenant_id LIMIT 1)
                FROM due WHERE due.tenant_id IS NOT NULL
            )
            SELECT tenant_id FROM due
            WHERE tenant_id IS NOT NULL AND tenant_id <> ALL (\(held.sorted())) LIMIT \(limit)
            """
        ) { try $0["tenant_id"] }
    }

    /// Those of the tenants that have dispatches that are due, in the order given.
    package func dueTenants(among tenants: [Int64], now: Date) throws -> [Int64] {
        guard !tenants.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT t.tenant_id FROM unnest(\(tenants)) WITH ORDINALITY AS t (tenant_id, place)
            WHERE EXISTS (
                SELECT FROM dispatch_queue AS q
                WHERE q.tenant_id = t.tenant_id AND q.run_at <= \(now))
            ORDER BY t.place
            """
        ) { try $0["tenant_id"] }
    }

    /// How many dispatches of the tenants are due.
    package func dueCount(of tenants: [Int64], now: Date) throws -> Int {
        guard !tenants.isEmpty else { return 0 }
        return try connection.total(
            "SELECT FROM dispatch_queue WHERE run_at <= \(now) AND tenant_id = ANY (\(tenants))")
    }

    /// How many dispatches are due, with a tenant or with all.
    package func dueCount(tenantID: Int64?, now: Date) throws -> Int {
        try connection.total(
            """
            SELECT FROM dispatch_queue
            WHERE run_at <= \(now) AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            """)
    }

    /// How many dispatches are waiting, and when the oldest that is due became so; nil for none.
    package func backlog(now: Date) throws -> (count: Int, oldest: Date?) {
        try connection.first(
            """
            SELECT count(*) AS count, min(run_at) FILTER (WHERE run_at <= \(now)) AS oldest
            FROM dispatch_queue
            """
        ) { (count: try $0["count"], oldest: try $0["oldest"]) } ?? (0, nil)
    }
}
