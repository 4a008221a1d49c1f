package import FoundationEssentials
package import Postgres

/// Cancelling a dispatch: at once where it waits, or as a wish where it is on its way.
package struct DispatchCancellation {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package enum Answer: Hashable, Sendable {
        case cancelled
        /// It is being sent now: cancelled if the provider does not take it.
        case requested
        /// It had ended already; its state.
        case ended(state: String)
        case unknown
    }

    /// Cancels what has not ended.
    ///
    /// To be called inside a transaction.
    package func cancel(
        tenantID: Int64, dispatchID: UUID, by actor: String, now: Date
    ) throws -> Answer {
        guard
            let standing = try connection.first(
                """
                SELECT state, delivery, finalized_at IS NOT NULL AS has_ended FROM dispatch
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID) FOR UPDATE
                """,
                { row in
                    (
                        state: try row["state"] as String, delivery: try row["delivery"] as String,
                        hasEnded: try row["has_ended"] as Bool
                    )
                })
        else { return .unknown }
        if standing.hasEnded {
            return .ended(state: standing.state == "sent" ? standing.delivery : standing.state)
        }
        guard standing.state != "sending" else {
            _ = try connection.execute(
                """
                UPDATE dispatch SET cancel_requested_by = \(actor)
                WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
                """)
            return .requested
        }
        try end(tenantID: tenantID, dispatchID: dispatchID, by: actor, now: now)
        return .cancelled
    }

    /// Locks dispatches, and says which of them somebody wished cancelled.
    package func lockWished(
        _ dispatches: [(tenantID: Int64, dispatchID: UUID)]
    ) throws -> Set<UUID> {
        guard !dispatches.isEmpty else { return [] }
        let locked = try connection.rows(
            """
            SELECT d.dispatch_id, d.cancel_requested_by IS NOT NULL AS is_wished
            FROM dispatch AS d
            JOIN unnest(\(dispatches.map(\.tenantID)), \(dispatches.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
                ON c.tenant_id = d.tenant_id AND c.dispatch_id = d.dispatch_id
            ORDER BY d.tenant_id, d.dispatch_id
            FOR UPDATE OF d
            """
        ) { (id: try $0["dispatch_id"] as UUID, isWished: try $0["is_wished"] as Bool) }
        return Set(locked.filter(\.isWished).map(\.id))
    }

    private func end(tenantID: Int64, dispatchID: UUID, by actor: String, now: Date) throws {
        _ = try connection.execute(
            """
            UPDATE dispatch
            SET state = 'cancelled', message = 'Cancelled', reason = NULL,
                finalized_at = \(now), lease_epoch = lease_epoch + 1,
                cancel_requested_by = \(actor)
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """)
        _ = try connection.execute(
            """
            DELETE FROM dispatch_queue
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """)
        _ = try connection.execute(
            """
            DELETE FROM ehf_outbox
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """)
        _ = try connection.execute(
            """
            DELETE FROM dispatch_lease
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """)
        _ = try connection.execute(
            """
            DELETE FROM ongoing_dispatch
            WHERE tenant_id = \(tenantID) AND dispatch_id = \(dispatchID)
            """)
    }
}
