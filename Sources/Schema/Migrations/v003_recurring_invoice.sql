-- The agreements that become invoices, and the files that go with them.

CREATE TABLE recurring_invoice (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    customer_number text NOT NULL,
    created_by text NOT NULL,
    plan_key text,
    anchor_date date NOT NULL,
    interval_unit text NOT NULL,
    interval_count int NOT NULL DEFAULT 1,
    preparation_days int NOT NULL DEFAULT 0,
    end_date date,
    count_max int,
    paused_from date,
    paused_until date,
    catch_up_policy text,
    price_factor numeric(18, 6) NOT NULL DEFAULT 1,
    due_days int,
    our_reference text,
    your_reference text,
    purchase_order text,
    introduction text,
    automatic_dispatch boolean NOT NULL DEFAULT true,
    next_period_number int NOT NULL DEFAULT 1,
    next_date date,
    prepare_on date GENERATED ALWAYS AS (next_date - preparation_days) STORED,
    ended boolean NOT NULL DEFAULT false,
    CONSTRAINT recurring_invoice_pk PRIMARY KEY (tenant_id, recurring_invoice_number),
    CONSTRAINT recurring_invoice_customer FOREIGN KEY (tenant_id, customer_number)
        REFERENCES customer,
    CONSTRAINT recurring_invoice_user FOREIGN KEY (tenant_id, created_by) REFERENCES app_user,
    CONSTRAINT recurring_invoice_plan FOREIGN KEY (tenant_id, plan_key) REFERENCES send_plan,
    CONSTRAINT recurring_invoice_interval CHECK (
        interval_unit IN ('day', 'week', 'month', 'quarter', 'year')
        AND interval_count BETWEEN 1 AND 1000),
    CONSTRAINT recurring_invoice_preparation CHECK (preparation_days BETWEEN 0 AND 366),
    CONSTRAINT recurring_invoice_end CHECK (end_date IS NULL OR end_date >= anchor_date),
    CONSTRAINT recurring_invoice_count CHECK (count_max IS NULL OR count_max >= 1),
    CONSTRAINT recurring_invoice_pause CHECK (
        (paused_from IS NOT NULL OR paused_until IS NULL)
        AND (paused_until IS NULL OR paused_until >= paused_from)),
    CONSTRAINT recurring_invoice_catch_up CHECK (catch_up_policy IN ('each', 'latest', 'ask')),
    CONSTRAINT recurring_invoice_factor CHECK (price_factor > 0),
    CONSTRAINT recurring_invoice_due_days CHECK (due_days BETWEEN 0 AND 365),
    CONSTRAINT recurring_invoice_period CHECK (next_period_number >= 1),
    CONSTRAINT recurring_invoice_goes_on CHECK (ended = (next_date IS NULL))
) WITH (fillfactor = 85);
COMMENT ON TABLE recurring_invoice IS 'Repeterende faktura: an agreement that becomes an invoice each period. A new row states next_date = anchor_date, next_period_number = 1.';
COMMENT ON COLUMN recurring_invoice.anchor_date IS 'Period n falls on anchor + (n - 1) intervals, never on the last date + an interval: month ends clamp without drift.';
COMMENT ON COLUMN recurring_invoice.plan_key IS 'No plan is the fault send_plan_missing.';
COMMENT ON COLUMN recurring_invoice.prepare_on IS 'The first day, by the tenant''s calendar, on which the next period becomes an invoice.';
CREATE INDEX recurring_invoice_due ON recurring_invoice (tenant_id, prepare_on, recurring_invoice_number)
    WHERE prepare_on IS NOT NULL;

CREATE TABLE recurring_invoice_line (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    line_number int NOT NULL,
    description text NOT NULL,
    quantity numeric(18, 6) NOT NULL DEFAULT 1,
    unit text NOT NULL DEFAULT 'EA',
    unit_price numeric(18, 6) NOT NULL,
    discount_percent numeric(9, 6) NOT NULL DEFAULT 0,
    vat_code text NOT NULL,
    CONSTRAINT recurring_invoice_line_pk
        PRIMARY KEY (tenant_id, recurring_invoice_number, line_number),
    CONSTRAINT recurring_invoice_line_owner
        FOREIGN KEY (tenant_id, recurring_invoice_number) REFERENCES recurring_invoice,
    CONSTRAINT recurring_invoice_line_discount CHECK (discount_percent BETWEEN 0 AND 100)
);
COMMENT ON TABLE recurring_invoice_line IS 'What an agreement invoices each period; texts may have period variables.';
COMMENT ON COLUMN recurring_invoice_line.vat_code IS 'A code with no rate on the day is the fault vat_rate_unknown; so there is no foreign key.';

CREATE TABLE file_content (
    tenant_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    byte_count int NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT file_content_pk PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT file_content_hash CHECK (octet_length(sha256) = 32),
    CONSTRAINT file_content_size CHECK (byte_count = octet_length(content))
);
ALTER TABLE file_content ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE file_content IS 'The bytes of documents and attachments, once per tenant, by what they are. Not compressed: PDF already is.';

CREATE TABLE recurring_invoice_attachment (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    position int NOT NULL,
    file_name text NOT NULL,
    content_type text NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT recurring_invoice_attachment_pk
        PRIMARY KEY (tenant_id, recurring_invoice_number, position),
    CONSTRAINT recurring_invoice_attachment_owner
        FOREIGN KEY (tenant_id, recurring_invoice_number) REFERENCES recurring_invoice,
    CONSTRAINT recurring_invoice_attachment_content
        FOREIGN KEY (tenant_id, sha256) REFERENCES file_content
);
COMMENT ON TABLE recurring_invoice_attachment IS 'Files that go with every invoice of an agreement.';
