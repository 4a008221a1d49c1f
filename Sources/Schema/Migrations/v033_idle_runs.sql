-- Runs in a row that found nothing to do are one row, and not one a minute for ever.
--
-- A run that ends so adds itself to the row of those before it, by an update: the programs can't take away
-- a run, and need not. A run that begins behind such a row stands in it until it ends: one that is killed is
-- seen there, as ever.

ALTER TABLE job_run
    ADD COLUMN idle_runs int NOT NULL DEFAULT 0,
    ADD COLUMN idle_since timestamptz,
    ADD COLUMN next_run_id uuid,
    ADD COLUMN next_process_id int,
    ADD COLUMN next_started_at timestamptz,
    ADD CONSTRAINT job_run_idle CHECK (
        CASE WHEN idle_runs = 0 THEN idle_since IS NULL
        ELSE idle_runs > 0 AND idle_since IS NOT NULL AND exit_code IS NOT DISTINCT FROM 0 END),
    ADD CONSTRAINT job_run_next CHECK (
        num_nulls(next_run_id, next_process_id, next_started_at) IN (0, 3)
        AND (idle_runs > 0 OR next_run_id IS NULL));
CREATE UNIQUE INDEX job_run_next_once ON job_run (tenant_id, next_run_id)
    WHERE next_run_id IS NOT NULL;

COMMENT ON TABLE job_run IS 'The runs of each program with the summary line that it printed. Runs in a row of one machine that had nothing to do are one row, that of the last. As a list: job_run_list.';
COMMENT ON COLUMN job_run.idle_runs IS 'How many runs in a row had nothing to do, the last of which this row is; 0 for a run that did something, failed or has not ended.';
COMMENT ON COLUMN job_run.idle_since IS 'When the first of them began.';
COMMENT ON COLUMN job_run.next_run_id IS 'The run that began after them and has not ended: it runs, or was killed.';

CREATE VIEW job_run_list WITH (security_invoker = true) AS
SELECT tenant_id, run_id, job, host, process_id, started_at, ended_at, exit_code, summary,
    idle_runs, idle_since
FROM job_run
UNION ALL
SELECT tenant_id, next_run_id, job, host, next_process_id, next_started_at, NULL, NULL, NULL, 0, NULL
FROM job_run WHERE next_run_id IS NOT NULL;
COMMENT ON VIEW job_run_list IS 'Each run that did something, each row of idle runs as their last, and each run that has not ended: it runs, or was killed.';
GRANT SELECT ON job_run_list TO budstikke_job, budstikke_reader, budstikke_console;
