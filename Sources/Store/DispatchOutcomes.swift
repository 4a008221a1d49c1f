package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres

/// How claimed dispatches end: the one place where an outcome is written.
package struct DispatchOutcomes {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Writes what the claims became, each only where the epoch is still its own.
    ///
    /// To be called inside a transaction. Whoever lost a lease changes nothing but the history:
    /// what it saw stays as an attempt, and the dispatch is resolved by asking.
    /// - Returns: the dispatches that were changed.
    package func record(
        _ changes: [DispatchChange], provider: String, now: Date
    ) throws -> Set<UUID> {
        guard !changes.isEmpty else { return [] }
        let written = Set(try updateDispatches(changes, now: now))
        let fenced = changes.filter { written.contains($0.claim.dispatchID) }
        try recordAttempts(changes, provider: provider, now: now)
        try moveLeases(fenced)
        try enqueue(fenced)
        try endOngoing(fenced)
        return written
    }

    private func updateDispatches(_ changes: [DispatchChange], now: Date) throws -> [UUID] {
        try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = c.state, delivery = c.delivery, message = c.message, reason = c.reason,
                attempt = d.attempt - CASE WHEN c.counts THEN 0 ELSE 1 END,
                accepted_attempt =
                    CASE WHEN c.state = 'sent' THEN d.attempt ELSE d.accepted_attempt END,
                accepted_count = d.accepted_count + CASE WHEN c.state = 'sent' THEN 1 ELSE 0 END,
                sent_at = CASE WHEN c.state = 'sent' THEN \(now) ELSE d.sent_at END,
                finalized_at = CASE WHEN c.state IN ('failed', 'cancelled') THEN \(now) END
            FROM unnest(
                \(changes.map(\.claim.tenantID)), \(changes.map(\.claim.dispatchID)),
                \(changes.map(\.claim.leaseEpoch)), \(changes.map(\.state.rawValue)),
                \(changes.map(\.delivery.rawValue)), \(changes.map(\.message)),
                \(changes.map(\.reason)), \(changes.map { $0.attempt != nil }))
                AS c (tenant_id, dispatch_id, lease_epoch, state, delivery, message, reason,
                    counts)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.lease_epoch = c.lease_epoch AND d.state IN ('sending', 'in_doubt')
            RETURNING d.dispatch_id
            """
        ) { try $0["dispatch_id"] }
    }

    /// The history: one line an attempt; what was in doubt may later be known better.
    private func recordAttempts(
        _ changes: [DispatchChange], provider: String, now: Date
    ) throws {
        let attempts = changes.filter { $0.attempt != nil }
        guard !attempts.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO attempt
                (tenant_id, dispatch_id, attempt_number, recipient_key, started_at, ended_at,
                 outcome, detail, provider, provider_message_id)
            SELECT d.tenant_id, d.dispatch_id, c.attempt_number, d.recipient_key, c.started_at,
                \(now), c.outcome, c.detail, \(provider), c.provider_message_id
            FROM unnest(
                \(attempts.map(\.claim.tenantID)), \(attempts.map(\.claim.dispatchID)),
                \(attempts.map(\.claim.attempt)), \(attempts.map(\.claim.claimedAt)),
                \(attempts.map { $0.attempt?.rawValue }), \(attempts.map(\.detail)),
                \(attempts.map(\.providerMessageID)))
                AS c (tenant_id, dispatch_id, attempt_number, started_at, outcome, detail,
                    provider_message_id)
            JOIN dispatch AS d
                ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            ON CONFLICT ON CONSTRAINT attempt_pk DO UPDATE
            SET ended_at = excluded.ended_at, outcome = excluded.outcome,
                detail = excluded.detail,
                provider_message_id =
                    coalesce(excluded.provider_message_id, attempt.provider_message_id)
            WHERE attempt.outcome IN ('in_doubt', 'parked')
            """)
    }

    private func moveLeases(_ changes: [DispatchChange]) throws {
        let ended = changes.filter { $0.state != .inDoubt }
        let doubtful = changes.filter { $0.state == .inDoubt }
        if !ended.isEmpty {
            _ = try connection.execute(
                """
                DELETE FROM dispatch_lease AS l
                USING unnest(\(ended.map(\.claim.tenantID)), \(ended.map(\.claim.dispatchID)))
                    AS c (tenant_id, dispatch_id)
                WHERE l.tenant_id = c.tenant_id AND l.dispatch_id = c.dispatch_id
                """)
        }
        if !doubtful.isEmpty {
            _ = try connection.execute(
                """
                UPDATE dispatch_lease AS l
                SET resolve_at = c.resolve_at, parked = c.parked
                FROM unnest(
                    \(doubtful.map(\.claim.tenantID)), \(doubtful.map(\.claim.dispatchID)),
                    \(doubtful.map(\.resolveAt)), \(doubtful.map(\.isParked)))
                    AS c (tenant_id, dispatch_id, resolve_at, parked)
                WHERE l.tenant_id = c.tenant_id AND l.dispatch_id = c.dispatch_id
                """)
        }
    }

    private func enqueue(_ changes: [DispatchChange]) throws {
        let queued = changes.filter { $0.state == .queued }
        guard !queued.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dispatch_queue (tenant_id, dispatch_id, run_at)
            SELECT * FROM unnest(
                \(queued.map(\.claim.tenantID)), \(queued.map(\.claim.dispatchID)),
                \(queued.map(\.runAt)))
            """)
    }

    private func endOngoing(_ changes: [DispatchChange]) throws {
        let ended = changes.filter { $0.state == .failed || $0.state == .cancelled }
        guard !ended.isEmpty else { return }
        _ = try connection.execute(
            """
            DELETE FROM ongoing_dispatch AS o
            USING dispatch AS d, unnest(
                \(ended.map(\.claim.tenantID)), \(ended.map(\.claim.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND o.tenant_id = d.tenant_id AND o.invoice_id = d.invoice_id
                AND o.recipient_key = d.recipient_key AND o.dispatch_id = d.dispatch_id
            """)
    }
}
