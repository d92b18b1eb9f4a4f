-- once_find
SELECT f.location AS location
FROM form_sent AS f
WHERE f.key = :key AND f.org = :org;

-- once_claim
INSERT INTO form_sent (key, org, location, made_at)
VALUES (:key, :org, :location, :now)
ON CONFLICT DO NOTHING
RETURNING made_at AS made_at;

-- once_sweep
-- scan: reads the oldest only, from the start of the index
-- all orgs: what nobody will send again is removed for the whole server
DELETE FROM form_sent WHERE made_at < :before;

-- alive
-- all orgs: says only that the database answers
SELECT CAST(1 AS bigint) AS alive;

-- state_put
INSERT INTO server_state (name, at, words)
VALUES (:name, :at, :words)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, words = excluded.words;

-- demo_person
SELECT p.id AS id
FROM role AS r
JOIN person_role AS h ON h.role = r.id AND h.org = r.org
JOIN person AS p ON p.id = h.person
WHERE r.org = :org AND r.shipped = :role AND h.since <= :now AND (h.until IS NULL OR h.until > :now)
ORDER BY p.id
LIMIT 1;

-- org_rev
SELECT o.rev AS rev FROM org AS o WHERE o.id = :org AND o.closed_at IS NULL;

-- documents
-- all orgs: the server's start page lists what was imported by command in each
-- scan: a list of imports is short, and this page is read rarely
SELECT d.id AS id, o.slug AS org_slug, d.file_name AS file_name, d.layout AS layout, d.state AS state,
	d.reason AS reason, d.items AS items, d.unplaced AS unplaced, d.slug AS slug
FROM standards_public_import d
JOIN org o ON o.id = d.org
WHERE (d.org = :org OR :org IS NULL)
ORDER BY d.file_name, d.id
LIMIT 100
