-- A dispatch that waits for the provider has not been tried: it is told so, and counted apart.

ALTER TABLE dispatch
    ADD COLUMN deferrals int NOT NULL DEFAULT 0,
    ADD COLUMN deferred_since timestamptz,
    ADD COLUMN warned_at timestamptz,
    ADD CONSTRAINT dispatch_deferrals CHECK (deferrals >= 0),
    ADD CONSTRAINT dispatch_warned CHECK (warned_at IS NULL OR deferred_since IS NOT NULL);
COMMENT ON COLUMN dispatch.deferrals IS 'How often the provider would not take it now, for reasons that are not its own. No attempt is spent by one.';
COMMENT ON COLUMN dispatch.deferred_since IS 'Since when it waits for the provider; null while it does not.';
COMMENT ON COLUMN dispatch.warned_at IS 'When its user was told that it waits.';
COMMENT ON COLUMN dispatch.attempt IS 'The attempts that the provider has judged, or may have: what waits has not been tried.';

CREATE TABLE dispatch_step (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    at timestamptz NOT NULL,
    step text NOT NULL,
    detail text NOT NULL DEFAULT '',
    CONSTRAINT dispatch_step_pk PRIMARY KEY (tenant_id, dispatch_id, at, step),
    CONSTRAINT dispatch_step_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT dispatch_step_known CHECK (step IN
        ('doubt', 'postpone', 'give_up', 'hand_over', 'reject', 'recover'))
);
COMMENT ON TABLE dispatch_step IS 'The history of a dispatch beside its attempts, events, faults and what people did: the arrows of its life that leave no other trace.';

CREATE TABLE provider_pause (
    tenant_id bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    tries int NOT NULL,
    cause text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT provider_pause_pk PRIMARY KEY (tenant_id, provider),
    CONSTRAINT provider_pause_order CHECK (until >= since AND tries > 0)
);
COMMENT ON TABLE provider_pause IS 'The provider is left alone until then, by every machine and every run: tenant 0 is the whole account, another one that tenant''s sender. The row goes when something is accepted.';

CREATE TABLE provider_memory (
    tenant_id bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    unexplained text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT provider_memory_pk PRIMARY KEY (tenant_id, provider)
);
COMMENT ON TABLE provider_memory IS 'The last no of the provider that no table explains, where nothing was accepted since: when it comes again, it is not the message''s.';

ALTER TABLE notification
    DROP CONSTRAINT notification_kind,
    ADD CONSTRAINT notification_kind CHECK (kind IN
        ('failed', 'blocked', 'soft_bounced', 'hard_bounced', 'delivered', 'in_doubt',
         'mended', 'delayed'));

ALTER TABLE todo
    ADD COLUMN cause text;
COMMENT ON COLUMN todo.cause IS 'What opened it, where it closes by itself when that is over: `provider`.';

-- The one place where the user's status is made of what we did and what became of it.
CREATE FUNCTION dispatch_status(state text, delivery text, accepted_count int) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN state IN ('cancelled', 'failed') THEN state
        WHEN state = 'queued' AND accepted_count = 0 AND delivery = 'unknown' THEN 'pending'
        WHEN state IN ('queued', 'sending', 'in_doubt') THEN 'ongoing'
        WHEN delivery IN ('unknown', 'deferred') THEN 'ongoing'
        WHEN delivery = 'delivered' THEN 'completed'
        ELSE 'failed'
    END;
COMMENT ON FUNCTION dispatch_status IS 'I kø, Pågående, Feilet, Ferdigbehandlet, Avbrutt: the five statuses that users know.';

CREATE OR REPLACE VIEW dispatch_list WITH (security_invoker = true) AS
SELECT
    d.tenant_id, d.dispatch_id, d.root_id, d.resend_of, d.purpose, d.document_type,
    d.invoice_id, d.recurring_invoice_number, d.period_number, d.created_by, d.recipient,
    d.created_at, d.state, d.delivery, d.message, d.reason, d.attempt, d.sent_at,
    d.finalized_at, i.number AS invoice_number, i.buyer_name, i.issue_date, i.due_date,
    i.currency, i.payable,
    dispatch_status(d.state, d.delivery, d.accepted_count) AS status,
    d.deferrals, d.deferred_since
FROM dispatch AS d
LEFT JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['dispatch_step', 'provider_pause', 'provider_memory'] LOOP
        EXECUTE format(
            'GRANT SELECT ON %I TO budstikke_job, budstikke_reader, budstikke_console', name);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %I TO budstikke_job', name);
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
REVOKE UPDATE, DELETE ON dispatch_step FROM budstikke_job;
