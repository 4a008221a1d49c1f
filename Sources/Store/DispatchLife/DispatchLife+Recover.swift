package import Dispatching
package import FoundationEssentials
import Postgres

/// A time whose changes the database has lost, by its own clock.
package struct LostTime: Hashable, Sendable {
    package var since: Date
    package var until: Date

    package init(since: Date, until: Date) {
        self.since = since
        self.until = until
    }
}

extension DispatchLife {
    /// How many dispatches came into doubt: those to be looked up, and those parked immediately.
    package struct Recovered: Hashable, Sendable {
        /// To be looked up at the provider.
        package var askable = 0
        /// Left to a person, since nobody can be queried.
        package var parked = 0

        package init(askable: Int = 0, parked: Int = 0) {
            self.askable = askable
            self.parked = parked
        }
    }

    /// The arrow `recover` for every dispatch that is waiting, being sent or in doubt: it may have
    /// been sent during the lost time.
    ///
    /// To be called inside a transaction.
    package func recoverAll(_ lost: LostTime) throws -> Recovered {
        try recover(
            """
            SELECT tenant_id, dispatch_id, \(InDoubtPolicy.park) AS policy FROM dispatch
            WHERE state = ANY (\(DispatchArrow.recover.sourceNames))
            """, lost)
    }

    /// The arrow `recover` for new dispatches of documents that may have been sent during the lost
    /// time under the same id.
    ///
    /// To be called inside a transaction.
    func doubt(_ made: [Dispatches.New]) throws {
        // Whoever fetches documents can't be queried, so a person has decided where one is to go
        // regardless.
        let doubted = made.filter { !($0.isForOutbox && $0.doubt?.policy == .resend) }
        for (lost, made) in Dictionary(grouping: doubted, by: { $0.doubt?.lost }) {
            guard let lost else { continue }
            _ = try recover(
                made.map { ($0.key, $0.doubt?.policy ?? .park) }, lost)
        }
    }

    /// The arrow `recover` for some dispatches, with the policy that applies where the provider
    /// can't be queried.
    ///
    /// To be called inside a transaction.
    package func recover(
        _ some: [(key: DispatchKey, policy: InDoubtPolicy)], _ lost: LostTime
    ) throws -> Recovered {
        let rows: RowSet = """
            tenant_id \(some.map(\.key.tenantID)), dispatch_id \(some.map(\.key.dispatchID)),
            policy \(some.map(\.policy))
            """
        return try recover("SELECT * FROM \(rows.table("m"))", lost)
    }

    /// The provider is queried immediately; an access point or a printing house can't be, so a
    /// person is.
    ///
    /// What is waiting gets another attempt, as by a claim: the unknown one. What was parked before
    /// stays parked.
    private func recover(_ subjects: Query, _ lost: LostTime) throws -> Recovered {
        try connection.first(
            """
            WITH subject AS (\(subjects)), doubted AS (
                UPDATE dispatch AS d
                SET state = 'in_doubt', lease_epoch = d.lease_epoch + 1,
                    reason = \(DispatchReason.inDoubt),
                    attempt = d.attempt + CASE WHEN d.state = 'queued' THEN 1 ELSE 0 END,
                    deferred_since = NULL, warned_at = NULL,
                    message = CASE d.channel
                        WHEN 'ehf' THEN \(Self.mayBeFetched)
                        WHEN 'print' THEN \(Self.mayBePrinted) ELSE \(Self.maybeSent) END
                FROM subject AS s
                WHERE d.tenant_id = s.tenant_id AND d.dispatch_id = s.dispatch_id
                    AND d.state = ANY (\(DispatchArrow.recover.sourceNames))
                RETURNING d.tenant_id, d.dispatch_id, d.lease_epoch, d.channel, d.message,
                    s.policy
            ), unqueued AS (
                DELETE FROM dispatch_queue AS q USING doubted AS d
                WHERE q.tenant_id = d.tenant_id AND q.dispatch_id = d.dispatch_id
            ), unboxed AS (
                DELETE FROM dispatch_outbox AS o USING doubted AS d
                WHERE o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
            ), told AS (
                INSERT INTO dispatch_step (tenant_id, dispatch_id, at, step, detail)
                SELECT tenant_id, dispatch_id, now(), 'recover', message FROM doubted
                ON CONFLICT ON CONSTRAINT dispatch_step_pk DO NOTHING
            ), leased AS (
                INSERT INTO dispatch_lease AS l
                    (tenant_id, dispatch_id, lease_epoch, owner, claimed_at, lease_until,
                     resolve_at, attempted_until, in_doubt_policy, parked)
                SELECT tenant_id, dispatch_id, lease_epoch, 'recovery', \(lost.since),
                    \(lost.until), now(), \(lost.until), policy, channel <> 'email'
                FROM doubted
                ON CONFLICT ON CONSTRAINT dispatch_lease_pk DO UPDATE
                SET lease_epoch = excluded.lease_epoch, resolve_at = excluded.resolve_at,
                    claimed_at = least(l.claimed_at, excluded.claimed_at),
                    attempted_until = excluded.attempted_until,
                    in_doubt_policy = excluded.in_doubt_policy
                RETURNING l.parked
            )
            SELECT count(*) FILTER (WHERE NOT parked) AS askable,
                count(*) FILTER (WHERE parked) AS parked
            FROM leased
            """
        ) { Recovered(askable: try $0["askable"], parked: try $0["parked"]) } ?? Recovered()
    }

    private static let maybeSent =
        "In doubt: it may have been sent before the database was restored"
    private static let mayBeFetched =
        "In doubt: the access point may have fetched it before the database was restored; ask there"
    private static let mayBePrinted =
        "In doubt: the letter may have been handed over before the database was restored; ask there"
}
