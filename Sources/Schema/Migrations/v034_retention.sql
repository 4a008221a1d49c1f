-- What nothing needs any longer is let go, by a role that can do that and nothing else.
--
-- What stays of an invoice or a dispatch is a row without persons: number, period, dates, amounts; state, and
-- what became of it. So the numbers have no gap, and none is made or sent twice. All else of it goes.

ALTER TABLE invoice ADD COLUMN pruned_at timestamptz;
COMMENT ON COLUMN invoice.pruned_at IS 'When its lines, its document and whom it was to were let go: five years after the end of the accounting year at the earliest (bokføringsloven § 13).';
CREATE INDEX invoice_kept ON invoice (tenant_id, issue_date) WHERE pruned_at IS NULL;

ALTER TABLE dispatch
    ADD COLUMN pruned_at timestamptz,
    DROP CONSTRAINT dispatch_addressed,
    ADD CONSTRAINT dispatch_addressed CHECK (
        state IN ('failed', 'cancelled') OR pruned_at IS NOT NULL
        OR num_nulls(recipient, recipient_key, message_id) = 0) NOT VALID,
    ADD CONSTRAINT dispatch_pruned CHECK (
        pruned_at IS NULL
        OR (recipient IS NULL AND state IN ('sent', 'failed', 'cancelled'))) NOT VALID;
COMMENT ON COLUMN dispatch.pruned_at IS 'When its address, its words and what was said of it were let go; what became of it stays. Nothing that comes later is believed of it.';
CREATE INDEX dispatch_kept ON dispatch (tenant_id, created_at) WHERE pruned_at IS NULL;
COMMENT ON INDEX dispatch_kept IS 'By which `budstikke prune` finds what may go, without reading what has gone.';

-- Files go with the last row that refers to them.
CREATE INDEX document_by_content ON document USING hash (sha256);
CREATE INDEX invoice_attachment_by_content ON invoice_attachment USING hash (sha256);
CREATE INDEX dispatch_attachment_by_content ON dispatch_attachment USING hash (sha256);
CREATE INDEX recurring_invoice_attachment_by_content ON recurring_invoice_attachment
    USING hash (sha256);

COMMENT ON TABLE invoice IS 'A numbered invoice or credit note. Never changed and never deleted: corrections are credit notes. When the law no longer demands it, it is emptied of all but its number, period, dates and amounts.';

DO $$
DECLARE
    name text;
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'budstikke_pruner') THEN
            CREATE ROLE budstikke_pruner NOLOGIN;
        END IF;
    EXCEPTION
        -- Another database of this server is being migrated at the same time.
        WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    FOR name IN
        SELECT tablename FROM pg_policies WHERE schemaname = 'budstikke' AND policyname = 'programs'
    LOOP
        EXECUTE format(
            'ALTER POLICY programs ON %I TO budstikke_job, budstikke_reader, budstikke_pruner', name);
    END LOOP;
    -- Only a warning where the database is another role's, who then has to.
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO budstikke_pruner', current_database());
END
$$;
GRANT USAGE ON SCHEMA budstikke TO budstikke_pruner;
GRANT SELECT ON ALL TABLES IN SCHEMA budstikke TO budstikke_pruner;
REVOKE SELECT ON mark_key FROM budstikke_pruner;
-- By which who stores a file holds it until it is referred to. No other value fits (file_content_size).
GRANT UPDATE (byte_count) ON file_content TO budstikke_job;
-- FOR UPDATE, by which what somebody works on is left alone, needs a column that it may update.
GRANT UPDATE (recipient, recipient_key, pruned_at) ON dispatch TO budstikke_pruner;
GRANT UPDATE (recipient_key) ON ongoing_dispatch TO budstikke_pruner;
GRANT UPDATE (buyer_name, customer_number, recipient, payment_reference, content, pruned_at) ON invoice
    TO budstikke_pruner;
GRANT UPDATE (byte_count) ON file_content TO budstikke_pruner;
GRANT DELETE ON dispatch_message, dispatch_attachment, dispatch_letter, dispatch_fault, dispatch_step,
    attempt, notification, delivery_event, unread_report, invoice_line, invoice_vat,
    invoice_attachment, document, file_content, suppression, audit, job_run TO budstikke_pruner;
GRANT INSERT ON audit TO budstikke_pruner;
-- What of a customer who is to be forgotten may go at once.
GRANT UPDATE (name, email, copies, organisation_number, street, postal_code, city, buyer_reference, endpoint)
    ON customer TO budstikke_pruner;
GRANT UPDATE (our_reference, your_reference, purchase_order, introduction) ON recurring_invoice
    TO budstikke_pruner;
GRANT UPDATE (closed_at, closed_by) ON todo TO budstikke_pruner;
GRANT DELETE ON customer_recipient, recurring_invoice_line, recurring_invoice_attachment
    TO budstikke_pruner;
