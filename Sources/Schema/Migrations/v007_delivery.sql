-- What providers say happened, and whom they no longer send to. Tenant 0 is the installation.

CREATE TABLE delivery_event (
    tenant_id bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    provider text NOT NULL,
    event_key text NOT NULL,
    dispatch_id uuid,
    attempt_number int,
    attribution text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    class text,
    reason text,
    scope text,
    transient boolean,
    confidence double precision,
    evidence text,
    reply_code int,
    enhanced_code text,
    text text NOT NULL,
    provider_type text NOT NULL,
    recipient_key text NOT NULL,
    provider_message_id text,
    raw text NOT NULL,
    stored_at timestamptz NOT NULL,
    CONSTRAINT delivery_event_pk PRIMARY KEY (tenant_id, occurred_at, provider, event_key),
    CONSTRAINT delivery_event_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch,
    CONSTRAINT delivery_event_kind CHECK (kind IN
        ('processed', 'deferred', 'delivered', 'bounced', 'dropped', 'complained')),
    CONSTRAINT delivery_event_class CHECK (class IN ('hard', 'soft', 'blocked', 'other')),
    CONSTRAINT delivery_event_attribution CHECK (
        attribution IN ('own_id', 'provider_id', 'address', 'none')),
    CONSTRAINT delivery_event_orphan CHECK (
        (tenant_id = 0) = (dispatch_id IS NULL)
        AND (attribution = 'none') = (dispatch_id IS NULL)
        AND (attempt_number IS NULL) = (dispatch_id IS NULL))
);
COMMENT ON TABLE delivery_event IS 'Stored once and never changed. An event that fits no dispatch is an orphan of tenant 0, until a dispatch is found that it fits.';
COMMENT ON COLUMN delivery_event.attribution IS 'By our own id, by the provider''s id, or weakly by address and time.';
CREATE INDEX delivery_event_by_dispatch ON delivery_event (tenant_id, dispatch_id)
    WHERE dispatch_id IS NOT NULL;
CREATE INDEX delivery_event_by_key ON delivery_event (event_key);

CREATE TABLE poll_cursor (
    tenant_id bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    source text NOT NULL,
    complete_until timestamptz NOT NULL,
    CONSTRAINT poll_cursor_pk PRIMARY KEY (tenant_id, provider, source)
);
COMMENT ON TABLE poll_cursor IS 'How far each source has been read. Moves only in the transaction that stored the page, and never back.';

CREATE TABLE suppression (
    tenant_id bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    address_key text NOT NULL,
    list text NOT NULL,
    address text NOT NULL,
    reason text NOT NULL,
    listed_at timestamptz NOT NULL,
    lifted_at timestamptz,
    CONSTRAINT suppression_pk PRIMARY KEY (tenant_id, provider, address_key, list),
    CONSTRAINT suppression_lift CHECK (lifted_at IS NULL OR lifted_at >= listed_at)
);
COMMENT ON TABLE suppression IS 'The mirror of the provider''s suppression lists. The account is the installation''s, so its lists are too: tenant 0.';
COMMENT ON COLUMN suppression.address IS 'As the provider spells it: some tell case apart when one lifts.';
