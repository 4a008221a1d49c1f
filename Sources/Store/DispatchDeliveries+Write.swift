import Dispatching
package import FoundationEssentials
import Invoicing
import Postgres

extension DispatchDeliveries {
    /// Writes what became of locked dispatches; to be called in the transaction of the lock.
    package func write(_ changes: [Change], now: Date) throws {
        guard !changes.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE dispatch AS d
            SET state = c.state, delivery = c.delivery, message = c.message, reason = c.reason,
                accepted_attempt = CASE WHEN c.proved THEN d.attempt ELSE accepted_attempt END,
                accepted_count = d.accepted_count + CASE WHEN c.proved THEN 1 ELSE 0 END,
                sent_at = CASE WHEN c.proved THEN \(now) ELSE d.sent_at END,
                lease_epoch = d.lease_epoch + CASE WHEN c.proved THEN 1 ELSE 0 END,
                finalized_at = CASE WHEN c.final THEN coalesce(d.finalized_at, \(now)) END
            FROM unnest(
                \(changes.map(\.tenantID)), \(changes.map(\.dispatchID)),
                \(changes.map(\.verdict.state.rawValue)), \(changes.map(\.verdict.delivery.rawValue)),
                \(changes.map(\.verdict.message)), \(changes.map(\.verdict.reason)),
                \(changes.map(\.verdict.isProvedAccepted)), \(changes.map(\.verdict.isFinal)))
                AS c (tenant_id, dispatch_id, state, delivery, message, reason, proved, final)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            """)
        try settleQueue(changes)
        try settleOngoing(changes, now: now)
    }

    /// A retry stands in the queue; whatever has an outcome stands there no longer.
    private func settleQueue(_ changes: [Change]) throws {
        let waiting = changes.filter { $0.verdict.runAt != nil }
        if !waiting.isEmpty {
            _ = try connection.execute(
                """
                INSERT INTO dispatch_queue (tenant_id, dispatch_id, run_at)
                SELECT * FROM unnest(
                    \(waiting.map(\.tenantID)), \(waiting.map(\.dispatchID)),
                    \(waiting.map(\.verdict.runAt)))
                ON CONFLICT ON CONSTRAINT dispatch_queue_pk DO NOTHING
                """)
        }
        let settled = changes.filter { $0.verdict.state != .queued }
        guard !settled.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM dispatch_queue AS q
            USING unnest(\(settled.map(\.tenantID)), \(settled.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE q.tenant_id = c.tenant_id AND q.dispatch_id = c.dispatch_id
            """)
        let proved = changes.filter(\.verdict.isProvedAccepted)
        guard !proved.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM dispatch_lease AS l
            USING unnest(\(proved.map(\.tenantID)), \(proved.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE l.tenant_id = c.tenant_id AND l.dispatch_id = c.dispatch_id
            """)
    }

    /// Whatever is final gives back its right to be ongoing.
    private func settleOngoing(_ changes: [Change], now: Date) throws {
        let final = changes.filter(\.verdict.isFinal)
        guard !final.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM ongoing_dispatch AS o
            USING dispatch AS d, unnest(
                \(final.map(\.tenantID)), \(final.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND o.tenant_id = d.tenant_id AND o.invoice_id = d.invoice_id
                AND o.recipient_key = d.recipient_key AND o.dispatch_id = d.dispatch_id
            """)
    }
}
