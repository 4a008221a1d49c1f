-- What the dunning run must know: a customer who never got the invoice must not be reminded of it.

CREATE VIEW dunning_hold WITH (security_invoker = true) AS
WITH sent AS (
    -- Every invoice that was to go out by itself: when it arrived first, and its newest dispatch.
    SELECT d.tenant_id, d.invoice_id,
        min(d.finalized_at) FILTER (WHERE d.delivery = 'delivered') AS received_at,
        (array_agg(d.state ORDER BY d.created_at DESC, d.dispatch_id))[1] AS state,
        (array_agg(d.delivery ORDER BY d.created_at DESC, d.dispatch_id))[1] AS delivery,
        (array_agg(d.message ORDER BY d.created_at DESC, d.dispatch_id))[1] AS message,
        (array_agg(d.reason ORDER BY d.created_at DESC, d.dispatch_id))[1] AS reason
    FROM dispatch AS d
    WHERE d.purpose = 'invoice' AND d.document_type = 'invoice' AND d.invoice_id IS NOT NULL
    GROUP BY d.tenant_id, d.invoice_id
), dated AS (
    SELECT s.*, i.number AS invoice_number, i.buyer_name, i.issue_date, i.due_date, i.currency,
        i.payable, i.due_date - i.issue_date AS days,
        (s.received_at AT TIME ZONE t.time_zone)::date AS received_on,
        (now() AT TIME ZONE t.time_zone)::date AS today
    FROM sent AS s
    JOIN invoice AS i ON i.tenant_id = s.tenant_id AND i.invoice_id = s.invoice_id
    JOIN tenant AS t ON t.tenant_id = s.tenant_id
    WHERE i.due_date IS NOT NULL
)
SELECT tenant_id, invoice_id, invoice_number, buyer_name, issue_date, due_date, currency, payable,
    CASE
        WHEN received_on IS NOT NULL THEN 'received_late'
        WHEN state = 'sent' AND delivery = 'unknown' THEN 'unknown'
        WHEN state = 'sent' THEN delivery
        ELSE state
    END AS why,
    message, received_on,
    greatest(due_date, coalesce(received_on, today) + days) AS suggested_due_date
FROM dated
WHERE CASE
    WHEN received_on IS NULL THEN state <> 'cancelled' OR reason IS DISTINCT FROM 'send_plan_empty'
    ELSE received_on > issue_date + 3 AND today <= received_on + days
END;
COMMENT ON VIEW dunning_hold IS 'Invoices that must not be reminded: not known to be received, or received so late that the customer has not had the whole time to pay. A deliberate stop by an empty send plan is no hold.';
COMMENT ON COLUMN dunning_hold.suggested_due_date IS 'The customer''s whole time to pay, counted from when the invoice arrived, or from today where it has not.';
GRANT SELECT ON dunning_hold TO budstikke_job, budstikke_reader, budstikke_console;
