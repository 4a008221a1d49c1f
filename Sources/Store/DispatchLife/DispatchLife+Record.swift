import Bounces
import Invoicing
import Postgres
package import Dispatching
package import FoundationEssentials

extension DispatchLife {
    /// The arrows `accept`, `refuse`, `doubt`, `ask`, `postpone`, `retry`, `release`, `giveUp` and
    /// `cancel` for claimed dispatches; each is written only if the writer still owns the epoch.
    ///
    /// To be called inside a transaction. A writer that has lost its lease changes only the
    /// history: what it saw is kept as an attempt, unless more is known by now, and the dispatch is
    /// resolved by a look-up.
    /// - Returns: The dispatches that were changed.
    package func record(
        _ changes: [DispatchChange], provider: String, now: Date
    ) throws -> Set<UUID> {
        guard !changes.isEmpty else { return [] }
        let written = Set(try update(changes, now: now))
        let fenced = changes.filter { written.contains($0.claim.dispatchID) }
        try recordAttempts(changes, provider: provider, now: now)
        try recordSteps(fenced, now: now)
        try leaveLease(fenced.filter { $0.state != .inDoubt }.map(\.key))
        try updateDoubtLeases(fenced.filter { $0.state == .inDoubt })
        try enterQueue(fenced.filter { $0.state == .queued }.map { ($0.key, $0.runAt) })
        try leaveOngoing(fenced.filter { $0.state == .failed || $0.state == .cancelled }.map(\.key))
        try giveBack(fenced, now: now)
        return written
    }

    /// What was not sent after all does not count towards the tenant's daily limit.
    private func giveBack(_ changes: [DispatchChange], now: Date) throws {
        let unsent = changes.filter { !$0.isSpent }.map { ($0.claim.tenantID, 1) }
        try TenantControls(connection).giveBack(
            Dictionary(unsent, uniquingKeysWith: +), now: now)
    }

    private func update(_ changes: [DispatchChange], now: Date) throws -> [UUID] {
        let rows: RowSet = """
            tenant_id \(changes.map(\.claim.tenantID)), dispatch_id \(changes.map(\.claim.dispatchID)),
            lease_epoch \(changes.map(\.claim.leaseEpoch)), arrow \(changes.map(\.arrow)),
            sources \(changes.map { $0.arrow.sourceNames.joined(separator: " ") }),
            state \(changes.map(\.state)), delivery \(changes.map(\.delivery)),
            message \(changes.map(\.message)), detail \(changes.map(\.detail)),
            reason \(changes.map(\.reason)), spent \(changes.map(\.isSpent)),
            judged \(changes.map(\.isJudged))
            """
        return try connection.rows(
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
            FROM \(rows.table("c"))
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.lease_epoch = c.lease_epoch
                AND d.state = ANY (string_to_array(c.sources, ' '))
                -- What has no lease is nobody's to record, whatever epoch is named.
                AND d.state IN ('sending', 'in_doubt')
            RETURNING d.dispatch_id
            """
        ) { try $0["dispatch_id"] }
    }

    /// Writes the history: one row per attempt; an attempt in doubt may be resolved later.
    ///
    /// An attempt that was not spent is made again under its number, and the row then describes the
    /// new one. A late outcome of an older attempt, or a doubt that was resolved, changes nothing;
    /// but acceptance is always recorded.
    private func recordAttempts(
        _ changes: [DispatchChange], provider: String, now: Date
    ) throws {
        let attempts = changes.filter { $0.attempt != nil }
        guard !attempts.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(attempts.map(\.claim.tenantID)),
            dispatch_id \(attempts.map(\.claim.dispatchID)),
            attempt_number \(attempts.map(\.claim.attempt)),
            started_at \(attempts.map(\.claim.claimedAt)), outcome \(attempts.map(\.attempt)),
            detail \(attempts.map(\.detail)), provider_message_id \(attempts.map(\.providerMessageID))
            """
        _ = try connection.execute(
            """
            INSERT INTO attempt (\(rows.columnNames), recipient_key, ended_at, provider)
            SELECT \(rows.columns(of: "c")), d.recipient_key, \(now), \(provider)
            FROM \(rows.table("c"))
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

    private func updateDoubtLeases(_ doubts: [DispatchChange]) throws {
        guard !doubts.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(doubts.map(\.claim.tenantID)), dispatch_id \(doubts.map(\.claim.dispatchID)),
            after \(doubts.map { $0.resolveAfterSeconds.map(Double.init) }),
            parked \(doubts.map(\.isParked))
            """
        _ = try connection.execute(
            """
            UPDATE dispatch_lease AS l
            SET resolve_at = now() + make_interval(secs => c.after), parked = c.parked
            FROM \(rows.table("c"))
            WHERE l.tenant_id = c.tenant_id AND l.dispatch_id = c.dispatch_id
            """)
    }
}

extension ClaimedDispatch {
    var key: DispatchKey { DispatchKey(tenantID, dispatchID) }
}

extension DispatchChange {
    /// The key of its dispatch.
    package var key: DispatchKey { claim.key }

    /// Whether the provider has given its answer, so that nothing is awaited.
    fileprivate var isJudged: Bool {
        switch arrow {
        case .accept, .refuse, .retry, .giveUp, .cancel: true
        default: false
        }
    }
}

extension DispatchLife {
    /// A dispatch with the outcome that its events imply.
    package typealias Settlement = (key: DispatchKey, transition: DeliveryTransition)

    /// The arrows `settle`, `retry` and `learn`: writes the outcomes of dispatches that
    /// `DispatchDeliveries` has locked, in the same transaction.
    package func settle(_ settlements: [Settlement], now: Date) throws {
        guard !settlements.isEmpty else { return }
        let written = Set(try update(settlements, now: now))
        let moved = settlements.filter { written.contains($0.key.dispatchID) }
        // A retry stays in the queue; whatever has an outcome leaves it.
        try leaveQueue(moved.filter { $0.transition.state != .queued }.map(\.key))
        try leaveLease(moved.map(\.key))
        try enterQueue(
            moved.filter { $0.transition.arrow == .retry }.map { ($0.key, $0.transition.runAt) })
        try leaveOngoing(moved.filter(\.transition.isFinal).map(\.key))
    }

    private func update(_ settlements: [Settlement], now: Date) throws -> [UUID] {
        let transitions = settlements.map(\.transition)
        let rows: RowSet = """
            tenant_id \(settlements.map(\.key.tenantID)),
            dispatch_id \(settlements.map(\.key.dispatchID)),
            sources \(transitions.map { $0.arrow.sourceNames.joined(separator: " ") }),
            state \(transitions.map(\.state)), delivery \(transitions.map(\.delivery)),
            message \(transitions.map(\.message)), reason \(transitions.map(\.reason)),
            proved \(transitions.map(\.isProvedAccepted)), final \(transitions.map(\.isFinal))
            """
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
            FROM \(rows.table("c"))
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
