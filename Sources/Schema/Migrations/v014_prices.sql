-- What a price depends on beside the agreement: an index, its notices, broken periods, currency.

ALTER TABLE recurring_invoice
    ADD COLUMN start_date date,
    ADD COLUMN first_period text NOT NULL DEFAULT 'full',
    ADD COLUMN last_period text NOT NULL DEFAULT 'full',
    ADD COLUMN currency text,
    ADD CONSTRAINT recurring_invoice_start CHECK (
        start_date >= anchor_date
        AND start_date < anchor_date + interval_count * CASE interval_unit
            WHEN 'day' THEN interval '1 day' WHEN 'week' THEN interval '7 days'
            WHEN 'month' THEN interval '1 month' WHEN 'quarter' THEN interval '3 months'
            ELSE interval '1 year' END
        AND (end_date IS NULL OR end_date >= start_date)),
    ADD CONSTRAINT recurring_invoice_first_period CHECK (first_period IN ('full', 'days', 'next')),
    ADD CONSTRAINT recurring_invoice_last_period CHECK (last_period IN ('full', 'days')),
    ADD CONSTRAINT recurring_invoice_currency CHECK (currency ~ '^[A-Z]{3}$');
COMMENT ON COLUMN recurring_invoice.start_date IS 'The first day of delivery, where it lies within period 1 and not at its beginning. A new row then states next_date = start_date.';
COMMENT ON COLUMN recurring_invoice.first_period IS 'What is charged of a broken first period: all, the part of its days, or nothing (the next period is the first).';
COMMENT ON COLUMN recurring_invoice.last_period IS 'What is charged of the period that end_date falls in: all, or the part of its days, end_date then being the last day of delivery.';
COMMENT ON COLUMN recurring_invoice.currency IS 'The currency that the prices are in; the tenant''s where there is none.';

ALTER TABLE skipped_period
    DROP CONSTRAINT skipped_period_reason,
    ADD CONSTRAINT skipped_period_reason
        CHECK (reason IN ('paused', 'superseded', 'by_hand', 'broken'));

CREATE TABLE exchange_rate (
    tenant_id bigint NOT NULL,
    currency text NOT NULL,
    rate_date date NOT NULL,
    rate numeric(18, 6) NOT NULL,
    units int NOT NULL DEFAULT 1,
    source text NOT NULL,
    CONSTRAINT exchange_rate_pk PRIMARY KEY (tenant_id, currency, rate_date),
    CONSTRAINT exchange_rate_tenant_id CHECK (tenant_id >= 0),
    CONSTRAINT exchange_rate_currency CHECK (currency ~ '^[A-Z]{3}$' AND currency <> 'NOK'),
    CONSTRAINT exchange_rate_positive CHECK (rate > 0),
    CONSTRAINT exchange_rate_units CHECK (units IN (1, 10, 100, 1000, 10000))
);
COMMENT ON TABLE exchange_rate IS 'Norwegian kroner for so many units of a currency, to state the VAT in kroner (bokføringsforskriften § 5-1-1). Tenant 0 is for all; a tenant''s own goes before it. So there is no foreign key.';

CREATE TABLE price_index_value (
    tenant_id bigint NOT NULL,
    index_code text NOT NULL,
    month date NOT NULL,
    value numeric(18, 6) NOT NULL,
    CONSTRAINT price_index_value_pk PRIMARY KEY (tenant_id, index_code, month),
    CONSTRAINT price_index_value_tenant_id CHECK (tenant_id >= 0),
    CONSTRAINT price_index_value_month CHECK (extract(day FROM month) = 1),
    CONSTRAINT price_index_value_positive CHECK (value > 0)
);
COMMENT ON TABLE price_index_value IS 'What a price index, as KPI, was published with for a month. Tenant 0 is for all; a tenant''s own goes before it. So there is no foreign key.';

