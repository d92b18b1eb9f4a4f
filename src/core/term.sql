-- add
INSERT INTO term (org, scheme, code, broader, position)
SELECT CAST(:org AS bigint), CAST(:scheme AS text), CAST(:code AS text), CAST(:broader AS bigint), CAST(:position AS bigint)
WHERE NOT EXISTS (SELECT 1 FROM term t WHERE t.scheme = :scheme AND t.code = :code AND (t.org IS NULL OR t.org = :org))
ON CONFLICT DO NOTHING
RETURNING id AS id

-- retire
UPDATE term SET retired_at = :at WHERE id = :id AND org = :org

-- list
SELECT t.id AS id, t.code AS code, t.broader AS broader, CASE WHEN t.org IS NULL THEN 0 ELSE 1 END AS own
FROM term t
WHERE t.scheme = :scheme AND (t.org IS NULL OR t.org = :org) AND t.retired_at IS NULL
ORDER BY t.position, t.code, t.id

-- find
SELECT t.id AS id
FROM term t
WHERE t.scheme = :scheme AND t.code = :code AND (t.org IS NULL OR t.org = :org)
LIMIT 1
