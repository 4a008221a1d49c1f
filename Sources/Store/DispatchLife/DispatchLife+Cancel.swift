import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// What came of the wish to cancel.
    package enum Cancellation: Hashable, Sendable {
        case cancelled
        /// It is being sent now: cancelled if the provider does not take it.
        case requested
        /// It had ended already; its state.
        case ended(state: String)
        case unknown
    }

    /// The arrow `cancel` for what has not ended: at once where it waits, as a wish where it is on
    /// its way.
    ///
    /// To be called inside a transaction.
    package func cancel(_ key: Key, by actor: String, now: Date) throws -> Cancellation {
        guard
            let current = try connection.first(
                """
                SELECT state, delivery, finalized_at IS NOT NULL AS has_ended FROM dispatch
                WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID) FOR UPDATE
                """,
                { row in
                    (
                        state: try row["state"] as String, delivery: try row["delivery"] as String,
                        hasEnded: try row["has_ended"] as Bool
                    )
                })
        else { return .unknown }
        if current.hasEnded {
            return .ended(state: current.state == "sent" ? current.delivery : current.state)
        }
        guard current.state != DispatchState.sending.rawValue else {
            _ = try connection.execute(
                """
                UPDATE dispatch SET cancel_requested_by = \(actor)
                WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
                """)
            return .requested
        }
        try end(key, by: actor, now: now)
        return .cancelled
    }

    private func end(_ key: Key, by actor: String, now: Date) throws {
        _ = try connection.execute(
            """
            UPDATE dispatch
            SET state = 'cancelled', message = 'Cancelled', reason = NULL,
                finalized_at = \(now), lease_epoch = lease_epoch + 1,
                deferred_since = NULL, warned_at = NULL,
                cancel_requested_by = \(actor)
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
                AND state = ANY (\(DispatchArrow.cancel.sourceNames))
            """)
        try leaveQueue([key])
        try leaveOutbox([key])
        try leaveLease([key])
        try leaveOngoing([key])
    }

    /// Locks dispatches, and says which of them somebody wished cancelled.
    package func lockCancelRequested(_ keys: [Key]) throws -> Set<UUID> {
        guard !keys.isEmpty else { return [] }
        let locked = try connection.rows(
            """
            SELECT d.dispatch_id, d.cancel_requested_by IS NOT NULL AS is_wished
            FROM dispatch AS d
            JOIN unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
                ON c.tenant_id = d.tenant_id AND c.dispatch_id = d.dispatch_id
            ORDER BY d.tenant_id, d.dispatch_id
            FOR UPDATE OF d
            """
        ) { (id: try $0["dispatch_id"] as UUID, isCancelRequested: try $0["is_wished"] as Bool) }
        return Set(locked.filter(\.isCancelRequested).map(\.id))
    }
}
