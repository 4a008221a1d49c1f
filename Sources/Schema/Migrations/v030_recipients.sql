-- A customer may have others beside it who get its invoices: an accountant, a project leader. Each
-- copy is a dispatch of its own; what an invoice came to is what became of its main dispatch.

ALTER TABLE customer
    ADD COLUMN copies text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT customer_copies_sound CHECK (
        CASE WHEN cardinality(copies) = 0 THEN true
        WHEN array_ndims(copies) = 1 AND array_lower(copies, 1) = 1 AND cardinality(copies) <= 100
        THEN array_position(copies, NULL) IS NULL
            AND char_length(array_to_string(copies, '')) <= 10000
            AND array_to_string(copies, '') !~ '[[:cntrl:]]'
        ELSE false END);
COMMENT ON COLUMN customer.email IS 'The main recipient: one address. Others get copies.';
COMMENT ON COLUMN customer.copies IS 'Addresses that get a copy of each invoice, beside those in customer_recipient.';

CREATE TABLE customer_recipient (
    tenant_id bigint NOT NULL,
    customer_number text NOT NULL,
    email text NOT NULL,
    name text,
    CONSTRAINT customer_recipient_pk PRIMARY KEY (tenant_id, customer_number, email),
    CONSTRAINT customer_recipient_customer FOREIGN KEY (tenant_id, customer_number)
        REFERENCES customer,
    CONSTRAINT customer_recipient_email_sound CHECK (
        email <> '' AND char_length(email) <= 500 AND email !~ '[[:cntrl:]]'),
    CONSTRAINT customer_recipient_name_sound CHECK (
        char_length(name) <= 500 AND name !~ '[[:cntrl:]]')
);
COMMENT ON TABLE customer_recipient IS 'Who gets a copy of each of the customer''s invoices, by name; a row may be written and deleted at any time.';

GRANT SELECT ON customer_recipient TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, UPDATE, DELETE ON customer_recipient TO budstikke_job;
ALTER TABLE customer_recipient ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON customer_recipient TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON customer_recipient FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);

ALTER TABLE dispatch
    ADD COLUMN role text NOT NULL DEFAULT 'main',
    ADD CONSTRAINT dispatch_role CHECK (role IN ('main', 'copy'));
COMMENT ON COLUMN dispatch.role IS 'Whether it goes to the main recipient or is a copy. A copy holds up nothing, and says nothing of whether the invoice was received.';

CREATE OR REPLACE VIEW dispatch_list WITH (security_invoker = true) AS
SELECT
    d.tenant_id, d.dispatch_id, d.root_id, d.resend_of, d.purpose, d.document_type,
    d.invoice_id, d.recurring_invoice_number, d.period_number, d.created_by, d.recipient,
    d.created_at, d.state, d.delivery, d.message, d.reason, d.attempt, d.sent_at,
    d.finalized_at, i.number AS invoice_number, i.buyer_name, i.issue_date, i.due_date,
    i.currency, i.payable,
    dispatch_status(d.state, d.delivery, d.accepted_count) AS status,
    d.deferrals, d.deferred_since, d.channel, d.role
FROM dispatch AS d
LEFT JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id;

CREATE OR REPLACE VIEW dunning_hold WITH (security_invoker = true) AS
WITH sent AS (
    -- Every invoice that was to go out by itself: when it arrived first at its main recipient, and
    -- its newest dispatch to that.
    SELECT d.tenant_id, d.invoice_id,
        min(d.finalized_at) FILTER (WHERE d.delivery = 'delivered') AS received_at,
        (array_agg(d.state ORDER BY d.created_at DESC, d.dispatch_id))[1] AS state,
        (array_agg(d.delivery ORDER BY d.created_at DESC, d.dispatch_id))[1] AS delivery,
        (array_agg(d.message ORDER BY d.created_at DESC, d.dispatch_id))[1] AS message,
        (array_agg(d.reason ORDER BY d.created_at DESC, d.dispatch_id))[1] AS reason
    FROM dispatch AS d
    WHERE d.purpose = 'invoice' AND d.document_type = 'invoice' AND d.invoice_id IS NOT NULL
        AND d.role = 'main'
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
COMMENT ON VIEW dunning_hold IS 'Invoices that must not be reminded: not known to be received by their main recipient, or received so late that the customer has not had the whole time to pay. A deliberate stop by an empty send plan is no hold.';
