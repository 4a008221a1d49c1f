package import Bounces
package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The tables notification and todo: what the creating user is told within the system.
///
/// Every statement reads the dispatches themselves and keeps existing rows, so repeating one has no
/// effect. Reports about faults (purpose other than invoice) notify nobody.
package struct Notifications {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The kind of a notification in the bell.
    package enum Kind: String, Codable, Sendable, CaseIterable, PostgresRawValue {
        /// It could not be sent.
        case failed
        /// The provider blocked it.
        case blocked
        /// A temporary failure, after the last retry.
        case softBounced = "soft_bounced"
        /// A permanent failure.
        case hardBounced = "hard_bounced"
        /// It was delivered.
        case delivered
        /// Whether it was sent is unknown.
        case inDoubt = "in_doubt"
        /// The faults that stopped it are resolved.
        case mended
        /// It has been waiting for the provider for a long time.
        case delayed
    }

    /// Adds notifications for dispatches in their current state.
    /// - Returns: How many are new.
    package func notify(
        _ dispatches: [DispatchKey], kind: Kind, now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            INSERT INTO notification (tenant_id, dispatch_id, kind, user_key, created_at)
            SELECT d.tenant_id, d.dispatch_id, \(kind), d.created_by, \(now)
            FROM \(dispatches.table("c"))
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            WHERE d.purpose = 'invoice'
            ON CONFLICT ON CONSTRAINT notification_pk DO NOTHING
            """
        ).affectedRows
    }

    /// Opens the to-do of each chain whose dispatch ended badly.
    ///
    /// One that a person dismissed stays closed, unless a newer dispatch of the chain failed.
    /// - Returns: How many were opened.
    package func openTodos(
        _ dispatches: [DispatchKey], now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            INSERT INTO todo AS t (tenant_id, root_id, dispatch_id, user_key, opened_at)
            SELECT DISTINCT ON (d.tenant_id, d.root_id)
                d.tenant_id, d.root_id, d.dispatch_id, d.created_by, \(now)
            FROM \(dispatches.table("c"))
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            WHERE d.purpose = 'invoice'
            ORDER BY d.tenant_id, d.root_id, d.created_at DESC, d.dispatch_id
            ON CONFLICT ON CONSTRAINT todo_pk DO UPDATE
            SET dispatch_id = excluded.dispatch_id, opened_at = excluded.opened_at,
                closed_at = NULL, closed_by = NULL, cause = NULL
            WHERE t.dispatch_id <> excluded.dispatch_id
                OR t.closed_by IN ('delivered', \(DelayWarnings.cause))
            """
        ).affectedRows
    }

    /// The `closed_by` of a to-do whose period was skipped, so that nobody has to deal with it any
    /// more.
    package static let passedOver = "passed_over"

    /// Closes the to-do of each chain with a dispatch that was delivered or no longer needs
    /// sending.
    package func closeTodos(
        _ dispatches: [DispatchKey], by closer: String, now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            UPDATE todo AS t SET closed_at = \(now), closed_by = \(closer)
            FROM \(dispatches.table("c"))
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            WHERE t.tenant_id = d.tenant_id AND t.root_id = d.root_id AND t.closed_at IS NULL
            """
        ).affectedRows
    }
}

/// A user's notifications and to-dos.
package struct Inbox {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// One line of either list.
    package struct Line: Sendable {
        package var tenantID: Int64
        /// The user who is notified.
        package var userKey: String
        /// When it was added.
        package var at: Date
        /// The dispatch's column Message.
        package var message: String
        /// The code of the reason; nil where there is none.
        package var reason: String?
        package var delivery: Delivery
        package var state: DispatchState
        /// Nil where there is no invoice.
        package var invoiceNumber: String?
        /// The agreement; nil for an invoice made elsewhere.
        package var recurringNumber: String?
        /// Nil where the buyer is not known.
        package var buyerName: String?
        /// The user's language.
        package var language: Language
    }

    /// Notifications, newest first; read ones only on request.
    package func notifications(
        tenantID: Int64?, userKey: String?, withRead: Bool, limit: Int
    ) throws -> [Line] {
        try connection.rows(
            """
            SELECT n.tenant_id, n.user_key, n.created_at AS at, \(columns)
            FROM notification AS n
            JOIN dispatch_list AS l
                ON l.tenant_id = n.tenant_id AND l.dispatch_id = n.dispatch_id
            JOIN app_user AS u ON u.tenant_id = n.tenant_id AND u.user_key = n.user_key
            WHERE (\(tenantID) IS NULL OR n.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR n.user_key = \(userKey))
                AND (\(withRead) OR n.read_at IS NULL)
            ORDER BY n.created_at DESC, n.tenant_id, l.invoice_number, n.dispatch_id, n.kind
            LIMIT \(limit)
            """, line)
    }

    /// How many notifications there are, without a limit.
    package func notificationCount(
        tenantID: Int64?, userKey: String?, withRead: Bool
    ) throws -> Int {
        try connection.total(
            """
            SELECT FROM notification AS n
            WHERE (\(tenantID) IS NULL OR n.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR n.user_key = \(userKey))
                AND (\(withRead) OR n.read_at IS NULL)
            """)
    }

    /// How many to-dos there are, without a limit.
    package func todoCount(tenantID: Int64?, userKey: String?, withClosed: Bool) throws -> Int {
        try connection.total(
            """
            SELECT FROM todo AS t
            WHERE (\(tenantID) IS NULL OR t.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR t.user_key = \(userKey))
                AND (\(withClosed) OR t.closed_at IS NULL)
            """)
    }

    /// To-dos, oldest first; closed ones only on request.
    package func todos(
        tenantID: Int64?, userKey: String?, withClosed: Bool, limit: Int
    ) throws -> [Line] {
        try connection.rows(
            """
            SELECT t.tenant_id, t.user_key, t.opened_at AS at, \(columns)
            FROM todo AS t
            JOIN dispatch_list AS l
                ON l.tenant_id = t.tenant_id AND l.dispatch_id = t.dispatch_id
            JOIN app_user AS u ON u.tenant_id = t.tenant_id AND u.user_key = t.user_key
            WHERE (\(tenantID) IS NULL OR t.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR t.user_key = \(userKey))
                AND (\(withClosed) OR t.closed_at IS NULL)
            ORDER BY t.opened_at, t.tenant_id, l.invoice_number, t.dispatch_id LIMIT \(limit)
            """, line)
    }

    /// The columns of the dispatch from `dispatch_list`, `l`, and of the user, `u`.
    private var columns: Query {
        """
        l.message, l.reason, l.delivery, l.state, l.invoice_number, l.recurring_invoice_number,
        l.buyer_name, u.language
        """
    }

    private func line(_ row: Row) throws -> Line {
        Line(
            tenantID: try row["tenant_id"], userKey: try row["user_key"], at: try row["at"],
            message: try row["message"], reason: try row["reason"],
            delivery: try row["delivery"], state: try row["state"],
            invoiceNumber: try row["invoice_number"],
            recurringNumber: try row["recurring_invoice_number"],
            buyerName: try row["buyer_name"], language: try row["language"])
    }

    /// Marks the notifications of a user, or of all users, as read.
    /// - Returns: How many were unread.
    package func markRead(tenantID: Int64?, userKey: String?, now: Date) throws -> Int {
        try connection.execute(
            """
            UPDATE notification SET read_at = \(now)
            WHERE read_at IS NULL AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR user_key = \(userKey))
            """
        ).affectedRows
    }
}
