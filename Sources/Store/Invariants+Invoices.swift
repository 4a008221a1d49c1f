import Postgres

/// What has to be so of invoices, their numbers and their agreements: the rows that break it.
extension Invariants {
    func gaps(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, series %s: %s numbers given, %s invoices', s.tenant_id,
            s.series, s.next_number - s.first_number, count(i.serial)) AS broken_by
        FROM number_series AS s
        LEFT JOIN invoice AS i ON i.tenant_id = s.tenant_id AND i.series = s.series
            AND i.serial >= s.first_number AND i.serial < s.next_number
        WHERE \(range.holds("s.tenant_id, s.series"))
        GROUP BY s.tenant_id, s.series, s.first_number, s.next_number
        HAVING count(i.serial) <> s.next_number - s.first_number
        """
    }

    func beyond(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, invoice %s: its number is beyond its series', i.tenant_id,
            i.number) AS broken_by
        FROM invoice AS i
        LEFT JOIN number_series AS s ON s.tenant_id = i.tenant_id AND s.series = i.series
        WHERE \(range.holds("i.tenant_id, i.invoice_id")) AND i.serial IS NOT NULL
            AND (s.series IS NULL OR i.serial < s.first_number OR i.serial >= s.next_number)
        """
    }

    func totals(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, invoice %s', i.tenant_id, i.number) AS broken_by
        FROM invoice AS i
        LEFT JOIN LATERAL (
            SELECT sum(net_amount) AS net FROM invoice_line AS l
            WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id) AS l ON true
        LEFT JOIN LATERAL (
            SELECT sum(tax_amount) AS vat, sum(taxable_amount) AS taxable FROM invoice_vat AS v
            WHERE v.tenant_id = i.tenant_id AND v.invoice_id = i.invoice_id) AS v ON true
        WHERE \(range.holds("i.tenant_id, i.invoice_id")) AND i.pruned_at IS NULL AND (
            coalesce(l.net, 0) <> i.line_total OR coalesce(v.vat, 0) <> i.vat_total
            OR coalesce(v.taxable, i.tax_exclusive) <> i.tax_exclusive)
        """
    }

    func doubles(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, invoice %s: cancel it, see `budstikke list doubles`',
            tenant_id, number) AS broken_by
        FROM double_invoice WHERE is_going_out
        """
    }

    func passed(_ range: KeyRange) -> Query {
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

    func passedOver(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, agreement %s, period %s', r.tenant_id,
            r.recurring_invoice_number, p.period_number) AS broken_by
        FROM recurring_invoice AS r
        CROSS JOIN LATERAL generate_series(1, r.next_period_number - 1) AS p (period_number)
        WHERE \(range.holds("r.tenant_id, r.recurring_invoice_number"))
            AND NOT EXISTS (
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
    func overdue(_ range: KeyRange) -> Query {
        """
        SELECT format('tenant %s, agreement %s: due since %s; see budstikke why %s', r.tenant_id,
            r.recurring_invoice_number, r.prepare_on, r.recurring_invoice_number) AS broken_by
        FROM recurring_invoice AS r
        CROSS JOIN LATERAL (
            SELECT max(created_at) AS newest FROM invoice AS i
            WHERE i.tenant_id = r.tenant_id AND i.recurring_invoice_number IS NOT NULL) AS n
        WHERE \(range.holds("r.tenant_id, r.recurring_invoice_number"))
            AND r.prepare_on < n.newest::date - 40 AND NOT \(TenantControls.isSuspended("r"))
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
}
