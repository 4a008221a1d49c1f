-- What comes back has a subject, and nothing about us is ever nothing.

CREATE TABLE mark_key (
    tenant_id bigint NOT NULL DEFAULT 0,
    key bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mark_key_pk PRIMARY KEY (tenant_id),
    CONSTRAINT mark_key_single CHECK (tenant_id = 0),
    CONSTRAINT mark_key_size CHECK (octet_length(key) = 32)
);
COMMENT ON TABLE mark_key IS 'Signs the marks in return paths, so that nobody else can make one up. Made once, by this step; restored copies keep it.';
COMMENT ON COLUMN mark_key.made_at IS 'What was made before it was sent under marks that are not signed.';
INSERT INTO mark_key (key) VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE FUNCTION unsigned_mark_holds(tenant bigint, dispatch_named uuid, said_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM mark_key AS k
    JOIN dispatch AS d ON d.tenant_id = tenant AND d.dispatch_id = dispatch_named
    WHERE k.tenant_id = 0 AND d.created_at < k.made_at
        AND said_at < k.made_at + interval '90 days');
COMMENT ON FUNCTION unsigned_mark_holds IS 'Whether a mark that is not signed is believed: of dispatches made before marks were signed, for as long as complaints come late.';

ALTER TABLE delivery_event
    ADD COLUMN subject text NOT NULL DEFAULT 'attempt',
    ADD COLUMN origin text NOT NULL DEFAULT 'provider',
    ADD CONSTRAINT delivery_event_subject CHECK (
        subject IN ('attempt', 'message', 'other_recipient', 'address')),
    ADD CONSTRAINT delivery_event_origin CHECK (origin IN ('provider', 'mail', 'unsigned_mail'));
UPDATE delivery_event SET subject = 'address' WHERE attribution IN ('address', 'none');
UPDATE delivery_event SET origin = 'mail' WHERE provider = 'smtp';
ALTER TABLE delivery_event
    ADD CONSTRAINT delivery_event_about CHECK (
        (subject = 'address') = (attribution IN ('address', 'none')));
COMMENT ON COLUMN delivery_event.subject IS 'What it is about: this attempt, this message (which attempt nobody says), another recipient whom it was passed on to, or only an address.';
COMMENT ON COLUMN delivery_event.origin IS 'Who says it: the provider over its API, or a mail, which anybody may send, with a mark that is signed or of before marks were.';

CREATE TABLE unread_report (
    tenant_id bigint NOT NULL,
    provider text NOT NULL,
    report_key text NOT NULL,
    dispatch_id uuid,
    source text NOT NULL,
    place text NOT NULL,
    came_at timestamptz,
    origin text NOT NULL,
    reason text NOT NULL,
    beginning text NOT NULL,
    raw bytea NOT NULL,
    is_cut boolean NOT NULL,
    stored_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT unread_report_pk PRIMARY KEY (tenant_id, provider, report_key),
    CONSTRAINT unread_report_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT unread_report_subject CHECK ((tenant_id = 0) = (dispatch_id IS NULL)),
    CONSTRAINT unread_report_origin CHECK (origin IN ('provider', 'mail', 'unsigned_mail')),
    CONSTRAINT unread_report_size CHECK (
        octet_length(raw) <= 65536 AND char_length(report_key) <= 100)
);
COMMENT ON TABLE unread_report IS 'What came back and nobody could read: a mail of the bounce mailbox, a row of a provider''s. Tenant 0 where it names no dispatch.';
COMMENT ON COLUMN unread_report.report_key IS 'A hash of its bytes, so that it is stored once however often it is read.';
COMMENT ON COLUMN unread_report.place IS 'Where it lies: the UID in the mailbox, or what the provider calls its source.';
COMMENT ON COLUMN unread_report.raw IS 'As it came, up to 64 KiB, so that it can be read again when the reader has learned.';
COMMENT ON COLUMN unread_report.read_at IS 'When `reconcile-bounces --reclassify` could read it after all; null until then.';
CREATE INDEX unread_report_by_key ON unread_report (report_key);
CREATE INDEX unread_report_by_dispatch ON unread_report (tenant_id, dispatch_id)
    WHERE dispatch_id IS NOT NULL;
CREATE INDEX unread_report_open ON unread_report (stored_at) WHERE read_at IS NULL;

-- The key is nobody's but the programs'.
GRANT SELECT ON mark_key TO budstikke_job;
GRANT SELECT ON unread_report TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, DELETE ON unread_report TO budstikke_job;
GRANT UPDATE (reason, read_at) ON unread_report TO budstikke_job;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['mark_key', 'unread_report'] LOOP
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
