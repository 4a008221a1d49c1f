-- Each tenant's night comes by its own clock: the timer runs every hour, and takes each tenant once a day.

CREATE TABLE tenant_night (
    tenant_id bigint NOT NULL,
    finished_on date NOT NULL,
    CONSTRAINT tenant_night_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_night_tenant FOREIGN KEY (tenant_id) REFERENCES tenant
) WITH (fillfactor = 50);
COMMENT ON TABLE tenant_night IS 'The last day, by the tenant''s calendar, that generate-invoices --nightly has finished for it.';

GRANT SELECT ON tenant_night TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, UPDATE ON tenant_night TO budstikke_job;
ALTER TABLE tenant_night ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON tenant_night TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON tenant_night FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);
