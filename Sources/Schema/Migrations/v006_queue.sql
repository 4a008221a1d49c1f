-- The thin tables through which dispatches move: to be made, ongoing, waiting, taken; and what
-- came of each attempt.

CREATE TABLE automatic_dispatch (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT automatic_dispatch_pk PRIMARY KEY (tenant_id, invoice_id),
    CONSTRAINT automatic_dispatch_invoice FOREIGN KEY (tenant_id, invoice_id)
        REFERENCES invoice
);
COMMENT ON TABLE automatic_dispatch IS 'Automatisk utsendelse: invoices made elsewhere that are to go out by themselves. The row goes when the dispatch is made.';

CREATE TABLE ongoing_dispatch (
    tenant_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    recipient_key text NOT NULL,
    dispatch_id uuid NOT NULL,
    since timestamptz NOT NULL,
    CONSTRAINT ongoing_dispatch_once PRIMARY KEY (tenant_id, invoice_id, recipient_key),
    CONSTRAINT ongoing_dispatch_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch
);
COMMENT ON TABLE ongoing_dispatch IS 'At most one ongoing dispatch per document and recipient: a row here is that right. A key of its own and not a partial index on dispatch, since an index over the state would take every state change out of place.';

CREATE TABLE dispatch_queue (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    run_at timestamptz NOT NULL,
    CONSTRAINT dispatch_queue_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT dispatch_queue_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE dispatch_queue IS 'Dispatches that wait to be sent: thin, and small however long the history is.';
CREATE INDEX dispatch_queue_due ON dispatch_queue (tenant_id, run_at);

CREATE TABLE dispatch_lease (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    lease_epoch bigint NOT NULL,
    owner text NOT NULL,
    claimed_at timestamptz NOT NULL,
    lease_until timestamptz NOT NULL,
    resolve_at timestamptz,
    parked boolean NOT NULL DEFAULT false,
    CONSTRAINT dispatch_lease_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT dispatch_lease_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE dispatch_lease IS 'Dispatches that somebody has taken: the intent to send, committed before the network. A row whose lease has run out is in doubt.';
COMMENT ON COLUMN dispatch_lease.resolve_at IS 'In doubt: when the provider is asked next.';
COMMENT ON COLUMN dispatch_lease.parked IS 'In doubt for good: a person decides.';

CREATE TABLE attempt (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    attempt_number int NOT NULL,
    recipient_key text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL DEFAULT '',
    provider text NOT NULL,
    provider_message_id text,
    CONSTRAINT attempt_pk PRIMARY KEY (tenant_id, dispatch_id, attempt_number),
    CONSTRAINT attempt_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT attempt_outcome CHECK (outcome IN
        ('accepted', 'refused', 'postponed', 'account_refused', 'in_doubt', 'suppressed',
         'cancelled', 'found', 'absent', 'parked'))
);
COMMENT ON TABLE attempt IS 'What came of each submission.';
CREATE INDEX attempt_by_provider_id ON attempt (provider_message_id)
    WHERE provider_message_id IS NOT NULL;
CREATE INDEX attempt_by_recipient ON attempt (recipient_key, started_at);
COMMENT ON INDEX attempt_by_provider_id IS 'Events name no tenant: these two look-ups find it. They are reads, never keys.';
