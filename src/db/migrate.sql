-- What the database has been through. The table is made by migrate.c before the first migration.

-- there sqlite
SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'migration';

-- there postgres
SELECT count(*) AS n FROM pg_class
 WHERE relname = 'migration' AND relkind = 'r' AND relnamespace = CAST(current_schema AS regnamespace);

-- version
-- scan: the last one by its key
SELECT COALESCE(max(m.version), CAST(0 AS bigint)) AS version FROM migration m;

-- add
INSERT INTO migration (version, name, made_at) VALUES (:version, :name, :now);
