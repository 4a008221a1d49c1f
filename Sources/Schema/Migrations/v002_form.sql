-- How documents look, and by which channels they go.

CREATE TABLE form_template (
    tenant_id bigint NOT NULL,
    form_key text NOT NULL,
    name text NOT NULL,
    document_type text NOT NULL DEFAULT 'invoice',
    language text NOT NULL DEFAULT 'nb',
    version int NOT NULL DEFAULT 1,
    accent_colour text NOT NULL DEFAULT '#1f3a5f',
    logo bytea,
    introduction text,
    footer text,
    email_subject text,
    email_text text,
    CONSTRAINT form_template_pk PRIMARY KEY (tenant_id, form_key),
    CONSTRAINT form_template_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT form_template_document_type CHECK (document_type IN ('invoice', 'credit_note')),
    CONSTRAINT form_template_language CHECK (language IN ('nb', 'nn', 'en')),
    CONSTRAINT form_template_colour CHECK (accent_colour ~ '^#[0-9a-fA-F]{6}$')
);
COMMENT ON TABLE form_template IS 'Blankett: how a document looks and reads. The version is raised by whoever changes it.';

CREATE TABLE form_setup (
    tenant_id bigint NOT NULL,
    document_type text NOT NULL,
    form_key text NOT NULL,
    CONSTRAINT form_setup_pk PRIMARY KEY (tenant_id, document_type),
    CONSTRAINT form_setup_form FOREIGN KEY (tenant_id, form_key) REFERENCES form_template,
    CONSTRAINT form_setup_document_type CHECK (document_type IN ('invoice', 'credit_note'))
);
COMMENT ON TABLE form_setup IS 'Blankettoppsett: which form a document type uses. No row is the fault form_template_missing.';

CREATE TABLE send_plan (
    tenant_id bigint NOT NULL,
    plan_key text NOT NULL,
    name text NOT NULL,
    CONSTRAINT send_plan_pk PRIMARY KEY (tenant_id, plan_key),
    CONSTRAINT send_plan_tenant FOREIGN KEY (tenant_id) REFERENCES tenant
);
COMMENT ON TABLE send_plan IS 'Utsendelsesplan: ordered channels with fallback. A plan without steps is a deliberate stop.';

CREATE TABLE send_plan_step (
    tenant_id bigint NOT NULL,
    plan_key text NOT NULL,
    position int NOT NULL,
    channel text NOT NULL,
    retry_delays int[] NOT NULL DEFAULT '{14400,86400}',
    CONSTRAINT send_plan_step_pk PRIMARY KEY (tenant_id, plan_key, position),
    CONSTRAINT send_plan_step_plan FOREIGN KEY (tenant_id, plan_key) REFERENCES send_plan,
    CONSTRAINT send_plan_step_channel CHECK (channel IN ('email', 'ehf', 'print')),
    CONSTRAINT send_plan_step_delays CHECK (
        cardinality(retry_delays) <= 10 AND 0 < ALL (retry_delays))
);
COMMENT ON TABLE send_plan_step IS 'One channel of a send plan, with its retries.';
COMMENT ON COLUMN send_plan_step.retry_delays IS 'Seconds from a soft bounce to the next try, one for each try; default 4 hours and 24 hours.';
