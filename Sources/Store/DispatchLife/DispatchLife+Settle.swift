import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Postgres

extension DispatchLife {
    /// What events say became of a dispatch.
    package typealias Settlement = (key: Key, transition: DeliveryTransition)

    /// The arrows `settle`, `retry` and `learn`: writes what became of dispatches that
    /// `DispatchDeliveries` locked, in the transaction of the lock.
    package func settle(_ settlements: [Settlement], now: Date) throws {
        guard !settlements.isEmpty else { return }
        let written = Set(try update(settlements, now: now))
        let moved = settlements.filter { written.contains($0.key.dispatchID) }
        // A retry stands in the queue; whatever has an outcome stands there no longer.
        try leaveQueue(moved.filter { $0.transition.state != .queued }.map(\.key))
        try leaveLease(moved.map(\.key))
        try enterQueue(
            moved.filter { $0.transition.arrow == .retry }.map { ($0.key, $0.transition.runAt) })
        try leaveOngoing(moved.filter(\.transition.isFinal).map(\.key))
    }

    private func update(_ settlements: [Settlement], now: Date) throws -> [UUID] {
        let transitions = settlements.map(\.transition)
        return try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = c.state, delivery = c.delivery, message = c.message, reason = c.reason,
                accepted_attempt = CASE WHEN c.proved THEN d.attempt ELSE accepted_attempt END,
                accepted_count = d.accepted_count + CASE WHEN c.proved THEN 1 ELSE 0 END,
                sent_at = CASE WHEN c.proved THEN \(now) ELSE d.sent_at END,
                lease_epoch = d.lease_epoch + CASE WHEN c.proved THEN 1 ELSE 0 END,
                deferred_since = NULL, warned_at = NULL,
                finalized_at = CASE WHEN c.final THEN coalesce(d.finalized_at, \(now)) END
            FROM unnest(
                \(settlements.map(\.key.tenantID)), \(settlements.map(\.key.dispatchID)),
                \(transitions.map { $0.arrow.sourceNames.joined(separator: " ") }),
                \(transitions.map(\.state.rawValue)), \(transitions.map(\.delivery.rawValue)),
                \(transitions.map(\.message)), \(transitions.map(\.reason)),
                \(transitions.map(\.isProvedAccepted)), \(transitions.map(\.isFinal)))
                AS c (tenant_id, dispatch_id, sources, state, delivery, message, reason, proved,
                    final)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.state = ANY (string_to_array(c.sources, ' '))
                -- What is on its way is not decided by events, and only an e-mail that has not
                -- ended is sent again.
                AND d.state <> 'sending'
                AND (c.state <> 'queued' OR (d.finalized_at IS NULL AND d.channel = 'email'))
            RETURNING d.dispatch_id
            """
        ) { try $0["dispatch_id"] }
    }
}
