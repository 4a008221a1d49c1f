package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// Lets go of records of the installation itself: old runs and audits, what came back and belongs to
/// nothing, and blocks that were lifted.
package struct RecordPruning {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tables, in the order in which they are pruned.
    package static let tables = [
        "job_run", "audit", "suppression", "delivery_event", "unread_report",
    ]

    /// How many rows of a table may go; one that is none of `tables` has none.
    package func count(_ table: String, limits: RetentionPolicy.Limits) throws -> Int {
        guard let rows = rows(of: table, limits) else { return 0 }
        return try connection.total(rows)
    }

    /// Deletes at most so many rows of a table that may go, and returns how many it were.
    package func delete(
        _ table: String, limits: RetentionPolicy.Limits, limit: Int
    ) throws -> Int {
        guard let rows = rows(of: table, limits) else { return 0 }
        let target = Query(stringLiteral: table)
        return try connection.rows(
            """
            DELETE FROM \(target) AS x
            WHERE x.ctid = ANY (ARRAY(SELECT r.ctid FROM (\(rows)) AS r LIMIT \(limit)))
            RETURNING x.tenant_id
            """
        ) { try $0["tenant_id"] as Int64 }.count
    }

    /// The rows of a table that may go, with their place; a block stays while it blocks.
    private func rows(of table: String, _ limits: RetentionPolicy.Limits) -> Query? {
        switch table {
        case "job_run":
            """
            SELECT ctid FROM job_run
            WHERE tenant_id = 0 AND started_at < \(limits.runsBefore)
                AND (next_started_at IS NULL OR next_started_at < \(limits.runsBefore))
            """
        case "audit": "SELECT ctid FROM audit WHERE at < \(limits.auditsBefore)"
        case "suppression": "SELECT ctid FROM suppression WHERE lifted_at < \(limits.mailsBefore)"
        case "delivery_event":
            """
            SELECT ctid FROM delivery_event
            WHERE tenant_id = 0 AND occurred_at < \(limits.mailsBefore)
                AND stored_at < \(limits.mailsBefore)
            """
        case "unread_report":
            """
            SELECT ctid FROM unread_report
            WHERE tenant_id = 0 AND stored_at < \(limits.mailsBefore)
            """
        default: nil
        }
    }
}

/// What there is of what was let go, for those who ask about it.
package struct RetentionState {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The day that it is with the tenant where it is the earliest.
    package func today(now: Date) throws -> CivilDate {
        try connection.first(
            """
            SELECT coalesce(min((\(now) AT TIME ZONE time_zone)::date),
                (\(now) AT TIME ZONE 'Etc/GMT+12')::date) AS today
            FROM tenant
            """
        ) { try $0["today"] } ?? .earliest
    }

    /// Whether the role that is logged in may let anything go.
    package func mayPrune() throws -> Bool {
        try connection.first(
            "SELECT has_table_privilege('budstikke.dispatch_message', 'DELETE') AS may"
        ) { try $0["may"] } ?? false
    }

    /// When a dispatch was let go; nil where it is kept.
    package func prunedAt(tenantID: Int64, dispatchID: UUID) throws -> Date? {
        try connection.first(
            """
            SELECT pruned_at FROM dispatch
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """
        ) { try $0["pruned_at"] as Date? } ?? nil
    }

    /// When an invoice was let go; nil where it is kept.
    package func prunedAt(tenantID: Int64, invoiceID: UUID) throws -> Date? {
        try connection.first(
            """
            SELECT pruned_at FROM invoice
            WHERE tenant_id = \(tenantID) AND invoice_id = \(invoiceID)
            """
        ) { try $0["pruned_at"] as Date? } ?? nil
    }
}
