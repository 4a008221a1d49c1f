-- EHF: with the e-mail where the send plan says so, or by itself through an outbox.

ALTER TABLE send_plan_step
    ADD COLUMN attach_ehf boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT send_plan_step_attached CHECK (channel = 'email' OR NOT attach_ehf);
COMMENT ON COLUMN send_plan_step.attach_ehf IS 'Whether the e-mail has the document as EHF with it, beside the PDF.';

CREATE TABLE ehf_outbox (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    put_at timestamptz NOT NULL,
    CONSTRAINT ehf_outbox_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT ehf_outbox_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE ehf_outbox IS 'Dispatches by EHF that wait for the access point; the row goes when the document is taken. The document is the dispatch''s only attachment, its receiver the dispatch''s recipient as scheme:number.';
CREATE INDEX ehf_outbox_oldest ON ehf_outbox (put_at);

GRANT SELECT ON ehf_outbox TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, UPDATE, DELETE ON ehf_outbox TO budstikke_job;
ALTER TABLE ehf_outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON ehf_outbox TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON ehf_outbox FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);
