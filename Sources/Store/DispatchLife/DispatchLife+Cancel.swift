package import Bounces
package import Dispatching
import Postgres
package import FoundationEssentials

extension DispatchLife {
    /// The result of a request to cancel.
    package enum Cancellation: Hashable, Sendable {
        /// It was waiting, and is now cancelled.
        case cancelled
        /// It is being sent: cancelled unless the provider accepts it.
        case requested
        /// It had already ended, with this state and delivery.
        case ended(DispatchState, Delivery)
        /// There is no such dispatch.
        case unknown
    }

    /// The arrow `cancel` for a dispatch that has not ended: at once if it is waiting, else
    /// recorded as a request.
    ///
    /// To be called inside a transaction.
    package func cancel(_ key: DispatchKey, by actor: String, now: Date) throws -> Cancellation {
        guard
            let current = try connection.first(
                """
                SELECT state, delivery, finalized_at IS NOT NULL AS has_ended FROM dispatch
                WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID) FOR UPDATE
                """,
                { row in
                    (
                        state: try row["state"] as DispatchState,
                        delivery: try row["delivery"] as Delivery,
                        hasEnded: try row["has_ended"] as Bool
                    )
                })
        else { return .unknown }
        if current.hasEnded { return .ended(current.state, current.delivery) }
        guard current.state != .sending else {
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

    private func end(_ key: DispatchKey, by actor: String, now: Date) throws {
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

    /// Locks dispatches, and returns those whose cancellation was requested.
    package func lockCancelRequested(_ keys: [DispatchKey]) throws -> Set<UUID> {
        guard !keys.isEmpty else { return [] }
        let locked = try connection.rows(
            """
            SELECT d.dispatch_id, d.cancel_requested_by IS NOT NULL AS is_wished
            FROM dispatch AS d
            JOIN \(keys.table("c"))
                ON c.tenant_id = d.tenant_id AND c.dispatch_id = d.dispatch_id
            ORDER BY d.tenant_id, d.dispatch_id
            FOR UPDATE OF d
            """
        ) { (id: try $0["dispatch_id"] as UUID, isCancelRequested: try $0["is_wished"] as Bool) }
        return Set(locked.filter(\.isCancelRequested).map(\.id))
    }
}

extension DispatchLife {
    /// The arrow `handOver`: documents were fetched, and count as sent.
    ///
    /// For an EHF the access point reports the outcome. For a letter nobody does unless it is
    /// returned, so it counts as delivered when handed over. `parcel` is the parcel of the letters,
    /// nil for EHF.
    package func handOver(_ keys: [DispatchKey], parcel: String? = nil, now: Date) throws {
        guard !keys.isEmpty else { return }
        let taken: [(key: DispatchKey, isLetter: Bool)] = try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = 'sent', sent_at = \(now), attempt = 1, accepted_attempt = 1,
                accepted_count = 1,
                delivery = CASE d.channel WHEN 'print' THEN 'delivered' ELSE d.delivery END,
                message = CASE d.channel
                    WHEN 'print' THEN 'Handed over to be printed and posted' ELSE d.message END,
                finalized_at = CASE d.channel WHEN 'print' THEN \(now) END
            FROM \(keys.table("c"))
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.channel <> 'email'
                AND d.state = ANY (\(DispatchArrow.handOver.sourceNames))
            RETURNING d.tenant_id, d.dispatch_id, d.channel = 'print' AS is_letter
            """
        ) { (DispatchKey(try $0["tenant_id"], try $0["dispatch_id"]), try $0["is_letter"]) }
        try leaveOutbox(taken.map(\.key))
        try leaveOngoing(taken.filter(\.isLetter).map(\.key))
        let words = parcel.map { "handed over in \($0)" } ?? "fetched by the access point"
        try write(taken.map { ($0.key, .handOver, words) }, now: now)
    }

    /// The arrows `settle` and `reject` for documents that were, or may have been, handed over: the
    /// outcome reported by whoever took them.
    ///
    /// A letter may be returned after it counted as delivered. `refusal` is the reason; nil reports
    /// delivery.
    /// - Returns: Whether there was such a document without a reported outcome.
    package func answer(_ key: DispatchKey, refusal: String?, now: Date) throws -> Bool {
        let arrow = refusal == nil ? DispatchArrow.settle : .reject
        let changed = try connection.execute(
            """
            UPDATE dispatch
            SET state = \(arrow.target),
                delivery = CASE WHEN \(refusal) IS NULL THEN 'delivered' ELSE 'unknown' END,
                message = coalesce(
                    CASE channel WHEN 'print' THEN 'The letter came back: '
                        ELSE 'EHF was refused: ' END || \(refusal), 'Delivered'),
                reason = CASE WHEN \(refusal) IS NULL THEN NULL
                    WHEN channel = 'print' THEN \(DispatchReason.letterReturned)
                    ELSE \(DispatchReason.ehfRefused) END,
                sent_at = coalesce(sent_at, \(now)), accepted_attempt = attempt,
                accepted_count = greatest(accepted_count, 1),
                finalized_at = \(now)
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
                AND channel <> 'email' AND state <> 'queued'
                AND (finalized_at IS NULL OR (
                    channel = 'print' AND state = 'sent' AND \(refusal) IS NOT NULL))
                AND state = ANY (\(arrow.sourceNames))
            """
        ).affectedRows
        guard changed == 1 else { return false }
        try leaveLease([key])
        try leaveOngoing([key])
        if let refusal { try write([(key, .reject, refusal)], now: now) }
        return true
    }
}
