package import Postgres

/// The invariants that no constraint can enforce, each as a query that finds violations.
package struct Invariants {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The result of checking one invariant.
    package struct Finding: Sendable {
        package var name: String
        /// The invariant as a sentence.
        package var what: String
        /// The violating rows, possibly cut; empty where the invariant holds.
        package var brokenBy: [String]
    }

    /// How many violating rows are listed; the rest are only counted.
    private static let namedMax = 20

    /// Checks all invariants; the first violating rows of each are listed.
    package func check(leaseGraceSeconds: Int) throws -> [Finding] {
        try [
            find("numbers", "numbers have no gaps", gaps),
            find("totals", "lines, VAT and totals of each invoice agree", totals),
            find("doubles", "no invoice goes out that was imported twice", doubles),
            find("series", "no series begins below numbers that were imported", passed),
            find("documents", "each queued dispatch has its message and its files", messages),
            find("queue", "queued is in the queue, and nothing else is", queue),
            find(
                "outbox", "what waits to be fetched is in the outbox, letters with an address",
                outbox),
            find("leases", "what is being sent or in doubt has a lease, and nothing else", leases),
            find("ongoing", "the right to be ongoing is held by what is ongoing", ongoing),
            find("stuck", "no lease is long past its end", stuck(leaseGraceSeconds)),
            find("next-dates", "no due period was passed over", passedOver),
            find("overdue", "no agreement is long overdue with nothing said of it", overdue),
            find("to-dos", "each bad end has exactly one open to-do until dealt with", todos),
            find("loops", "no failure e-mail caused a failure e-mail", loops),
            find("tenants", "no event stands with another tenant's dispatch", foreignEvents),
        ]
    }

    private func find(_ name: String, _ what: String, _ query: Query) throws -> Finding {
        let bounded: Query =
            "SELECT b.broken_by, count(*) OVER () AS total FROM (" + query
            + ") AS b LIMIT \(Self.namedMax)"
        var total = 0
        var named = try connection.rows(bounded) { row in
            total = try row["total"]
            return try row["broken_by"] as String
        }
        if total > named.count { named.append("and \(total - named.count) more") }
        return Finding(name: name, what: what, brokenBy: named)
    }

    private var gaps: Query {
        """
        SELECT format('tenant %s, series %s: %s numbers given, %s invoices', s.tenant_id,
            s.series, s.next_number - s.first_number, count(i.serial)) AS broken_by
        FROM number_series AS s
        LEFT JOIN invoice AS i ON i.tenant_id = s.tenant_id AND i.series = s.series
            AND i.serial >= s.first_number AND i.serial < s.next_number
        GROUP BY s.tenant_id, s.series, s.first_number, s.next_number
        HAVING count(i.serial) <> s.next_number - s.first_number
        UNION ALL
        SELECT format('tenant %s, invoice %s: its number is beyond its series', i.tenant_id,
            i.number)
        FROM invoice AS i
        LEFT JOIN number_series AS s ON s.tenant_id = i.tenant_id AND s.series = i.series
        WHERE i.serial IS NOT NULL
            AND (s.series IS NULL OR i.serial < s.first_number OR i.serial >= s.next_number)
        """
    }

    private var totals: Query {
        """
        SELECT format('tenant %s, invoice %s', i.tenant_id, i.number) AS broken_by
        FROM invoice AS i
        LEFT JOIN LATERAL (
            SELECT sum(net_amount) AS net FROM invoice_line AS l
            WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id) AS l ON true
        LEFT JOIN LATERAL (
            SELECT sum(tax_amount) AS vat, sum(taxable_amount) AS taxable FROM invoice_vat AS v
            WHERE v.tenant_id = i.tenant_id AND v.invoice_id = i.invoice_id) AS v ON true
        WHERE coalesce(l.net, 0) <> i.line_total OR coalesce(v.vat, 0) <> i.vat_total
            OR coalesce(v.taxable, i.tax_exclusive) <> i.tax_exclusive
        """
    }

    private var doubles: Query {
        """
        SELECT format('tenant %s, invoice %s: cancel it, see `budstikke list doubles`',
            tenant_id, number) AS broken_by
        FROM double_invoice WHERE is_going_out
        """
    }

    private var passed: Query {
        """
        SELECT format('tenant %s: the first number is %s, and the same seller has imported %s;'
            ' import first_invoice_number above it', s.tenant_id, s.next_number, p.number)
            AS broken_by
        FROM number_series AS s JOIN passed_number AS p ON p.tenant_id = s.tenant_id
        WHERE s.series = \(NumberSeries.invoices) AND s.next_number = s.first_number
            AND s.next_number <= p.number AND EXISTS (
                SELECT FROM recurring_invoice AS r WHERE r.tenant_id = s.tenant_id)
        """
    }

    private var messages: Query {
        """
        SELECT format('tenant %s, dispatch %s', d.tenant_id, d.dispatch_id) AS broken_by
        FROM dispatch AS d
        WHERE d.state NOT IN ('failed', 'cancelled')
            AND ((d.channel = 'email' AND NOT EXISTS (
                    SELECT FROM dispatch_message AS m
                    WHERE m.tenant_id = d.tenant_id AND m.dispatch_id = d.dispatch_id))
                OR (d.purpose = 'invoice' AND NOT EXISTS (
                    SELECT FROM dispatch_attachment AS a
                    WHERE a.tenant_id = d.tenant_id AND a.dispatch_id = d.dispatch_id)))
        """
    }

    private var queue: Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, q.tenant_id),
            coalesce(d.dispatch_id, q.dispatch_id), coalesce(d.state, 'missing')) AS broken_by
        FROM (SELECT * FROM dispatch WHERE state = 'queued' AND channel = 'email') AS d
        FULL JOIN dispatch_queue AS q
            ON q.tenant_id = d.tenant_id AND q.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR q.dispatch_id IS NULL
        """
    }

    private var outbox: Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, o.tenant_id),
            coalesce(d.dispatch_id, o.dispatch_id), coalesce(d.state, 'another')) AS broken_by
        FROM (SELECT * FROM dispatch WHERE state = 'queued' AND channel <> 'email') AS d
        FULL JOIN dispatch_outbox AS o
            ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR o.dispatch_id IS NULL
            OR (d.channel = 'print' AND NOT EXISTS (
                SELECT FROM dispatch_letter AS l
                WHERE l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id))
        """
    }

    private var leases: Query {
        """
        SELECT format('tenant %s, dispatch %s is %s', coalesce(d.tenant_id, l.tenant_id),
            coalesce(d.dispatch_id, l.dispatch_id), coalesce(d.state, 'another')) AS broken_by
        FROM (SELECT * FROM dispatch WHERE state IN ('sending', 'in_doubt')) AS d
        FULL JOIN dispatch_lease AS l
            ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR l.dispatch_id IS NULL OR l.lease_epoch <> d.lease_epoch
        """
    }

    private var ongoing: Query {
        """
        SELECT format('tenant %s, dispatch %s', coalesce(d.tenant_id, o.tenant_id),
            coalesce(d.dispatch_id, o.dispatch_id)) AS broken_by
        FROM (
            SELECT * FROM dispatch
            WHERE finalized_at IS NULL AND invoice_id IS NOT NULL) AS d
        FULL JOIN ongoing_dispatch AS o
            ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
        WHERE d.dispatch_id IS NULL OR o.dispatch_id IS NULL
        """
    }

    private func stuck(_ graceSeconds: Int) -> Query {
        """
        SELECT format('tenant %s, dispatch %s, taken by %s until %s', tenant_id, dispatch_id,
            owner, lease_until) AS broken_by
        FROM dispatch_lease
        WHERE lease_until < now() - make_interval(secs => \(Double(graceSeconds)))
            AND resolve_at IS NULL AND NOT parked
        """
    }

    private var passedOver: Query {
        """
        SELECT format('tenant %s, agreement %s, period %s', r.tenant_id,
            r.recurring_invoice_number, p.period_number) AS broken_by
        FROM recurring_invoice AS r
        CROSS JOIN LATERAL generate_series(1, r.next_period_number - 1) AS p (period_number)
        WHERE NOT EXISTS (
                SELECT FROM invoice AS i
                WHERE i.tenant_id = r.tenant_id
                    AND i.recurring_invoice_number = r.recurring_invoice_number
                    AND i.period_number = p.period_number)
            AND NOT EXISTS (
                SELECT FROM skipped_period AS s
                WHERE s.tenant_id = r.tenant_id
                    AND s.recurring_invoice_number = r.recurring_invoice_number
                    AND s.period_number = p.period_number)
        """
    }

    /// Agreements that were due forty days before their company's newest invoice and have not
    /// moved: no fault was reported, no invoice was made recently, and no pause explains it.
    private var overdue: Query {
        """
        SELECT format('tenant %s, agreement %s: due since %s; see budstikke why %s', r.tenant_id,
            r.recurring_invoice_number, r.prepare_on, r.recurring_invoice_number) AS broken_by
        FROM recurring_invoice AS r
        CROSS JOIN LATERAL (
            SELECT max(created_at) AS newest FROM invoice AS i
            WHERE i.tenant_id = r.tenant_id AND i.recurring_invoice_number IS NOT NULL) AS n
        WHERE r.prepare_on < n.newest::date - 40 AND NOT \(TenantControls.isSuspended("r"))
            AND (r.paused_from IS NULL OR r.paused_from > r.next_date
                OR r.paused_until < r.next_date)
            AND NOT EXISTS (
                SELECT FROM dispatch AS d
                JOIN dispatch_fault AS f
                    ON f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id
                WHERE d.tenant_id = r.tenant_id AND d.invoice_id IS NULL
                    AND d.recurring_invoice_number = r.recurring_invoice_number
                    AND d.period_number = r.next_period_number AND f.mended_at IS NULL)
            AND NOT EXISTS (
                SELECT FROM invoice AS i
                WHERE i.tenant_id = r.tenant_id
                    AND i.recurring_invoice_number = r.recurring_invoice_number
                    AND i.created_at > n.newest - interval '3 days')
        """
    }

    /// The last dispatch of a chain ended badly: its to-do is open, or a person dismissed it.
    private var todos: Query {
        """
        SELECT format('tenant %s, dispatch %s: %s', l.tenant_id, l.dispatch_id, l.status)
            AS broken_by
        FROM (
            SELECT DISTINCT ON (tenant_id, root_id) * FROM dispatch_list
            WHERE purpose = 'invoice'
            ORDER BY tenant_id, root_id, created_at DESC, dispatch_id) AS l
        LEFT JOIN todo AS t ON t.tenant_id = l.tenant_id AND t.root_id = l.root_id
        WHERE (l.status = 'failed' AND (
                t.root_id IS NULL OR t.closed_by IN ('delivered', \(DelayWarnings.cause))))
            OR (l.status = 'completed' AND t.closed_at IS NULL AND t.dispatch_id = l.dispatch_id)
        """
    }

    private var loops: Query {
        """
        SELECT format('tenant %s, dispatch %s', d.tenant_id, d.dispatch_id) AS broken_by
        FROM dispatch AS d
        WHERE d.purpose <> 'invoice' AND EXISTS (
            SELECT FROM dispatch_fault AS f
            WHERE f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id)
        """
    }

    private var foreignEvents: Query {
        """
        SELECT format('event %s', e.event_key) AS broken_by
        FROM delivery_event AS e
        WHERE e.tenant_id <> 0 AND e.attribution = 'provider_id' AND NOT EXISTS (
            SELECT FROM attempt AS a
            WHERE a.tenant_id = e.tenant_id AND a.dispatch_id = e.dispatch_id)
        """
    }
}
