package import Bounces
package import FoundationEssentials
import Invoicing
package import Postgres

/// The table delivery_event: what providers report, stored once and never changed.
package struct DeliveryEvents {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An event with its attribution and classification.
    package struct Entry {
        package var event: ProviderEvent
        /// The dispatch it belongs to; nil for an orphan.
        package var attribution: Attribution?
        /// The kind of failure; nil where the event reports none.
        package var classification: BounceClassification?

        package init(
            event: ProviderEvent, attribution: Attribution?,
            classification: BounceClassification?
        ) {
            self.event = event
            self.attribution = attribution
            self.classification = classification
        }
    }

    /// The keys of those events that are stored with a dispatch; orphans do not count.
    package func known(_ events: [ProviderEvent], provider: String) throws -> Set<String> {
        try stored(events, provider: provider, firstTenant: 1)
    }

    /// The keys of those events that are stored, including orphans.
    package func stored(_ events: [ProviderEvent], provider: String) throws -> Set<String> {
        try stored(events, provider: provider, firstTenant: 0)
    }

    private func stored(
        _ events: [ProviderEvent], provider: String, firstTenant: Int64
    ) throws -> Set<String> {
        guard !events.isEmpty else { return [] }
        let rows: RowSet = """
            event_key \(events.map(\.key)), occurred_at \(events.map(\.occurredAt))
            """
        return Set(
            try connection.rows(
                """
                SELECT e.event_key FROM delivery_event AS e
                JOIN \(rows.table("k")) ON k.event_key = e.event_key
                    AND k.occurred_at = e.occurred_at
                WHERE e.provider = \(provider) AND e.tenant_id >= \(firstTenant)
                """
            ) { try $0["event_key"] as String })
    }

    /// Finds the attempts that events belong to; the result is by event key.
    ///
    /// Our own id decides, then the provider's id, then, for the provider's own events, address and
    /// time: the newest attempt that was accepted and had begun when the event occurred (less the
    /// clock skew), and no longer ago than a provider keeps trying. So a stale event never affects
    /// a newer invoice, and an incoming mail that contains only an address affects no invoice.
    package func attribute(
        _ events: [ProviderEvent], provider: String, skewSeconds: Int, reachSeconds: Int
    ) throws -> [String: Attribution] {
        guard !events.isEmpty else { return [:] }
        let named = Dictionary(
            events.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [String: Attribution] = [:]
        let rows: RowSet = """
            event_key \(events.map(\.key)), occurred_at \(events.map(\.occurredAt)),
            recipient_key \(events.map { $0.recipient.lowercased() }),
            tenant_id \(events.map(\.tenantID)), dispatch_id \(events.map(\.dispatchID)),
            attempt \(events.map(\.attempt)),
            provider_message_id \(events.map(\.providerMessageID)), origin \(events.map(\.origin))
            """
        try connection.rows(
            """
            SELECT e.event_key, coalesce(o.kind, p.kind, a.kind) AS kind, d.tenant_id,
                d.dispatch_id, d.recipient_key,
                coalesce(o.attempt_number, p.attempt_number, a.attempt_number, d.attempt)
                    AS attempt_number,
                o.attempt_number IS NOT NULL OR d.attempt = 1 OR coalesce(p.attempts = 1, false)
                    AS is_attempt_known
            FROM \(rows.table("e"))
            LEFT JOIN LATERAL (
                SELECT 'own_id' AS kind, d.tenant_id, d.dispatch_id,
                    e.attempt AS attempt_number
                FROM dispatch AS d
                WHERE d.tenant_id = e.tenant_id AND d.dispatch_id = e.dispatch_id
                    AND (e.origin <> 'unsigned_mail' OR unsigned_mark_holds(
                        d.tenant_id, d.dispatch_id, e.occurred_at))
            ) AS o ON true
            LEFT JOIN LATERAL (
                SELECT 'provider_id' AS kind, t.tenant_id, t.dispatch_id, t.attempt_number,
                    -- Where the id is the Message-ID, all attempts at a dispatch share it.
                    count(*) OVER () AS attempts
                FROM attempt AS t
                WHERE t.provider_message_id = e.provider_message_id
                    AND t.provider = \(provider)
                    AND (o.dispatch_id IS NULL
                        OR (t.tenant_id = o.tenant_id AND t.dispatch_id = o.dispatch_id))
                ORDER BY t.attempt_number DESC LIMIT 1
            ) AS p ON true
            LEFT JOIN LATERAL (
                SELECT 'address' AS kind, t.tenant_id, t.dispatch_id, t.attempt_number
                FROM attempt AS t
                WHERE t.recipient_key = e.recipient_key AND t.provider = \(provider)
                    AND t.outcome IN ('accepted', 'found')
                    AND t.started_at
                        <= e.occurred_at + make_interval(secs => \(Double(skewSeconds)))
                    AND t.started_at
                        >= e.occurred_at - make_interval(secs => \(Double(reachSeconds)))
                    AND e.provider_message_id IS NULL AND e.dispatch_id IS NULL
                    AND e.origin = 'provider'
                ORDER BY t.started_at DESC LIMIT 1
            ) AS a ON true
            JOIN dispatch AS d
                ON d.tenant_id = coalesce(o.tenant_id, p.tenant_id, a.tenant_id)
                AND d.dispatch_id = coalesce(o.dispatch_id, p.dispatch_id, a.dispatch_id)
                -- Of what is let go the facts are gone that an outcome would be made of.
                AND d.pruned_at IS NULL
            """
        ) { row in
            let key: String = try row["event_key"]
            guard let event = named[key] else { return }
            let kind: AttributionKind = try row["kind"]
            found[key] = Attribution(
                kind: kind, tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                attempt: try row["attempt_number"],
                subject: EvidenceSubject(
                    of: event, by: kind, recipient: try row["recipient_key"],
                    isAttemptKnown: try row["is_attempt_known"]))
        }
        return found
    }

    /// Stores events that are not stored yet; an orphan that now has a dispatch is moved to it.
    /// - Returns: The keys of events that are new to their dispatch, or are new orphans.
    package func store(_ entries: [Entry], provider: String, now: Date) throws -> Set<String> {
        guard !entries.isEmpty else { return [] }
        try deleteOrphans(entries.filter { $0.attribution != nil }, provider: provider)
        let rows = rows(of: entries)
        return Set(
            try connection.rows(
                """
                INSERT INTO delivery_event (\(rows.columnNames), provider, stored_at)
                SELECT \(rows.columns(of: "e")), \(provider), \(now) FROM \(rows.table("e"))
                ON CONFLICT ON CONSTRAINT delivery_event_pk DO NOTHING
                RETURNING event_key
                """
            ) { try $0["event_key"] as String })
    }

    private func rows(of entries: [Entry]) -> RowSet {
        let events = entries.map(\.event)
        let classes = entries.map(\.classification)
        let attributions = entries.map(\.attribution)
        return """
            tenant_id \(attributions.map { $0?.tenantID ?? 0 }),
            dispatch_id \(attributions.map { $0?.dispatchID }),
            attempt_number \(attributions.map { $0?.attempt }),
            attribution \(attributions.map { $0?.kind ?? .none }),
            subject \(attributions.map { $0?.subject ?? .address }),
            event_key \(events.map(\.key)), occurred_at \(events.map(\.occurredAt)),
            source \(events.map(\.source)), kind \(events.map(\.kind)),
            reply_code \(events.map(\.replyCode)), enhanced_code \(events.map(\.enhancedCode)),
            text \(events.map(\.text)), provider_type \(events.map(\.providerType)),
            recipient_key \(events.map { $0.recipient.lowercased() }),
            provider_message_id \(events.map(\.providerMessageID)), raw \(events.map(\.raw)),
            origin \(events.map(\.origin)), \(BounceClassification.rows(classes))
            """
    }

    private func deleteOrphans(_ entries: [Entry], provider: String) throws {
        guard !entries.isEmpty else { return }
        let rows: RowSet = """
            event_key \(entries.map(\.event.key)), occurred_at \(entries.map(\.event.occurredAt))
            """
        _ = try connection.execute(
            """
            DELETE FROM delivery_event AS e USING \(rows.table("k"))
            WHERE e.tenant_id = 0 AND e.provider = \(provider)
                AND e.event_key = k.event_key AND e.occurred_at = k.occurred_at
            """)
    }

    /// How many events of a provider match no dispatch.
    package func orphanCount(provider: String) throws -> Int {
        try connection.total(
            "SELECT FROM delivery_event WHERE tenant_id = 0 AND provider = \(provider)")
    }

    /// The orphans of a provider since an instant, to be attributed again; at most `limit`.
    package func orphans(provider: String, since: Date, limit: Int) throws -> [ProviderEvent] {
        try connection.rows(
            """
            SELECT source, event_key, occurred_at, kind, recipient_key, provider_message_id,
                reply_code, enhanced_code, text, provider_type, raw, origin
            FROM delivery_event
            WHERE tenant_id = 0 AND provider = \(provider) AND occurred_at >= \(since)
            ORDER BY occurred_at DESC LIMIT \(limit)
            """
        ) { row in
            let kind: EventKind = try row["kind"]
            let origin: EventOrigin = try row["origin"]
            // A complaint adds its sender to our own list only when it is known to concern our
            // mail.
            let isOurs = kind == .complained && origin != .provider
            return ProviderEvent(
                source: try row["source"], key: try row["event_key"],
                occurredAt: try row["occurred_at"], kind: kind,
                recipient: try row["recipient_key"],
                providerMessageID: try row["provider_message_id"],
                replyCode: try row["reply_code"], enhancedCode: try row["enhanced_code"],
                text: try row["text"], providerType: try row["provider_type"],
                suppressionList: isOurs ? ProviderEvent.ownComplaints : nil,
                raw: try row["raw"], origin: origin)
        }
    }
}
