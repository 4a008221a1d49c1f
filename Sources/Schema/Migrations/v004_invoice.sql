-- Invoices: numbered, immutable; every amount and date a document shows.

CREATE TABLE invoice (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    document_type text NOT NULL,
    series text NOT NULL,
    serial bigint,
    number text NOT NULL,
    recurring_invoice_number text,
    period_number int,
    period_date date,
    customer_number text,
    created_by text NOT NULL,
    plan_key text,
    recipient text,
    buyer_name text NOT NULL,
    issue_date date NOT NULL,
    due_date date,
    currency text NOT NULL,
    payment_reference text,
    line_total numeric(18, 2) NOT NULL,
    allowance_total numeric(18, 2) NOT NULL DEFAULT 0,
    charge_total numeric(18, 2) NOT NULL DEFAULT 0,
    tax_exclusive numeric(18, 2) NOT NULL,
    vat_total numeric(18, 2) NOT NULL,
    tax_inclusive numeric(18, 2) NOT NULL,
    prepaid numeric(18, 2) NOT NULL DEFAULT 0,
    rounding numeric(18, 2) NOT NULL DEFAULT 0,
    payable numeric(18, 2) NOT NULL,
    content jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT invoice_pk PRIMARY KEY (tenant_id, invoice_id),
    CONSTRAINT invoice_number_once UNIQUE (tenant_id, series, document_type, number),
    CONSTRAINT invoice_serial_once UNIQUE (tenant_id, series, serial),
    CONSTRAINT invoice_period_once UNIQUE (tenant_id, recurring_invoice_number, period_number),
    CONSTRAINT invoice_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT invoice_recurring FOREIGN KEY (tenant_id, recurring_invoice_number)
        REFERENCES recurring_invoice,
    CONSTRAINT invoice_user FOREIGN KEY (tenant_id, created_by) REFERENCES app_user,
    CONSTRAINT invoice_document_type CHECK (document_type IN ('invoice', 'credit_note')),
    CONSTRAINT invoice_period_whole CHECK (
        num_nulls(recurring_invoice_number, period_number, period_date) IN (0, 3)),
    CONSTRAINT invoice_sum_exclusive CHECK (
        tax_exclusive = line_total - allowance_total + charge_total),
    CONSTRAINT invoice_sum_inclusive CHECK (tax_inclusive = tax_exclusive + vat_total),
    CONSTRAINT invoice_sum_payable CHECK (payable = tax_inclusive - prepaid + rounding)
);
COMMENT ON TABLE invoice IS 'A numbered invoice or credit note. Never changed and never deleted: corrections are credit notes.';
COMMENT ON COLUMN invoice.series IS 'The number series of what Budstikke makes; for what is imported `import:` and the seller, whose numbers they are.';
COMMENT ON COLUMN invoice.serial IS 'The machine-assigned number, for proving that none is missing; null on imported invoices.';
COMMENT ON CONSTRAINT invoice_period_once ON invoice IS 'One invoice per agreement and period, for ever.';
COMMENT ON COLUMN invoice.content IS 'The whole invoice but its lines, as it stood when it was made: parties, references, notes, payment, VAT.';

CREATE TABLE invoice_line (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    line_number int NOT NULL,
    name text NOT NULL,
    quantity numeric(18, 6) NOT NULL,
    unit_price numeric(18, 6) NOT NULL,
    net_amount numeric(18, 2) NOT NULL,
    vat_category text NOT NULL,
    vat_rate numeric(9, 6),
    content jsonb NOT NULL,
    CONSTRAINT invoice_line_pk PRIMARY KEY (tenant_id, invoice_id, line_number),
    CONSTRAINT invoice_line_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
);
COMMENT ON TABLE invoice_line IS 'The lines of invoices, in their order.';
COMMENT ON COLUMN invoice_line.content IS 'The whole line; the columns beside it are what sums and reports ask for.';

CREATE TABLE invoice_vat (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    position int NOT NULL,
    category text NOT NULL,
    rate numeric(9, 6),
    taxable_amount numeric(18, 2) NOT NULL,
    tax_amount numeric(18, 2) NOT NULL,
    CONSTRAINT invoice_vat_pk PRIMARY KEY (tenant_id, invoice_id, position),
    CONSTRAINT invoice_vat_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
);
COMMENT ON TABLE invoice_vat IS 'VAT per category and rate.';

CREATE TABLE invoice_attachment (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    position int NOT NULL,
    file_name text NOT NULL,
    content_type text NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT invoice_attachment_pk PRIMARY KEY (tenant_id, invoice_id, position),
    CONSTRAINT invoice_attachment_invoice FOREIGN KEY (tenant_id, invoice_id)
        REFERENCES invoice,
    CONSTRAINT invoice_attachment_content FOREIGN KEY (tenant_id, sha256)
        REFERENCES file_content
);
COMMENT ON TABLE invoice_attachment IS 'Files that go with one invoice, imported with it or fixed from its agreement when it was made.';

CREATE TABLE document (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    kind text NOT NULL,
    sha256 bytea NOT NULL,
    form_key text NOT NULL,
    form_version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT document_pk PRIMARY KEY (tenant_id, invoice_id, kind),
    CONSTRAINT document_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice,
    CONSTRAINT document_content FOREIGN KEY (tenant_id, sha256) REFERENCES file_content,
    CONSTRAINT document_kind CHECK (kind IN ('pdf', 'ehf'))
);
COMMENT ON TABLE document IS 'What an invoice was drawn as, and by which version of which form: a resend sends these bytes.';
