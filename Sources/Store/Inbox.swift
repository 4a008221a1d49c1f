package import FoundationEssentials
package import Postgres

/// The bell and the to-do list as a user reads them.
package struct Inbox {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// One line of either.
    package struct Line: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        package var userKey: String
        package var kind: String
        package var at: Date
        package var isOpen: Bool
        package var message: String
        package var reason: String?
        package var delivery: String
        package var state: String
        package var invoiceNumber: String?
        package var recurringNumber: String?
        package var buyerName: String?
        package var language: String
    }

    /// Notifications, newest first; those that are read already only if asked for.
    package func notifications(
        tenantID: Int64?, userKey: String?, withRead: Bool, limit: Int
    ) throws -> [Line] {
        try connection.rows(
            """
            SELECT n.tenant_id, n.dispatch_id, n.user_key, n.kind, n.created_at AS at,
                n.read_at IS NULL AS is_open, l.message, l.reason, l.delivery, l.state,
                l.invoice_number, l.recurring_invoice_number, l.buyer_name, u.language
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

    /// To-dos, oldest first; those that are closed only if asked for.
    package func todos(
        tenantID: Int64?, userKey: String?, withClosed: Bool, limit: Int
    ) throws -> [Line] {
        try connection.rows(
            """
            SELECT t.tenant_id, t.dispatch_id, t.user_key, l.status AS kind, t.opened_at AS at,
                t.closed_at IS NULL AS is_open, l.message, l.reason, l.delivery, l.state,
                l.invoice_number, l.recurring_invoice_number, l.buyer_name, u.language
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

    private func line(_ row: Row) throws -> Line {
        Line(
            tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
            userKey: try row["user_key"], kind: try row["kind"], at: try row["at"],
            isOpen: try row["is_open"], message: try row["message"], reason: try row["reason"],
            delivery: try row["delivery"], state: try row["state"],
            invoiceNumber: try row["invoice_number"],
            recurringNumber: try row["recurring_invoice_number"],
            buyerName: try row["buyer_name"], language: try row["language"])
    }

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
