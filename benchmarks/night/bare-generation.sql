-- Bare SQL: what it costs to write the same rows with nothing decided. A chunk, as one transaction.
-- Variables: chunk (how many agreements), dispatched (whether a queued dispatch is written too).
SET search_path = budstikke;
BEGIN;
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT r.*, gen_random_uuid() AS invoice_id, gen_random_uuid() AS dispatch_id,
    (SELECT next_number FROM number_series s WHERE s.tenant_id = r.tenant_id AND series = 'invoice')
        + row_number() OVER (PARTITION BY r.tenant_id ORDER BY recurring_invoice_number) - 1 AS serial,
    c.name AS buyer, c.email, c.street
FROM (SELECT tenant_id, recurring_invoice_number, customer_number, created_by, plan_key, next_date,
        next_period_number
    FROM recurring_invoice WHERE next_date <= current_date
    ORDER BY tenant_id, recurring_invoice_number LIMIT :chunk FOR UPDATE) AS r
JOIN customer AS c USING (tenant_id, customer_number);
INSERT INTO invoice (tenant_id, invoice_id, document_type, series, serial, number,
    recurring_invoice_number, period_number, period_date, customer_number, created_by, plan_key,
    recipient, buyer_name, issue_date, due_date, currency, payment_reference, line_total,
    tax_exclusive, vat_total, tax_inclusive, payable, content, created_at)
SELECT tenant_id, invoice_id, 'invoice', 'invoice', serial, serial::text, recurring_invoice_number,
    next_period_number, next_date, customer_number, created_by, plan_key, email, buyer, current_date,
    current_date + 14, 'NOK', lpad(serial::text, 8, '0'), 608, 608, 152, 760, 760,
    jsonb_build_object('buyer', jsonb_build_object('name', buyer, 'street', street, 'email', email),
        'seller', jsonb_build_object('name', 'Fjordlys AS', 'street', 'Strandgata 1',
            'organisation', '987654325', 'account', '86011117947'), 'notes', repeat('x', 300)), now()
FROM made;
INSERT INTO invoice_line (tenant_id, invoice_id, line_number, name, quantity, unit_price, net_amount,
    vat_category, vat_rate, content)
SELECT tenant_id, invoice_id, line_number, description, quantity, unit_price, quantity * unit_price,
    'S', 25, jsonb_build_object('name', description, 'quantity', quantity, 'price', unit_price)
FROM made JOIN recurring_invoice_line USING (tenant_id, recurring_invoice_number);
INSERT INTO invoice_vat (tenant_id, invoice_id, position, category, rate, taxable_amount, tax_amount)
SELECT tenant_id, invoice_id, 1, 'S', 25, 608, 152 FROM made;
\if :dispatched
INSERT INTO file_content (tenant_id, sha256, byte_count, content)
SELECT tenant_id, sha256(invoice_id::text::bytea), 27000, convert_to(rpad(invoice_id::text, 27000, 'x'), 'UTF8')
FROM made;
INSERT INTO document (tenant_id, invoice_id, kind, sha256, form_key, form_version, created_at)
SELECT tenant_id, invoice_id, 'pdf', sha256(invoice_id::text::bytea), 'standard', 1, now() FROM made;
INSERT INTO dispatch (tenant_id, dispatch_id, root_id, purpose, document_type, invoice_id, created_by,
    recipient, recipient_key, message_id, created_at, state)
SELECT tenant_id, dispatch_id, dispatch_id, 'invoice', 'invoice', invoice_id, created_by, email, email,
    dispatch_id || '@budstikke.test', now(), 'queued' FROM made;
INSERT INTO dispatch_message (tenant_id, dispatch_id, from_name, from_address, subject, body_text, body_html)
SELECT tenant_id, dispatch_id, 'Fjordlys AS', 'faktura@budstikke.test', 'Faktura ' || serial,
    repeat('x', 500), repeat('x', 4000) FROM made;
INSERT INTO dispatch_attachment (tenant_id, dispatch_id, position, file_name, content_type, sha256)
SELECT tenant_id, dispatch_id, 1, 'faktura.pdf', 'application/pdf', sha256(invoice_id::text::bytea) FROM made;
INSERT INTO ongoing_dispatch (tenant_id, invoice_id, recipient_key, dispatch_id, since)
SELECT tenant_id, invoice_id, email, dispatch_id, now() FROM made;
INSERT INTO dispatch_queue (tenant_id, dispatch_id, run_at) SELECT tenant_id, dispatch_id, now() FROM made;
\endif
UPDATE recurring_invoice AS r SET next_period_number = r.next_period_number + 1,
    invoiced_through = (r.next_date + interval '1 month')::date - 1
FROM made WHERE r.tenant_id = made.tenant_id
    AND r.recurring_invoice_number = made.recurring_invoice_number;
UPDATE number_series AS s SET next_number = m.last + 1
FROM (SELECT tenant_id, max(serial) AS last FROM made GROUP BY tenant_id) AS m
WHERE s.tenant_id = m.tenant_id AND s.series = 'invoice';
COMMIT;
