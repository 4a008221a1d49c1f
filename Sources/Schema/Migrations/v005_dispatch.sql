-- The dispatches, and the three thin tables through which they move: waiting, taken, ongoing.

CREATE TABLE dispatch (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    root_id uuid NOT NULL,
    resend_of uuid,
    purpose text NOT NULL,
    document_type text NOT NULL,
    invoice_id uuid,
    recurring_invoice_number text,
    period_number int,
    channel text NOT NULL DEFAULT 'email',
    created_by text NOT NULL,
    recipient text,
    recipient_key text,
    message_id text,
    retry_delays int[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    state text NOT NULL,
    delivery text NOT NULL DEFAULT 'unknown',
    message text NOT NULL DEFAULT '',
    reason text,
    attempt int NOT NULL DEFAULT 0,
    accepted_attempt int NOT NULL DEFAULT 0,
    accepted_count int NOT NULL DEFAULT 0,
    lease_epoch bigint NOT NULL DEFAULT 0,
    cancel_requested_by text,
    sent_at timestamptz,
    finalized_at timestamptz,
    CONSTRAINT dispatch_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT dispatch_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice,
    CONSTRAINT dispatch_recurring FOREIGN KEY (tenant_id, recurring_invoice_number)
        REFERENCES recurring_invoice,
    CONSTRAINT dispatch_user FOREIGN KEY (tenant_id, created_by) REFERENCES app_user,
    CONSTRAINT dispatch_original FOREIGN KEY (tenant_id, resend_of) REFERENCES dispatch,
    CONSTRAINT dispatch_purpose CHECK (purpose IN ('invoice', 'fault_report', 'forecast')),
    CONSTRAINT dispatch_document_type CHECK (
        document_type IN ('invoice', 'credit_note', 'report')),
    CONSTRAINT dispatch_subject CHECK (
        purpose <> 'invoice' OR invoice_id IS NOT NULL
        OR (recurring_invoice_number IS NOT NULL AND state = 'failed')),
    CONSTRAINT dispatch_channel CHECK (channel IN ('email', 'ehf', 'print')),
    CONSTRAINT dispatch_state CHECK (
        state IN ('queued', 'sending', 'sent', 'in_doubt', 'failed', 'cancelled')),
    CONSTRAINT dispatch_delivery CHECK (delivery IN
        ('unknown', 'deferred', 'delivered', 'soft_bounced', 'hard_bounced', 'blocked')),
    CONSTRAINT dispatch_addressed CHECK (
        state IN ('failed', 'cancelled')
        OR num_nulls(recipient, recipient_key, message_id) = 0),
    CONSTRAINT dispatch_attempts CHECK (
        attempt >= 0 AND accepted_attempt BETWEEN 0 AND attempt
        AND accepted_count BETWEEN 0 AND attempt),
    CONSTRAINT dispatch_sent CHECK (state <> 'sent' OR sent_at IS NOT NULL),
    CONSTRAINT dispatch_finalized CHECK ((finalized_at IS NOT NULL) = (
        state IN ('failed', 'cancelled')
        OR (state = 'sent' AND delivery NOT IN ('unknown', 'deferred'))))
) WITH (fillfactor = 80);
COMMENT ON TABLE dispatch IS 'One sending of one document to one recipient. What changes here is in no index, so that every change is made in place (HOT).';
COMMENT ON COLUMN dispatch.state IS 'What we did. `sent` is accepted by the provider, never delivered.';
COMMENT ON COLUMN dispatch.delivery IS 'What became of it: a pure function of its events.';
COMMENT ON COLUMN dispatch.root_id IS 'The first dispatch of a chain of resends; itself where it is the first.';
COMMENT ON COLUMN dispatch.accepted_attempt IS 'The newest attempt that the provider took: a soft bounce of an earlier one is superseded.';
COMMENT ON COLUMN dispatch.lease_epoch IS 'Raised by each claim; every outcome is written WHERE lease_epoch is the writer''s own.';
COMMENT ON COLUMN dispatch.cancel_requested_by IS 'Asked for while it was being sent: honoured if the provider does not take it.';
CREATE INDEX dispatch_by_invoice ON dispatch (tenant_id, invoice_id);
CREATE INDEX dispatch_by_creation ON dispatch (tenant_id, created_at);
CREATE INDEX dispatch_by_root ON dispatch (tenant_id, root_id);
CREATE UNIQUE INDEX dispatch_of_period_once
    ON dispatch (tenant_id, recurring_invoice_number, period_number)
    WHERE invoice_id IS NULL AND purpose = 'invoice';

CREATE TABLE dispatch_message (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    from_name text,
    from_address text NOT NULL,
    reply_to text,
    to_name text,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text,
    CONSTRAINT dispatch_message_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT dispatch_message_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch
);
COMMENT ON TABLE dispatch_message IS 'The words of the e-mail, fixed when it was queued; kept out of the hot row.';

CREATE TABLE dispatch_attachment (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    position int NOT NULL,
    file_name text NOT NULL,
    content_type text NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT dispatch_attachment_pk PRIMARY KEY (tenant_id, dispatch_id, position),
    CONSTRAINT dispatch_attachment_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch,
    CONSTRAINT dispatch_attachment_content FOREIGN KEY (tenant_id, sha256)
        REFERENCES file_content
);
COMMENT ON TABLE dispatch_attachment IS 'The files of the e-mail, fixed by their hash when it was queued.';

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
