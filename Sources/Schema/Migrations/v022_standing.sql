-- Where an agreement stands is reckoned from its row; how it is billed; what a person decides.

CREATE FUNCTION period_end(day date, anchor date, unit text, count int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    WITH step AS (
        SELECT CASE unit WHEN 'day' THEN count WHEN 'week' THEN 7 * count END AS days,
            CASE unit WHEN 'month' THEN count WHEN 'quarter' THEN 3 * count
                WHEN 'year' THEN 12 * count END AS months
        WHERE count BETWEEN 1 AND 1000
            AND day BETWEEN date '0001-01-01' AND date '9999-12-31'
            AND anchor BETWEEN date '0001-01-01' AND date '9999-12-31'
    ), begun AS (
        SELECT days, months, floor(CASE WHEN days IS NOT NULL THEN (day - anchor)::numeric / days
            ELSE (12 * (extract(year FROM day) - extract(year FROM anchor))
                + extract(month FROM day) - extract(month FROM anchor)) / months END)::int AS periods
        FROM step
    )
    SELECT least(date '9999-12-31', CASE
        WHEN days IS NOT NULL THEN anchor + (periods + 1) * days
        -- Within the month that a period begins in, the days before its date are the last one's.
        WHEN anchor + make_interval(months => periods * months) > day
            THEN (anchor + make_interval(months => periods * months))::date
        ELSE (anchor + make_interval(months => (periods + 1) * months))::date END - 1)
    FROM begun);
COMMENT ON FUNCTION period_end IS 'The last day of the period that a day lies in, by the calendar; the anchor''s periods go on in both directions. Null for what no agreement has.';

ALTER TABLE recurring_invoice
    ADD COLUMN billed text NOT NULL DEFAULT 'advance',
    ADD COLUMN arrears_days int NOT NULL DEFAULT 0,
    ADD COLUMN skip_before date,
    ADD COLUMN catch_up_through date,
    ADD COLUMN invoiced_through date,
    ADD COLUMN looked_at timestamptz,
    ADD CONSTRAINT recurring_invoice_billed CHECK (
        billed IN ('advance', 'arrears') AND arrears_days BETWEEN 0 AND 366
        AND (billed = 'arrears' OR arrears_days = 0)
        AND (billed = 'advance' OR preparation_days = 0)),
    ADD CONSTRAINT recurring_invoice_decision CHECK (
        skip_before BETWEEN '1900-01-01' AND '9999-12-31'
        AND catch_up_through BETWEEN '1900-01-01' AND '9999-12-31'),
    ADD CONSTRAINT recurring_invoice_through CHECK (
        invoiced_through BETWEEN '1900-01-01' AND '9999-12-31');

-- What was made until now: a row that goes on says it by its next date. One that had ended says it
-- by its number, and by its end where that broke its last period.
UPDATE recurring_invoice
SET invoiced_through = CASE WHEN isfinite(next_date)
    THEN least('9999-12-31', greatest('1900-01-01', next_date - 1))
    -- No agreement has so many: a row that was written by mistake is not to be made anew.
    WHEN next_date IS NOT NULL OR (next_period_number - 1)::bigint * interval_count > 90000
        THEN date '9999-12-31'
    ELSE least('9999-12-31', CASE WHEN last_period = 'days' THEN end_date END,
        CASE interval_unit
            WHEN 'day' THEN anchor_date + (next_period_number - 1) * interval_count
            WHEN 'week' THEN anchor_date + (next_period_number - 1) * interval_count * 7
            ELSE (anchor_date + make_interval(
                months => (next_period_number - 1) * interval_count * CASE interval_unit
                    WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 ELSE 12 END))::date END - 1) END
WHERE next_period_number > 1;

DROP VIEW awaited_price_notice;
ALTER TABLE recurring_invoice
    DROP CONSTRAINT recurring_invoice_goes_on,
    DROP COLUMN prepare_on,
    DROP COLUMN ended,
    DROP COLUMN next_date;
