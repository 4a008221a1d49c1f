-- What an operator decides about a tenant's dispatches: whether, when and how many go out.

CREATE TABLE tenant_control (
    tenant_id bigint NOT NULL,
    suspended_at timestamptz,
    suspended_by text,
    suspended_reason text,
    daily_limit int,
    quiet_from time,
    quiet_until time,
    rests_on_weekends boolean NOT NULL DEFAULT false,
    rests_on_holidays boolean NOT NULL DEFAULT false,
    rest_days date[] NOT NULL DEFAULT '{}',
    priority text NOT NULL DEFAULT 'normal',
    CONSTRAINT tenant_control_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_control_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT tenant_control_suspended CHECK (
        (suspended_at IS NULL) = (suspended_by IS NULL)
        AND (suspended_at IS NULL) = (suspended_reason IS NULL)),
    CONSTRAINT tenant_control_daily_limit CHECK (daily_limit BETWEEN 1 AND 100000000),
    CONSTRAINT tenant_control_quiet_hours CHECK (
        (quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until
        AND quiet_from < '24:00' AND quiet_until < '24:00'),
    CONSTRAINT tenant_control_rest_days CHECK (
        cardinality(rest_days) <= 1000 AND array_position(rest_days, NULL) IS NULL),
    CONSTRAINT tenant_control_priority CHECK (priority IN ('high', 'normal', 'low')),
    CONSTRAINT tenant_control_words_sound CHECK (
        char_length(suspended_by) <= 500 AND suspended_by !~ '[[:cntrl:]]'
        AND char_length(suspended_reason) <= 500 AND suspended_reason !~ '[[:cntrl:]]')
);
COMMENT ON TABLE tenant_control IS 'What is decided about a tenant''s dispatches; a tenant without a row is neither suspended nor limited. Written by budstikke tenant, or at any time by the host system.';
COMMENT ON COLUMN tenant_control.suspended_at IS 'Since when nothing of the tenant goes out: no invoice is made, no e-mail sent, no document handed over. What waits is kept.';
COMMENT ON COLUMN tenant_control.daily_limit IS 'The most e-mails sent on a day of the tenant''s time zone.';
COMMENT ON COLUMN tenant_control.quiet_from IS 'No e-mail is sent from this minute until quiet_until, by the tenant''s time zone; over midnight where it is the later.';
COMMENT ON COLUMN tenant_control.rests_on_holidays IS 'No e-mail is sent on Norway''s public holidays.';
COMMENT ON COLUMN tenant_control.rest_days IS 'Further days on which no e-mail is sent.';
COMMENT ON COLUMN tenant_control.priority IS 'Who goes first where several tenants have mail due: high before normal before low.';

CREATE TABLE tenant_day (
    tenant_id bigint NOT NULL,
    day date NOT NULL,
    sent int NOT NULL,
    CONSTRAINT tenant_day_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_day_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT tenant_day_sent CHECK (sent >= 0)
) WITH (fillfactor = 50);
COMMENT ON TABLE tenant_day IS 'How many e-mails a tenant with a daily limit has sent on its latest day; claims lock the row, so that machines together keep the limit.';

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tenant_control', 'tenant_day'] LOOP
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
