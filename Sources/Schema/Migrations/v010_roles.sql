-- Who may do what. The roles can't log in: the operator grants them to the users who do.
--
-- Roles belong to the server, not to the database. Where the migrating user may not create them
-- somebody who may does so first: CREATE ROLE budstikke_job NOLOGIN, and so on for the others.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['budstikke_job', 'budstikke_reader', 'budstikke_console'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            END IF;
        EXCEPTION
            -- Another database of this server is being migrated at the same time.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

-- The programs. What is fixed for ever they can't change: invoices, documents, what was said.
GRANT USAGE ON SCHEMA budstikke TO budstikke_job, budstikke_reader, budstikke_console;
GRANT SELECT ON ALL TABLES IN SCHEMA budstikke TO budstikke_job, budstikke_reader;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA budstikke TO budstikke_job;
REVOKE UPDATE, DELETE ON invoice, invoice_line, invoice_vat, document, audit FROM budstikke_job;
REVOKE UPDATE ON file_content, delivery_event FROM budstikke_job;
REVOKE INSERT, UPDATE, DELETE ON schema_migration, installation FROM budstikke_job;

-- What an event was taken for may be judged again by a better rule; what it said may not change.
GRANT UPDATE (class, reason, scope, transient, confidence, evidence) ON delivery_event
    TO budstikke_job;

-- A console sees one tenant at a time: SET budstikke.tenant_id = '42'. Without it, none.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 'budstikke'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY programs ON %I TO budstikke_job, budstikke_reader USING (true)', name);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I FOR SELECT TO budstikke_console USING '
                '(tenant_id = nullif(current_setting(''budstikke.tenant_id'', true), '''')::bigint)',
            name);
    END LOOP;
END
$$;
GRANT SELECT ON ALL TABLES IN SCHEMA budstikke TO budstikke_console;
-- A view otherwise reads as its owner, whom no policy holds.
ALTER VIEW dispatch_list SET (security_invoker = true);
