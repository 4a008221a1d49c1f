-- The dispatches, with the words and files that were fixed when they were queued.

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
CREATE INDEX dispatch_by_recipient ON dispatch (recipient_key);
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
