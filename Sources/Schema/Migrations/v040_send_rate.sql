-- How fast is sent, kept by all machines together: a bucket that fills by the second.

CREATE TABLE send_rate (
    tenant_id bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    domain text NOT NULL,
    tokens double precision NOT NULL,
    filled_at timestamptz NOT NULL,
    CONSTRAINT send_rate_pk PRIMARY KEY (tenant_id, provider, domain),
    CONSTRAINT send_rate_installation CHECK (tenant_id = 0),
    CONSTRAINT send_rate_tokens CHECK (tokens >= 0 AND tokens < 1000000)
) WITH (fillfactor = 50);
COMMENT ON TABLE send_rate IS 'How many messages may be sent at once by the provider''s account (an empty domain) or to a domain of recipients; claims lock the row, so that machines together keep the rate.';

GRANT SELECT ON send_rate TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, UPDATE ON send_rate TO budstikke_job;
ALTER TABLE send_rate ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON send_rate TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON send_rate FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);
