-- The tables and views of a migrated database with what their comments say, as one line of JSON:
-- what man-pages makes budstikke-tables(7) of.
SELECT coalesce(json_agg(json_build_object(
    'name', c.relname,
    'kind', CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
    'comment', obj_description(c.oid, 'pg_class'),
    'columns', (
        SELECT json_agg(json_build_object(
            'name', a.attname,
            'type', format_type(a.atttypid, a.atttypmod),
            'required', a.attnotnull,
            'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum)
        FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    -- Only the rules that somebody explains: the others say in their name what they hold.
    'rules', (
        SELECT coalesce(json_agg(json_build_object(
            'name', k.conname,
            'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname), '[]')
        FROM pg_constraint AS k
        WHERE k.conrelid = c.oid AND obj_description(k.oid, 'pg_constraint') IS NOT NULL))
    ORDER BY c.relname COLLATE "C"), '[]')
FROM pg_class AS c
WHERE c.relnamespace = 'budstikke'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT c.relispartition;
