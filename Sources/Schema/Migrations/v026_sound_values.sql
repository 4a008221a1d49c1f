-- What a host system writes is held to what the programs can carry, value by value: days of the
-- years 1900 to 9999, numbers that are numbers, arrays that are plain lists, keys and electronic
-- addresses without control characters, texts that a page can hold.
--
-- Every rule is added as not yet valid: from now on it refuses, and the rows that broke it before
-- stand as they are. `budstikke migrate` names them, and takes the rule as valid once they are
-- mended; the night makes each the fault of the agreement that it concerns.

DO $$
DECLARE
    host_tables CONSTANT text[] := ARRAY[
        'tenant', 'app_user', 'customer', 'vat_rate', 'number_series', 'form_template',
        'form_setup', 'send_plan', 'send_plan_step', 'recurring_invoice',
        'recurring_invoice_line', 'recurring_invoice_attachment', 'exchange_rate',
        'price_index_value', 'price_index_clause', 'price_notice'];
    long_texts CONSTANT text[] := ARRAY['introduction', 'footer', 'email_text', 'description'];
    plain_texts CONSTANT text[] := ARRAY[
        'email', 'reply_to', 'endpoint', 'file_name', 'content_type', 'user_key',
        'customer_number', 'recurring_invoice_number', 'created_by', 'plan_key', 'form_key',
        'vat_code', 'index_code', 'series'];
    c record;
    rule text;
BEGIN
    FOR c IN
        SELECT t.relname AS table_name, a.attname AS name, a.atttypid AS type
        FROM pg_class AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = ''
        WHERE t.relnamespace = 'budstikke'::regnamespace AND t.relname = ANY (host_tables)
        ORDER BY t.relname, a.attnum
    LOOP
        rule := CASE
            WHEN c.type = 'date'::regtype THEN '%1$I BETWEEN ''1900-01-01'' AND ''9999-12-31'''
            WHEN c.type = 'timestamptz'::regtype
                THEN '%1$I >= ''1900-01-01 UTC'' AND %1$I < ''10000-01-01 UTC'''
            -- NaN is above all numbers, so that it is not below infinity.
            WHEN c.type = 'numeric'::regtype
                THEN '%1$I > ''-Infinity'' AND %1$I < ''Infinity'''
            WHEN c.type IN ('int[]'::regtype, 'text[]'::regtype)
                THEN 'CASE WHEN cardinality(%1$I) = 0 THEN true '
                    'WHEN array_ndims(%1$I) = 1 AND array_lower(%1$I, 1) = 1 '
                    'THEN array_position(%1$I, NULL) IS NULL ELSE false END'
            WHEN c.type = 'text'::regtype AND c.name = ANY (long_texts)
                THEN 'char_length(%1$I) <= 10000'
            WHEN c.type = 'text'::regtype AND c.name = ANY (plain_texts)
                THEN 'char_length(%1$I) <= 500 AND %1$I !~ ''[[:cntrl:]]'''
            WHEN c.type = 'text'::regtype THEN 'char_length(%1$I) <= 500'
        END;
        CONTINUE WHEN rule IS NULL;
        EXECUTE format(
            'ALTER TABLE %I ADD CONSTRAINT %I CHECK (' || format(rule, c.name) || ') NOT VALID',
            c.table_name, c.table_name || '_' || c.name || '_sound');
    END LOOP;
END
$$;

-- As many as the calendar has days; as many digits as a number in a ledger ever has.
ALTER TABLE recurring_invoice
    ADD CONSTRAINT recurring_invoice_period_sound
        CHECK (next_period_number <= 4000000) NOT VALID;
ALTER TABLE number_series
    ADD CONSTRAINT number_series_number_sound
        CHECK (next_number <= 999999999999999) NOT VALID;
