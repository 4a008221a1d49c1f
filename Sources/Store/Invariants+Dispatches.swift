import Postgres

/// What has to be so of dispatches and what was heard of them: the rows that break it.
extension Invariants {
    func messages(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s', d.tenant_id, d.dispatch_id) AS broken_by
        FROM dispatch AS d
        WHERE \(range.holds("d.tenant_id, d.dispatch_id"))
            AND d.state NOT IN ('failed', 'cancelled') AND d.pruned_at IS NULL
            AND ((d.channel = 'email' AND NOT EXISTS (
                    SELECT FROM dispatch_message AS m
                    WHERE m.tenant_id = d.tenant_id AND m.dispatch_id = d.dispatch_id))
                OR (d.purpose = 'invoice' AND NOT EXISTS (
                    SELECT FROM dispatch_attachment AS a
                    WHERE a.tenant_id = d.tenant_id AND a.dispatch_id = d.dispatch_id)))
        """
    }

    func queue(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, q.tenant_id),
            coalesce(d.dispatch_id, q.dispatch_id), coalesce(d.state, 'missing')) AS broken_by
        FROM (
            SELECT * FROM dispatch AS d
            WHERE state = 'queued' AND channel = 'email' AND \(range.holds("d.tenant_id, d.dispatch_id"))) AS d
        FULL JOIN (
            SELECT * FROM dispatch_queue AS q
            WHERE \(range.holds("q.tenant_id, q.dispatch_id"))) AS q
            ON q.tenant_id = d.tenant_id AND q.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR q.dispatch_id IS NULL
        """
    }

    func outbox(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, o.tenant_id),
            coalesce(d.dispatch_id, o.dispatch_id), coalesce(d.state, 'another')) AS broken_by
        FROM (
            SELECT * FROM dispatch AS d
            WHERE state = 'queued' AND channel <> 'email' AND \(range.holds("d.tenant_id, d.dispatch_id"))) AS d
        FULL JOIN (
            SELECT * FROM dispatch_outbox AS o
            WHERE \(range.holds("o.tenant_id, o.dispatch_id"))) AS o
            ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR o.dispatch_id IS NULL
            OR (d.channel = 'print' AND NOT EXISTS (
                SELECT FROM dispatch_letter AS l
                WHERE l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id))
        """
    }

    func leases(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, l.tenant_id),
            coalesce(d.dispatch_id, l.dispatch_id), coalesce(d.state, 'another')) AS broken_by
        FROM (
            SELECT * FROM dispatch AS d
            WHERE state IN ('sending', 'in_doubt') AND \(range.holds("d.tenant_id, d.dispatch_id"))) AS d
        FULL JOIN (
            SELECT * FROM dispatch_lease AS l
            WHERE \(range.holds("l.tenant_id, l.dispatch_id"))) AS l
            ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR l.dispatch_id IS NULL OR l.lease_epoch <> d.lease_epoch
        """
    }

    func ongoing(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s', coalesce(d.tenant_id, o.tenant_id),
            coalesce(d.dispatch_id, o.dispatch_id)) AS broken_by
        FROM (
            SELECT * FROM dispatch AS d
            WHERE finalized_at IS NULL AND invoice_id IS NOT NULL
                AND \(range.holds("d.tenant_id, d.dispatch_id"))) AS d
        FULL JOIN (
            SELECT * FROM ongoing_dispatch AS o
            WHERE \(range.holds("o.tenant_id, o.dispatch_id"))) AS o
            ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR o.dispatch_id IS NULL
        """
    }

    func stuck(_ graceSeconds: Int) -> Query {
        """
        SELECT format('tenant %s, dispatch %s, taken by %s until %s', tenant_id, dispatch_id,
            owner, lease_until) AS broken_by
        FROM dispatch_lease
        WHERE lease_until < now() - make_interval(secs => \(Double(graceSeconds)))
            AND resolve_at IS NULL AND NOT parked
        """
    }

    /// The last dispatch of a chain ended badly: its to-do is open, or a person dismissed it.
    func todos(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s: %s', l.tenant_id, l.dispatch_id, l.status)
            AS broken_by
        FROM (
            SELECT DISTINCT ON (tenant_id, root_id) * FROM dispatch_list
            WHERE purpose = 'invoice' AND \(range.holds("tenant_id, root_id"))
            ORDER BY tenant_id, root_id, created_at DESC, dispatch_id) AS l
        LEFT JOIN todo AS t ON t.tenant_id = l.tenant_id AND t.root_id = l.root_id
        WHERE (l.status = 'failed' AND (
                t.root_id IS NULL OR t.closed_by IN ('delivered', \(DelayWarnings.cause))))
            OR (l.status = 'completed' AND t.closed_at IS NULL AND t.dispatch_id = l.dispatch_id)
        """
    }

    func loops(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, dispatch %s', d.tenant_id, d.dispatch_id) AS broken_by
        FROM dispatch AS d
        WHERE \(range.holds("d.tenant_id, d.dispatch_id")) AND d.purpose <> 'invoice' AND EXISTS (
            SELECT FROM dispatch_fault AS f
            WHERE f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id)
        """
    }

    func foreignEvents(_ range: KeyRange) -> Query {
        """
        SELECT format('event %s', e.event_key) AS broken_by
        FROM delivery_event AS e
        WHERE \(range.holds("e.tenant_id, e.occurred_at"))
            AND e.tenant_id <> 0 AND e.attribution = 'provider_id' AND NOT EXISTS (
            SELECT FROM attempt AS a
            WHERE a.tenant_id = e.tenant_id AND a.dispatch_id = e.dispatch_id)
        """
    }
}
