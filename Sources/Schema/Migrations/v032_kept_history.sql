-- What happened is not the programs' to delete: not an attempt, not an event, not a dispatch.
--
-- They take away what moves (queue, leases, outbox, the right to be ongoing), a pause that is over, what
-- a set-up no longer has, and an orphan that was found to belong to a dispatch. History is let go by
-- its owner.

REVOKE DELETE ON dispatch, dispatch_message, dispatch_attachment, dispatch_letter, dispatch_fault,
    attempt, notification, todo, job_run, skipped_period, suppression, poll_cursor, unread_report,
    file_content, invoice_attachment, imported_invoice, recovery, database_identity
    FROM budstikke_job;

CREATE POLICY orphans_alone ON delivery_event AS RESTRICTIVE FOR DELETE TO budstikke_job
    USING (tenant_id = 0);
COMMENT ON POLICY orphans_alone ON delivery_event IS 'An orphan becomes the event of a tenant''s dispatch; what is a tenant''s stays.';
