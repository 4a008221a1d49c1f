-- A raise that a person decides to give no notice of.

ALTER TABLE price_notice
    ADD COLUMN dismissed_at timestamptz,
    ADD COLUMN dismissed_by text,
    ADD CONSTRAINT price_notice_dismissed CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL));
COMMENT ON COLUMN price_notice.dismissed_at IS 'When a person decided to give no notice: the old price stays until the next adjustment. A notice that is sent after all counts as any other.';
COMMENT ON TABLE audit IS 'What people did by hand, and why: cancel, resend, lift, dismiss, notice. Tenant 0 where it touches all.';

CREATE OR REPLACE VIEW awaited_price_notice WITH (security_invoker = true) AS
SELECT n.tenant_id, n.recurring_invoice_number, r.created_by AS user_key, c.name AS buyer_name,
    n.adjusts_on, n.adjusts_on - p.notice_days AS send_by, p.notice_days, n.old_factor,
    n.new_factor, n.asked_at, n.read_at
FROM price_notice AS n
JOIN price_index_clause AS p ON p.tenant_id = n.tenant_id
    AND p.recurring_invoice_number = n.recurring_invoice_number
JOIN recurring_invoice AS r ON r.tenant_id = n.tenant_id
    AND r.recurring_invoice_number = n.recurring_invoice_number
JOIN customer AS c ON c.tenant_id = r.tenant_id AND c.customer_number = r.customer_number
WHERE n.sent_on IS NULL AND n.dismissed_at IS NULL AND p.notice_days > 0 AND NOT r.ended
    AND NOT EXISTS (
        -- The next year's adjustment takes the place of one that nobody gave notice of.
        SELECT FROM price_notice AS later
        WHERE later.tenant_id = n.tenant_id
            AND later.recurring_invoice_number = n.recurring_invoice_number
            AND later.adjusts_on > n.adjusts_on);
