import Bounces
import Invoicing
import Postgres
package import Dispatching
package import FoundationEssentials

extension DispatchLife {
    /// The arrows `accept`, `refuse`, `doubt`, `ask`, `postpone`, `retry`, `release`, `giveUp` and
    /// `cancel` of what was claimed: each written only where the epoch is still the writer's own.
    ///
    /// To be called inside a transaction. Whoever lost a lease changes nothing but the history:
    /// what it saw stays as an attempt, unless more is known by now, and the dispatch is resolved
    /// by asking.
    /// - Returns: the dispatches that were changed.
    package func record(
        _ changes: [DispatchChange], provider: String, now: Date
    ) throws -> Set<UUID> {
        guard !changes.isEmpty else { return [] }
        let written = Set(try update(changes, now: now))
        let fenced = changes.filter { written.contains($0.claim.dispatchID) }
        try recordAttempts(changes, provider: provider, now: now)
        try recordSteps(fenced, now: now)
        try leaveLease(fenced.filter { $0.state != .inDoubt }.map(\.key))
        try keepDoubts(fenced.filter { $0.state == .inDoubt })
        try enterQueue(fenced.filter { $0.state == .queued }.map { ($0.key, $0.runAt) })
        try leaveOngoing(fenced.filter { $0.state == .failed || $0.state == .cancelled }.map(\.key))
        return written
    }

    private func update(_ changes: [DispatchChange], now: Date) throws -> [UUID] {
        try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = c.state,
                -- What was not judged is as it was before: it may have bounced softly.
                delivery = CASE WHEN c.arrow IN ('release', 'postpone', 'give_up', 'cancel')
                    THEN d.delivery ELSE c.delivery END,
                reason = CASE WHEN c.arrow = 'release' THEN d.reason ELSE c.reason END,
                message = CASE c.arrow
                    WHEN 'release' THEN d.message
                    WHEN 'postpone' THEN \(waiting(now)) || c.detail
                    WHEN 'give_up' THEN 'Given up. ' || \(waiting(now)) || c.detail
                    ELSE c.message END,
                attempt = d.attempt - CASE WHEN c.spent THEN 0 ELSE 1 END,
                accepted_attempt =
                    CASE WHEN c.arrow = 'accept' THEN d.attempt ELSE d.accepted_attempt END,
                accepted_count =
                    d.accepted_count + CASE WHEN c.arrow = 'accept' THEN 1 ELSE 0 END,
                deferrals = d.deferrals + CASE WHEN c.arrow = 'postpone' THEN 1 ELSE 0 END,
                deferred_since = CASE
                    WHEN c.arrow = 'postpone' THEN coalesce(d.deferred_since, \(now))
                    WHEN NOT c.judged THEN d.deferred_since END,
                warned_at = CASE WHEN c.arrow = 'postpone' OR NOT c.judged THEN d.warned_at END,
                sent_at = CASE WHEN c.arrow = 'accept' THEN \(now) ELSE d.sent_at END,
                finalized_at = CASE WHEN c.state IN ('failed', 'cancelled') THEN \(now) END
            FROM unnest(
                \(changes.map(\.claim.tenantID)), \(changes.map(\.claim.dispatchID)),
                \(changes.map(\.claim.leaseEpoch)), \(changes.map(\.arrow)),
                \(changes.map(\.state)),
                \(changes.map { $0.arrow.sourceNames.joined(separator: " ") }),
                \(changes.map(\.delivery)), \(changes.map(\.message)),
                \(changes.map(\.detail)), \(changes.map(\.reason)), \(changes.map(\.isSpent)),
                \(changes.map(\.isJudged)))
                AS c (tenant_id, dispatch_id, lease_epoch, arrow, state, sources, delivery,
                    message, detail, reason, spent, judged)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.lease_epoch = c.lease_epoch
                AND d.state = ANY (string_to_array(c.sources, ' '))
                -- What has no lease is nobody's to record, whatever epoch is named.
                AND d.state IN ('sending', 'in_doubt')
            RETURNING d.dispatch_id
            """
        ) { try $0["dispatch_id"] }
    }

    /// The history: one line an attempt; what was in doubt may later be known better.
    ///
    /// An attempt that was not spent is made again under its number, and then the line is the new
    /// one's. Whoever is late with an older one, or with a doubt that was ended, changes nothing;
    /// but that it was accepted is never kept back.
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
                \(attempts.map { $0.attempt }), \(attempts.map(\.detail)),
                \(attempts.map(\.providerMessageID)))
                AS c (tenant_id, dispatch_id, attempt_number, started_at, outcome, detail,
                    provider_message_id)
            JOIN dispatch AS d
                ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
            ON CONFLICT ON CONSTRAINT attempt_pk DO UPDATE
            SET started_at = greatest(excluded.started_at, attempt.started_at),
                ended_at = excluded.ended_at, outcome = excluded.outcome,
                detail = excluded.detail,
                provider_message_id =
                    coalesce(excluded.provider_message_id, attempt.provider_message_id)
            WHERE attempt.outcome IN ('in_doubt', 'parked', 'absent')
                AND (excluded.outcome = 'accepted' OR excluded.started_at > attempt.started_at
                    OR (excluded.started_at = attempt.started_at
                        AND (excluded.outcome <> 'in_doubt' OR attempt.outcome = 'in_doubt')))
            """)
    }

    private func recordSteps(_ changes: [DispatchChange], now: Date) throws {
        let steps = changes.filter { $0.arrow == .postpone || $0.arrow == .giveUp }
        try write(steps.map { ($0.key, $0.arrow, $0.detail) }, now: now)
    }

    private func keepDoubts(_ doubts: [DispatchChange]) throws {
        guard !doubts.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE dispatch_lease AS l
            SET resolve_at = now() + make_interval(secs => c.after), parked = c.parked
            FROM unnest(
                \(doubts.map(\.claim.tenantID)), \(doubts.map(\.claim.dispatchID)),
                \(doubts.map { $0.resolveAfterSeconds.map(Double.init) }),
                \(doubts.map(\.isParked)))
                AS c (tenant_id, dispatch_id, after, parked)
            WHERE l.tenant_id = c.tenant_id AND l.dispatch_id = c.dispatch_id
            """)
    }
}

extension DispatchChange {
    /// The dispatch that it is about.
    package var key: DispatchKey { DispatchKey(claim.tenantID, claim.dispatchID) }

    /// Whether it no longer waits for the provider, which has spoken.
    fileprivate var isJudged: Bool {
        switch arrow {
        case .accept, .refuse, .retry, .giveUp, .cancel: true
        default: false
        }
    }
}

extension DispatchLife {
    /// What events say became of a dispatch.
    package typealias Settlement = (key: DispatchKey, transition: DeliveryTransition)

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
                \(transitions.map(\.state)), \(transitions.map(\.delivery)),
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
