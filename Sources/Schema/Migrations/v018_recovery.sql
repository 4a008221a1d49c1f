-- A database that went back in time: how it is known, and what is done about it.

CREATE TABLE database_identity (
    tenant_id bigint NOT NULL DEFAULT 0,
    identity uuid NOT NULL,
    system_identifier bigint,
    database_oid bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT database_identity_pk PRIMARY KEY (tenant_id),
    CONSTRAINT database_identity_single CHECK (tenant_id = 0)
);
COMMENT ON TABLE database_identity IS 'What this database is known by, and where it stood when that was written: a copy that stands elsewhere may not send. Written by the first program that sends or makes dispatches, and anew by `budstikke recover`.';
COMMENT ON COLUMN database_identity.system_identifier IS 'Of the cluster, as pg_control_system() has it; null where the server does not let it be read.';
COMMENT ON COLUMN database_identity.database_oid IS 'Of this database in pg_database: another when it was dropped and made again.';

CREATE TABLE sender_mark (
    tenant_id bigint NOT NULL DEFAULT 0,
    state_id uuid NOT NULL,
    counter bigint NOT NULL,
    marked_at timestamptz NOT NULL,
    CONSTRAINT sender_mark_pk PRIMARY KEY (tenant_id, state_id),
    CONSTRAINT sender_mark_single CHECK (tenant_id = 0)
) WITH (fillfactor = 50);
COMMENT ON TABLE sender_mark IS 'A mark for each state directory, raised in the transaction of each claim and then written beside the database: where the file is ahead, the database went back in time.';
COMMENT ON COLUMN sender_mark.counter IS 'Raised above all marks of all machines (a Lamport clock), so that the highest tells how far the database has come.';

CREATE TABLE recovery (
    tenant_id bigint NOT NULL DEFAULT 0,
    recovery_id uuid NOT NULL,
    recovered_at timestamptz NOT NULL,
    lost_since timestamptz NOT NULL,
    lost_until timestamptz NOT NULL,
    CONSTRAINT recovery_pk PRIMARY KEY (tenant_id, recovery_id),
    CONSTRAINT recovery_single CHECK (tenant_id = 0),
    CONSTRAINT recovery_order CHECK (lost_since <= lost_until)
);
COMMENT ON TABLE recovery IS 'Each time that the database was told to go on after it went back. What was done between lost_since and lost_until is not in it.';
COMMENT ON COLUMN recovery.recovered_at IS 'By the clock of the run; what is dated until then may have been sent before.';
COMMENT ON COLUMN recovery.lost_until IS 'By the database''s clock, as lost_since.';

ALTER TABLE dispatch_lease
    ADD COLUMN attempted_until timestamptz,
    ADD COLUMN in_doubt_policy text,
    ADD CONSTRAINT dispatch_lease_in_doubt_policy CHECK (in_doubt_policy IN ('park', 'resend'));
COMMENT ON COLUMN dispatch_lease.attempted_until IS 'Where nobody knows when it was attempted: after claimed_at and before this. Null: when it was claimed.';
COMMENT ON COLUMN dispatch_lease.in_doubt_policy IS 'Goes before the tenant''s, which is for a lost answer and not for a lost day.';

GRANT SELECT ON database_identity, sender_mark, recovery
    TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, UPDATE ON database_identity TO budstikke_job;
GRANT INSERT, UPDATE, DELETE ON sender_mark TO budstikke_job;
GRANT INSERT ON recovery TO budstikke_job;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['database_identity', 'sender_mark', 'recovery'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY programs ON %I TO budstikke_job, budstikke_reader USING (true)', name);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I FOR SELECT TO budstikke_console USING '
                '(tenant_id = nullif(current_setting(''budstikke.tenant_id'', true), '''')::bigint)',
            name);
    END LOOP;
END
$$;
