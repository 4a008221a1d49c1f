-- What a fault is about, in each language that its user may read; and how an invoice of another
-- system goes out, which its user may mend by importing it again. What it says is fixed for ever.

ALTER TABLE dispatch_fault ADD COLUMN words jsonb;
ALTER TABLE dispatch_fault ADD CONSTRAINT dispatch_fault_words CHECK (
    words IS NULL OR (words ? 'nb' AND words ? 'nn' AND words ? 'en'));
COMMENT ON COLUMN dispatch_fault.detail IS 'In English, for lists and logs: without addresses.';
COMMENT ON COLUMN dispatch_fault.words IS 'The same for whoever is to mend it, by language: nb, nn, en. Empty for what is older than the column.';

GRANT UPDATE (recipient, plan_key) ON invoice TO budstikke_job;