CREATE TABLE price_index_clause (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    index_code text NOT NULL,
    base_month date NOT NULL,
    base_value numeric(18, 6) NOT NULL,
    adjust_month int NOT NULL,
    share_percent numeric(9, 6) NOT NULL DEFAULT 100,
    cap_percent numeric(9, 6),
    floor_percent numeric(9, 6),
    notice_days int NOT NULL DEFAULT 31,
    CONSTRAINT price_index_clause_pk PRIMARY KEY (tenant_id, recurring_invoice_number),
    CONSTRAINT price_index_clause_owner FOREIGN KEY (tenant_id, recurring_invoice_number)
        REFERENCES recurring_invoice,
    CONSTRAINT price_index_clause_base CHECK (
        base_value > 0 AND extract(day FROM base_month) = 1),
    CONSTRAINT price_index_clause_adjust_month CHECK (adjust_month BETWEEN 1 AND 12),
    CONSTRAINT price_index_clause_share CHECK (share_percent > 0 AND share_percent <= 100),
    CONSTRAINT price_index_clause_bounds CHECK (
        cap_percent >= 0 AND floor_percent > -100 AND floor_percent <= 100
        AND floor_percent <= cap_percent),
    CONSTRAINT price_index_clause_notice_days CHECK (notice_days BETWEEN 0 AND 366)
);
COMMENT ON TABLE price_index_clause IS 'By which index an agreement''s prices are adjusted, once a year. A value that is missing is the fault index_value_missing.';
COMMENT ON COLUMN price_index_clause.base_month IS 'The month of base_value; its calendar month is the one whose later values count.';
COMMENT ON COLUMN price_index_clause.notice_days IS 'A raise holds so many days after its notice at the earliest; 0 where no notice is due.';

CREATE TABLE price_notice (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    adjusts_on date NOT NULL,
    sent_on date,
    asked_at timestamptz,
    old_factor numeric(18, 6),
    new_factor numeric(18, 6),
    read_at timestamptz,
    CONSTRAINT price_notice_pk
        PRIMARY KEY (tenant_id, recurring_invoice_number, adjusts_on),
    CONSTRAINT price_notice_clause FOREIGN KEY (tenant_id, recurring_invoice_number)
        REFERENCES price_index_clause,
    CONSTRAINT price_notice_first CHECK (extract(day FROM adjusts_on) = 1),
    CONSTRAINT price_notice_asked CHECK (
        num_nulls(asked_at, old_factor, new_factor) IN (0, 3)
        AND (asked_at IS NOT NULL OR sent_on IS NOT NULL))
);
COMMENT ON TABLE price_notice IS 'Raises that a customer is told of: asked for by the programs, and sent by a person. One that is not sent is a to-do, and the old price stays.';
COMMENT ON COLUMN price_notice.adjusts_on IS 'The day that the raise holds from, if its notice is sent in time.';
CREATE INDEX price_notice_open ON price_notice (tenant_id) WHERE sent_on IS NULL;

CREATE VIEW awaited_price_notice WITH (security_invoker = true) AS
SELECT n.tenant_id, n.recurring_invoice_number, r.created_by AS user_key, c.name AS buyer_name,
    n.adjusts_on, n.adjusts_on - p.notice_days AS send_by, p.notice_days, n.old_factor,
    n.new_factor, n.asked_at, n.read_at
FROM price_notice AS n
JOIN price_index_clause AS p ON p.tenant_id = n.tenant_id
    AND p.recurring_invoice_number = n.recurring_invoice_number
JOIN recurring_invoice AS r ON r.tenant_id = n.tenant_id
    AND r.recurring_invoice_number = n.recurring_invoice_number
JOIN customer AS c ON c.tenant_id = r.tenant_id AND c.customer_number = r.customer_number
WHERE n.sent_on IS NULL AND p.notice_days > 0 AND NOT r.ended AND NOT EXISTS (
    -- The next year's adjustment takes the place of one that nobody gave notice of.
    SELECT FROM price_notice AS later
    WHERE later.tenant_id = n.tenant_id
        AND later.recurring_invoice_number = n.recurring_invoice_number
        AND later.adjusts_on > n.adjusts_on);
COMMENT ON VIEW awaited_price_notice IS 'The to-do list of raises: whose agreement awaits its notice, and when it must be sent for the new price to hold in time.';

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'exchange_rate', 'price_index_value', 'price_index_clause', 'price_notice'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY programs ON %I TO budstikke_job, budstikke_reader USING (true)', name);
        -- What is for all, a console sees beside its tenant's own; the other two have none such.
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I FOR SELECT TO budstikke_console USING (tenant_id IN '
                '(0, nullif(current_setting(''budstikke.tenant_id'', true), '''')::bigint))',
            name);
        EXECUTE format(
            'GRANT SELECT ON %I TO budstikke_job, budstikke_reader, budstikke_console', name);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %I TO budstikke_job', name);
    END LOOP;
END
$$;
GRANT SELECT ON awaited_price_notice TO budstikke_job, budstikke_reader, budstikke_console;