ALTER TABLE recurring_invoice
    ADD COLUMN next_date date GENERATED ALWAYS AS (
        coalesce(invoiced_through + 1, start_date, anchor_date)) STORED,
    ADD COLUMN ended boolean GENERATED ALWAYS AS (
        coalesce(coalesce(invoiced_through + 1, start_date, anchor_date) > end_date, false)
        OR coalesce(next_period_number > count_max, false)) STORED,
    ADD COLUMN prepare_on date GENERATED ALWAYS AS (CASE
        WHEN coalesce(invoiced_through + 1, start_date, anchor_date) > end_date
            OR next_period_number > count_max THEN NULL
        WHEN billed = 'arrears' THEN arrears_days + 1 + least(
            CASE WHEN last_period = 'days' THEN end_date END,
            period_end(coalesce(invoiced_through + 1, start_date, anchor_date), anchor_date,
                interval_unit, interval_count))
        ELSE coalesce(invoiced_through + 1, start_date, anchor_date) - preparation_days END) STORED;
CREATE INDEX recurring_invoice_due ON recurring_invoice (tenant_id, prepare_on, recurring_invoice_number)
    WHERE prepare_on IS NOT NULL;

COMMENT ON TABLE recurring_invoice IS 'Repeterende faktura: an agreement that becomes an invoice each period. next_date, ended and prepare_on are reckoned from the rest, so that a row that is changed does what it says from the next night on.';
COMMENT ON COLUMN recurring_invoice.anchor_date IS 'A day that a period begins on, and period 1 does: the others on anchor + n intervals, never on the last date + an interval, so that month ends clamp without drift. A change of it or of the interval holds from the day after invoiced_through; what is left until the new periods begin is a period of its own, charged by its days.';
COMMENT ON COLUMN recurring_invoice.billed IS 'advance: before the period, preparation_days before it begins. arrears: on the day after it, or arrears_days later.';
COMMENT ON COLUMN recurring_invoice.skip_before IS 'A person''s decision: periods that begin before this day and are not made are passed over for good.';
COMMENT ON COLUMN recurring_invoice.catch_up_through IS 'A person''s decision: missed periods that begin by this day are invoiced, each of them and however many, at most tenant.catch_up_max a run.';
COMMENT ON COLUMN recurring_invoice.invoiced_through IS 'The last day that is invoiced or passed over; null where nothing is. An agreement that comes from another system states what was invoiced there.';
COMMENT ON COLUMN recurring_invoice.next_period_number IS 'Of the period that begins on next_date. Periods are numbered from 1 without a gap; written by the programs.';
COMMENT ON COLUMN recurring_invoice.next_date IS 'The first day of the next period.';
COMMENT ON COLUMN recurring_invoice.ended IS 'Whether no period is left, by end_date and count_max as they are now.';
COMMENT ON COLUMN recurring_invoice.prepare_on IS 'The first day, by the tenant''s calendar, on which the next period becomes an invoice; null where none is left.';
COMMENT ON COLUMN recurring_invoice.looked_at IS 'When generate-invoices last dealt with it while it was due: a limited run begins with those of longest ago.';
COMMENT ON COLUMN todo.closed_by IS 'A user''s key, `delivered`, `provider` (a delay that is over) or `passed_over` (a period that is never invoiced).';
COMMENT ON TABLE vat_rate IS 'VAT rates by the day that they hold from. The rate is that of the delivery (merverdiavgiftsloven § 22-1): a period over a change of rate is split by days.';

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
WHERE n.sent_on IS NULL AND n.dismissed_at IS NULL AND p.notice_days > 0 AND NOT r.ended
    AND NOT EXISTS (
        -- The next year's adjustment takes the place of one that nobody gave notice of.
        SELECT FROM price_notice AS later
        WHERE later.tenant_id = n.tenant_id
            AND later.recurring_invoice_number = n.recurring_invoice_number
            AND later.adjusts_on > n.adjusts_on);
COMMENT ON VIEW awaited_price_notice IS 'The to-do list of raises: whose agreement awaits its notice, and when it must be sent for the new price to hold in time.';
GRANT SELECT ON awaited_price_notice TO budstikke_job, budstikke_reader, budstikke_console;
