-- Bare SQL: events staged, de-duplicated, joined to their attempts and folded into the dispatches.
-- Variables: events. Works on the events that a reconciliation has stored, under other keys.
SET search_path = budstikke;
CREATE UNLOGGED TABLE staged AS
SELECT 'bare-' || event_key AS event_key, occurred_at, provider, source, kind, class, reason, text,
    provider_type, recipient_key, provider_message_id, raw
FROM delivery_event WHERE provider_message_id IS NOT NULL
ORDER BY event_key LIMIT :events;
\timing on
BEGIN;
WITH new AS (
    INSERT INTO delivery_event (tenant_id, occurred_at, provider, event_key, dispatch_id,
        attempt_number, attribution, source, kind, class, reason, text, provider_type, recipient_key,
        provider_message_id, raw, stored_at)
    SELECT a.tenant_id, s.occurred_at, s.provider, s.event_key, a.dispatch_id, a.attempt_number,
        'provider_id', s.source, s.kind, s.class, s.reason, s.text, s.provider_type, s.recipient_key,
        s.provider_message_id, s.raw, now()
    FROM staged AS s JOIN attempt AS a USING (provider_message_id)
    ON CONFLICT DO NOTHING
    RETURNING tenant_id, dispatch_id, kind)
UPDATE dispatch AS d SET message = new.kind, reason = new.kind
FROM new WHERE d.tenant_id = new.tenant_id AND d.dispatch_id = new.dispatch_id;
COMMIT;
\timing off
DROP TABLE staged;
