-- What a tenant's nights usually come to, so that one far above them stops and asks.

CREATE TABLE generated_day (
    tenant_id bigint NOT NULL,
    day date NOT NULL,
    invoices int NOT NULL,
    CONSTRAINT generated_day_pk PRIMARY KEY (tenant_id, day),
    CONSTRAINT generated_day_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT generated_day_invoices CHECK (invoices >= 0)
);
COMMENT ON TABLE generated_day IS 'How many invoices generate-invoices made or took over of a tenant on a day of its calendar.';

CREATE TABLE awaited_approval (
    tenant_id bigint NOT NULL,
    asked_at timestamptz NOT NULL,
    due int NOT NULL,
    usual int NOT NULL,
    CONSTRAINT awaited_approval_pk PRIMARY KEY (tenant_id),
    CONSTRAINT awaited_approval_tenant FOREIGN KEY (tenant_id) REFERENCES tenant
);
COMMENT ON TABLE awaited_approval IS 'Tenants of which far more is due than they ever had: nothing is made until a person approves it (generate-invoices --approve).';
COMMENT ON COLUMN awaited_approval.usual IS 'The most that a day of the last thirteen months came to.';

INSERT INTO generated_day (tenant_id, day, invoices)
SELECT i.tenant_id, (i.created_at AT TIME ZONE t.time_zone)::date, count(*)
FROM invoice AS i JOIN tenant AS t ON t.tenant_id = i.tenant_id
WHERE i.created_at > now() - interval '13 months'
GROUP BY 1, 2;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['generated_day', 'awaited_approval'] LOOP
        EXECUTE format(
            'GRANT SELECT ON %I TO budstikke_job, budstikke_reader, budstikke_console', name);
        EXECUTE format('GRANT INSERT, UPDATE ON %I TO budstikke_job', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY programs ON %I TO budstikke_job, budstikke_reader USING (true)', name);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I FOR SELECT TO budstikke_console USING '
            '(tenant_id = nullif(current_setting(''budstikke.tenant_id'', true), '''')::bigint)',
            name);
    END LOOP;
END $$;
GRANT DELETE ON awaited_approval TO budstikke_job;
