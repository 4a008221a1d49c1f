package import FoundationEssentials
package import Postgres

/// The tables notification and todo: what the creating user is told inside the system.
///
/// Every statement reads the dispatches themselves and keeps what is there: telling twice is
/// telling once. Reports about faults (purpose other than invoice) tell nobody.
package struct Notifications {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the bell says of a dispatch.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case failed
        case blocked
        case softBounced = "soft_bounced"
        case hardBounced = "hard_bounced"
        case delivered
        case inDoubt = "in_doubt"
        case mended
        /// It has waited for the provider for long.
        case delayed
    }

    /// Rings the bell for dispatches as they now stand.
    /// - Returns: how many notifications are new.
    package func ring(
        _ dispatches: [(tenantID: Int64, dispatchID: UUID)], kind: Kind, now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            INSERT INTO notification (tenant_id, dispatch_id, kind, user_key, created_at)
            SELECT d.tenant_id, d.dispatch_id, \(kind.rawValue), d.created_by, \(now)
            FROM unnest(\(dispatches.map(\.tenantID)), \(dispatches.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            WHERE d.purpose = 'invoice'
            ON CONFLICT ON CONSTRAINT notification_pk DO NOTHING
            """
        ).affectedRows
    }

    /// Opens the to-do of each chain whose dispatch ended badly.
    ///
    /// One that a person dismissed stays closed, unless a newer dispatch of the chain failed.
    /// - Returns: how many were opened.
    package func openTodos(
        _ dispatches: [(tenantID: Int64, dispatchID: UUID)], now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            INSERT INTO todo AS t (tenant_id, root_id, dispatch_id, user_key, opened_at)
            SELECT DISTINCT ON (d.tenant_id, d.root_id)
                d.tenant_id, d.root_id, d.dispatch_id, d.created_by, \(now)
            FROM unnest(\(dispatches.map(\.tenantID)), \(dispatches.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
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

    /// Who closes the to-do of a period that is passed over: nobody has to deal with it any more.
    package static let passedOver = "passed_over"

    /// Closes the to-do of each chain of which a dispatch was delivered, or needs no sending.
    package func closeTodos(
        _ dispatches: [(tenantID: Int64, dispatchID: UUID)], by closer: String, now: Date
    ) throws -> Int {
        guard !dispatches.isEmpty else { return 0 }
        return try connection.execute(
            """
            UPDATE todo AS t SET closed_at = \(now), closed_by = \(closer)
            FROM unnest(\(dispatches.map(\.tenantID)), \(dispatches.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            WHERE t.tenant_id = d.tenant_id AND t.root_id = d.root_id AND t.closed_at IS NULL
            """
        ).affectedRows
    }
}
