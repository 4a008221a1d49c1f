-- The dispatch list as users see it.

CREATE VIEW dispatch_list AS
SELECT
    d.tenant_id, d.dispatch_id, d.root_id, d.resend_of, d.purpose, d.document_type,
    d.invoice_id, d.recurring_invoice_number, d.period_number, d.created_by, d.recipient,
    d.created_at, d.state, d.delivery, d.message, d.reason, d.attempt, d.sent_at,
    d.finalized_at, i.number AS invoice_number, i.buyer_name, i.issue_date, i.due_date,
    i.currency, i.payable,
    CASE
        WHEN d.state = 'cancelled' THEN 'cancelled'
        WHEN d.state = 'failed' THEN 'failed'
        WHEN d.state = 'queued' AND d.accepted_count = 0 THEN 'pending'
        WHEN d.state IN ('queued', 'sending', 'in_doubt') THEN 'ongoing'
        WHEN d.delivery IN ('unknown', 'deferred') THEN 'ongoing'
        WHEN d.delivery = 'delivered' THEN 'completed'
        ELSE 'failed'
    END AS status
FROM dispatch AS d
LEFT JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id;
COMMENT ON VIEW dispatch_list IS 'Utsendingslisten: every dispatch with its document and one of the five statuses.';
