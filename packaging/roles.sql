-- The roles of Budstikke. Run once on a server, before the first `budstikke migrate`, by somebody who may
-- make roles; running it again changes nothing.
--
-- budstikke_owner    owns the database: migrates, and is used for nothing else. It may make no roles.
-- budstikke          what the timers and the commands log in as; it has the rights of budstikke_job.
-- budstikke_pruner   lets history go that need no longer be kept (budstikke prune, budstikke customer erase),
--                    and is used for nothing else. It reads all, and can make or send nothing.
-- budstikke_job      what the programs need. It can't change invoices, documents, the audit or what a
--                    provider said, and can't take away what happened.
-- budstikke_reader   reads all tenants: for reports, and for people who look.
-- budstikke_console  reads the tenant that the session names: SET budstikke.tenant_id = '42'.
--
-- The last three can't log in; they are granted to who does:
--   CREATE ROLE kari LOGIN IN ROLE budstikke_reader;
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['budstikke_job', 'budstikke_reader', 'budstikke_console'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;
    FOREACH role_name IN ARRAY ARRAY['budstikke_owner', 'budstikke', 'budstikke_pruner'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOCREATEROLE NOCREATEDB', role_name);
        END IF;
    END LOOP;
    -- A migration that may make roles makes this one without a login.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'budstikke_pruner' AND NOT rolcanlogin) THEN
        ALTER ROLE budstikke_pruner LOGIN;
    END IF;
    -- A role that has it is told so by a notice, which nobody needs.
    IF NOT pg_has_role('budstikke', 'budstikke_job', 'MEMBER') THEN
        GRANT budstikke_job TO budstikke;
    END IF;
END
$$;
