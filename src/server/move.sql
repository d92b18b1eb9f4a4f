-- The catalogue of tables, for what treats them all alike (move.h). The rest of moving is statements made
-- from it.

-- columns sqlite
-- scan: the catalogue
SELECT l.name AS table_name, c.name AS column_name, c.type AS type, c."notnull" AS required,
	c.pk AS key, coalesce(f."table", '') AS target
FROM pragma_table_list l
JOIN pragma_table_info(l.name) c
LEFT JOIN pragma_foreign_key_list(l.name) f ON f."from" = c.name
WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT IN ('sqlite_schema', 'sqlite_sequence', 'sqlite_stat1')
ORDER BY l.name, c.cid;

-- columns postgres
SELECT CAST(c.relname AS text) AS table_name, CAST(a.attname AS text) AS column_name,
	format_type(a.atttypid, a.atttypmod) AS type,
	CASE WHEN a.attnotnull THEN CAST(1 AS bigint) ELSE CAST(0 AS bigint) END AS required,
	coalesce(CAST(array_position(p.conkey, a.attnum) AS bigint), CAST(0 AS bigint)) AS key,
	coalesce(CAST(f.relname AS text), '') AS target
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conkey[1] = a.attnum
LEFT JOIN pg_class f ON f.oid = k.confrelid
WHERE c.relkind = 'r' AND n.nspname = current_schema
ORDER BY c.relname, a.attnum;

-- shipped
-- all orgs: the terms that every server has
-- scan: they are few
SELECT t.id AS id, t.scheme AS scheme, t.code AS code FROM term t WHERE t.org IS NULL;

-- org
-- all orgs: organisations are what is looked for
SELECT o.id AS id, o.slug AS slug FROM org o WHERE o.slug = :slug;

-- taken
-- all orgs: organisations are what is looked for
SELECT count(*) AS n FROM org o WHERE o.slug = :slug;

-- host_taken
-- all orgs: organisations are what is looked for
SELECT count(*) AS n FROM org o WHERE o.host = :host;

-- close
-- all orgs: what others refer to is kept, and answers nobody
UPDATE org SET closed_at = :now, host = NULL, rev = rev + 1 WHERE id = :org;

-- deletion
-- all orgs: the job is the server's own
SELECT j.id AS id, j.due_at AS due_at, j.state AS state FROM job j
WHERE j.org IS NULL AND j.job_key = :key AND j.state IN ('waiting', 'running');

-- take_back
-- all orgs: the job is the server's own
UPDATE job SET state = 'stopped', finished_at = :now WHERE id = :id AND state = 'waiting';
