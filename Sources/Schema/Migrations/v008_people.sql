-- What people are told, what they did, and what the programs did.

CREATE TABLE dispatch_fault (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    code text NOT NULL,
    detail text NOT NULL,
    found_at timestamptz NOT NULL,
    reported_at timestamptz,
    mended_at timestamptz,
    mended_reported_at timestamptz,
    CONSTRAINT dispatch_fault_pk PRIMARY KEY (tenant_id, dispatch_id, code),
    CONSTRAINT dispatch_fault_dispatch FOREIGN KEY (tenant_id, dispatch_id)
        REFERENCES dispatch,
    CONSTRAINT dispatch_fault_order CHECK (
        mended_reported_at IS NULL OR mended_at IS NOT NULL)
);
COMMENT ON TABLE dispatch_fault IS 'Why a dispatch did not go out: mailed once when it appears and once when it is mended.';
CREATE INDEX dispatch_fault_open ON dispatch_fault (tenant_id) WHERE mended_at IS NULL;
CREATE INDEX dispatch_fault_unreported ON dispatch_fault (tenant_id)
    WHERE reported_at IS NULL OR (mended_at IS NOT NULL AND mended_reported_at IS NULL);

CREATE TABLE notification (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    kind text NOT NULL,
    user_key text NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT notification_pk PRIMARY KEY (tenant_id, dispatch_id, kind),
    CONSTRAINT notification_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT notification_user FOREIGN KEY (tenant_id, user_key) REFERENCES app_user,
    CONSTRAINT notification_kind CHECK (kind IN
        ('failed', 'blocked', 'soft_bounced', 'hard_bounced', 'delivered', 'in_doubt',
         'mended'))
);
COMMENT ON TABLE notification IS 'The bell. One of a kind for each dispatch, so that telling again changes nothing.';
CREATE INDEX notification_by_user ON notification (tenant_id, user_key, created_at);

CREATE TABLE todo (
    tenant_id bigint NOT NULL,
    root_id uuid NOT NULL,
    dispatch_id uuid NOT NULL,
    user_key text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by text,
    CONSTRAINT todo_pk PRIMARY KEY (tenant_id, root_id),
    CONSTRAINT todo_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT todo_root FOREIGN KEY (tenant_id, root_id) REFERENCES dispatch,
    CONSTRAINT todo_user FOREIGN KEY (tenant_id, user_key) REFERENCES app_user,
    CONSTRAINT todo_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
COMMENT ON TABLE todo IS 'The to-do list: one for each chain of resends, open until one of them is delivered or a person dismisses it.';
COMMENT ON COLUMN todo.closed_by IS 'A user''s key, or `delivered`.';
CREATE INDEX todo_open ON todo (tenant_id, user_key) WHERE closed_at IS NULL;

CREATE TABLE audit (
    tenant_id bigint NOT NULL,
    audit_id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT audit_pk PRIMARY KEY (tenant_id, audit_id)
);
COMMENT ON TABLE audit IS 'What people did by hand, and why: cancel, resend, lift, dismiss. Tenant 0 where it touches all.';

CREATE TABLE job_run (
    tenant_id bigint NOT NULL DEFAULT 0,
    run_id uuid NOT NULL,
    job text NOT NULL,
    host text NOT NULL,
    process_id int NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    exit_code int,
    summary jsonb,
    CONSTRAINT job_run_pk PRIMARY KEY (tenant_id, run_id),
    CONSTRAINT job_run_ended CHECK (
        num_nulls(ended_at, exit_code, summary) IN (0, 3))
);
COMMENT ON TABLE job_run IS 'Each run of each program with the summary line that it printed; one without an end was killed.';
CREATE INDEX job_run_by_start ON job_run (tenant_id, started_at);

CREATE TABLE skipped_period (
    tenant_id bigint NOT NULL,
    recurring_invoice_number text NOT NULL,
    period_number int NOT NULL,
    period_date date NOT NULL,
    reason text NOT NULL,
    CONSTRAINT skipped_period_pk
        PRIMARY KEY (tenant_id, recurring_invoice_number, period_number),
    CONSTRAINT skipped_period_owner FOREIGN KEY (tenant_id, recurring_invoice_number)
        REFERENCES recurring_invoice,
    CONSTRAINT skipped_period_reason CHECK (reason IN ('paused', 'superseded', 'by_hand'))
);
COMMENT ON TABLE skipped_period IS 'Periods that will never become invoices, and why: so that none is missing without a word.';

CREATE TABLE installation (
    tenant_id bigint NOT NULL DEFAULT 0,
    name text NOT NULL,
    CONSTRAINT installation_pk PRIMARY KEY (tenant_id),
    CONSTRAINT installation_single CHECK (tenant_id = 0)
);
COMMENT ON TABLE installation IS 'The name of the installation that may send from this database: a restored copy configured otherwise is refused.';
