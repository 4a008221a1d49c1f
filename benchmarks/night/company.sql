-- Ten companies with a tenth of the agreements each, three lines an agreement, a monthly period due.
-- Variables: agreements, anchor (a date), dispatched (true or false), first (the first tenant).
SET search_path = budstikke;
INSERT INTO tenant (tenant_id, name, organisation_number, street, postal_code, city, account_number)
SELECT t, 'Fjordlys ' || t || ' AS', '987654325', 'Strandgata 1', '5003', 'Bergen', '86011117947'
FROM generate_series(:first, :first + 9) AS t;
INSERT INTO app_user (tenant_id, user_key, name, email)
SELECT t, 'kari', 'Kari Nordmann', 'ok-kari@fjordlys.test' FROM generate_series(:first, :first + 9) AS t;
INSERT INTO vat_rate (tenant_id, vat_code, valid_from, category, rate)
SELECT t, '3', '2005-01-01', 'S', 25 FROM generate_series(:first, :first + 9) AS t;
INSERT INTO number_series (tenant_id, series, first_number, next_number)
SELECT t, 'invoice', 10001, 10001 FROM generate_series(:first, :first + 9) AS t;
INSERT INTO send_plan (tenant_id, plan_key, name)
SELECT t, 'epost', 'E-post' FROM generate_series(:first, :first + 9) AS t;
INSERT INTO send_plan_step (tenant_id, plan_key, position, channel)
SELECT t, 'epost', 1, 'email' FROM generate_series(:first, :first + 9) AS t;
INSERT INTO form_template (tenant_id, form_key, name)
SELECT t, 'standard', 'Standard' FROM generate_series(:first, :first + 9) AS t;
INSERT INTO form_setup (tenant_id, document_type, form_key)
SELECT t, 'invoice', 'standard' FROM generate_series(:first, :first + 9) AS t;
INSERT INTO customer (tenant_id, customer_number, name, email, street, postal_code, city)
SELECT :first + n % 10, n::text, 'Kunde ' || n || ' AS',
    CASE n % 100 WHEN 0 THEN 'unknown' WHEN 1 THEN 'full' ELSE 'ok' END || '-' || n || '@kunde.test',
    'Gata ' || n, '5003', 'Bergen'
FROM generate_series(1, :agreements) AS n;
INSERT INTO recurring_invoice (tenant_id, recurring_invoice_number, customer_number, created_by,
    plan_key, anchor_date, interval_unit, automatic_dispatch)
SELECT :first + n % 10, 'A-' || n, n::text, 'kari', 'epost', :'anchor', 'month', :dispatched
FROM generate_series(1, :agreements) AS n;
INSERT INTO recurring_invoice_line (tenant_id, recurring_invoice_number, line_number, description,
    quantity, unit_price, vat_code)
SELECT :first + n % 10, 'A-' || n, line, 'Abonnement ' || line || ', {{måned}} {{år}}', line, 99.50 + line, '3'
FROM generate_series(1, :agreements) AS n, generate_series(1, 3) AS line;
ANALYZE;
