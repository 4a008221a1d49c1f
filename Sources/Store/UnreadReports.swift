import Bounces
import Invoicing
package import Dispatching
package import FoundationEssentials
package import Postgres

/// The table unread_report: incoming reports that could not be parsed.
package struct UnreadReports {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Stores new reports, each with the dispatch that it mentions, if there is one.
    /// - Returns: How many are new.
    package func store(_ reports: [UnreadReport], provider: String, now: Date) throws -> Int {
        guard !reports.isEmpty else { return 0 }
        let rows: RowSet = """
            report_key \(reports.map(\.key)), source \(reports.map(\.source)),
            place \(reports.map(\.place)), came_at \(reports.map(\.cameAt)),
            origin \(reports.map(\.origin)), reason \(reports.map(\.reason)),
            beginning \(reports.map(\.beginning)), raw \(reports.map(\.bytes)),
            is_cut \(reports.map(\.isCut))
            """
        let named: RowSet = """
            \(rows), tenant_id \(reports.map(\.tenantID)), dispatch_id \(reports.map(\.dispatchID))
            """
        return try connection.execute(
            """
            INSERT INTO unread_report
                (\(rows.columnNames), tenant_id, dispatch_id, provider, stored_at)
            SELECT \(rows.columns(of: "u")), coalesce(d.tenant_id, 0), d.dispatch_id, \(provider),
                \(now)
            FROM \(named.table("u"))
            LEFT JOIN dispatch AS d
                ON d.tenant_id = u.tenant_id AND d.dispatch_id = u.dispatch_id
                AND (u.origin <> 'unsigned_mail' OR unsigned_mark_holds(
                    d.tenant_id, d.dispatch_id, coalesce(u.came_at, \(now))))
            -- Whatever it was taken to be about when it was seen first.
            WHERE NOT EXISTS (
                SELECT FROM unread_report AS r
                WHERE r.report_key = u.report_key AND r.provider = \(provider))
            ON CONFLICT ON CONSTRAINT unread_report_pk DO NOTHING
            """
        ).affectedRows
    }

    /// A report as shown to people.
    package struct Line: Sendable {
        package var tenantID: Int64
        /// The dispatch that it mentions; nil for none.
        package var dispatchID: UUID?
        /// When it arrived or, if that is unknown, when it was stored.
        package var cameAt: Date
        /// The provider's source that it came from.
        package var source: String
        /// Where in the source it was found, possibly empty.
        package var place: String
        /// Why it could not be parsed.
        package var reason: String
        /// The beginning of its content.
        package var beginning: String
    }

    /// Reports that have not been parsed yet, newest first.
    package func lines(tenantID: Int64?, limit: Int) throws -> [Line] {
        try connection.rows(
            """
            SELECT tenant_id, dispatch_id, coalesce(came_at, stored_at) AS came_at, source, place,
                reason, beginning
            FROM unread_report
            WHERE read_at IS NULL AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            ORDER BY coalesce(came_at, stored_at) DESC, report_key LIMIT \(limit)
            """
        ) { row in
            Line(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                cameAt: try row["came_at"], source: try row["source"], place: try row["place"],
                reason: try row["reason"], beginning: try row["beginning"])
        }
    }

    /// How many lines there are, without a limit.
    package func lineCount(tenantID: Int64?) throws -> Int {
        try connection.total(
            """
            SELECT FROM unread_report
            WHERE read_at IS NULL AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            """)
    }

    /// How many have not been parsed, and how many of them mention a dispatch.
    package func count() throws -> (unread: Int, ofDispatches: Int) {
        try connection.first(
            """
            SELECT count(*) AS unread, count(dispatch_id) AS of_dispatches
            FROM unread_report WHERE read_at IS NULL
            """
        ) { (unread: try $0["unread"], ofDispatches: try $0["of_dispatches"]) } ?? (0, 0)
    }

    /// Reports that have not been parsed yet, by key, after the last one of the previous page.
    package func page(
        tenantID: Int64?, provider: String, after key: String, limit: Int
    ) throws -> [UnreadReport] {
        try connection.rows(
            """
            SELECT report_key, source, came_at, coalesce(came_at, stored_at) AS seen_at, origin,
                reason, raw, tenant_id, dispatch_id, place
            FROM unread_report
            WHERE read_at IS NULL AND provider = \(provider) AND report_key > \(key)
                AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            ORDER BY report_key LIMIT \(limit)
            """
        ) { row in
            var report = UnreadReport(
                key: try row["report_key"], source: try row["source"], cameAt: try row["seen_at"],
                reason: try row["reason"],
                origin: try row["origin"], bytes: try row["raw"])
            report.place = try row["place"]
            report.dispatchID = try row["dispatch_id"]
            report.tenantID = report.dispatchID == nil ? nil : try row["tenant_id"]
            return report
        }
    }

    /// Marks reports that could be parsed after all.
    package func markRead(_ keys: [String], provider: String, now: Date) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE unread_report AS r SET read_at = \(now)
            FROM unnest(\(keys)) AS k (report_key)
            WHERE r.report_key = k.report_key AND r.provider = \(provider)
                AND r.read_at IS NULL
            """)
    }
}

/// The table poll_cursor: how far each source of a provider has been read.
package struct PollCursors {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How far a source has been read; nil where it never was.
    package func position(provider: String, source: String) throws -> Date? {
        try connection.first(
            """
            SELECT complete_until FROM poll_cursor
            WHERE tenant_id = 0 AND provider = \(provider) AND source = \(source)
            """
        ) { try $0["complete_until"] }
    }

    /// A position within a source.
    package struct Position: Hashable, Sendable {
        package var provider: String
        package var source: String
        /// All events before this instant have been read.
        package var completeUntil: Date

        package init(provider: String, source: String, completeUntil: Date) {
            self.provider = provider
            self.source = source
            self.completeUntil = completeUntil
        }
    }

    /// Moves a cursor forward, never back, in the transaction that stored the page.
    package func advance(to position: Position) throws {
        _ = try connection.execute(
            """
            INSERT INTO poll_cursor AS c (tenant_id, provider, source, complete_until)
            VALUES (0, \(position.provider), \(position.source), \(position.completeUntil))
            ON CONFLICT ON CONSTRAINT poll_cursor_pk DO UPDATE
            SET complete_until = excluded.complete_until
            WHERE c.complete_until < excluded.complete_until
            """)
    }
}
