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

-- state
SELECT s.at AS at, s.words AS words FROM server_state s WHERE s.name = :name;

-- watch
-- all orgs: sums for those who watch the server
-- scan: from the indexes of what waits, what failed and what has not ended
SELECT
	(SELECT count(*) FROM letter l WHERE l.state = 'queued') AS letters_queued,
	(SELECT min(l.made_at) FROM letter l WHERE l.state = 'queued') AS letter_at,
	(SELECT count(*) FROM letter l WHERE l.state = 'dead') AS letters_dead,
	(SELECT min(j.due_at) FROM job j WHERE j.state IN ('waiting', 'running') AND j.due_at <= :now AND j.lease_until <= :now) AS job_at,
	(SELECT count(*) FROM job j WHERE j.state = 'failed') AS jobs_failed,
	(SELECT count(*) FROM event e WHERE e.pending = 1) AS events_pending,
	(SELECT count(*) FROM session s WHERE s.ends_at > :now) AS sessions,
	(SELECT s.at FROM server_state s WHERE s.name = 'backup') AS backup_at,
	(SELECT max(m.version) FROM migration m) AS schema_version;

-- size sqlite
SELECT page_count * page_size AS size FROM pragma_page_count(), pragma_page_size();

-- size postgres
SELECT pg_database_size(current_database()) AS size;

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
	d.reason AS reason, d.items AS items, d.unplaced AS unplaced, p.slug AS slug, p.id AS standard
FROM standards_public_import d
JOIN org o ON o.id = d.org
LEFT JOIN standards_public_standard p ON p.org = d.org AND p.slug = d.slug AND p.version IS NOT NULL
WHERE (d.org = :org OR :org IS NULL)
ORDER BY d.file_name, d.id

-- published
-- some: the newest, beside the way to all
-- all orgs: the server's start page tells of the newest in each
-- scan: standards are few, and this page is read rarely
SELECT p.id AS id, p.org AS org, o.slug AS org_slug, p.slug AS slug, p.publisher AS publisher, p.number AS number,
	p.label AS label, p.state AS state, p.published_at AS published_at, o.zone AS zone
FROM standards_public_standard p
JOIN org o ON o.id = p.org
WHERE (p.org = :org OR :org IS NULL) AND p.version IS NOT NULL AND o.closed_at IS NULL
ORDER BY p.published_at DESC, p.id DESC
LIMIT 6

-- version_of_first
--- For who has not signed in: what is on and next changes with the minute, the rest with what is written. Who has signed in
--- sees what waits for them and gets no row.
SELECT CAST(CAST(:now AS bigint) / 60 * 100000000
	+ (SELECT coalesce(sum(c.changed), 0) + count(*) FROM standards_public_changed c WHERE c.org = :org)
	+ (SELECT count(*) FROM standards_public_import i WHERE i.org = :org)
	+ (SELECT coalesce(sum(a.rev), 0) FROM activity a WHERE a.org = :org AND a.starts_at >= CAST(:now AS bigint) / 60 * 60 - 172800)
	+ (SELECT coalesce(sum(p.rev), 0) FROM place p WHERE p.org = :org) AS bigint) AS version
WHERE CAST(:me AS bigint) IS NULL

-- drafts
-- some: the newest, beside the way to all
SELECT p.id AS id, p.slug AS slug, p.draft AS draft
FROM standards_public_standard p
WHERE p.org = :org AND p.draft IS NOT NULL
ORDER BY p.id DESC
LIMIT 10

-- previews
-- some: the newest, beside the way to all
SELECT i.id AS id, i.file_name AS file_name, i.made_at AS made_at
FROM standards_public_preview i
WHERE i.org = :org
ORDER BY i.made_at DESC, i.id DESC
LIMIT 10

-- letters_dead
SELECT count(*) AS letters_dead FROM letter l WHERE l.org = :org AND l.state = 'dead'

-- erased
-- all orgs: the journal is the server's
-- scan: few people ask, once an hour
SELECT e.answered_at AS answered_at, e.org AS org, o.made_at AS org_made_at, e.person AS person, p.made_at AS made_at, coalesce(e.answered_by, 0) AS answered_by
FROM erasure e
JOIN org o ON o.id = e.org
JOIN person p ON p.id = e.person
WHERE e.answered_at IS NOT NULL
ORDER BY e.id

-- erased_meant
SELECT count(*) AS n
FROM org o, person p
WHERE o.id = :org AND o.made_at = :org_made_at AND p.id = :person AND p.made_at = :made_at

-- erased_open
UPDATE erasure SET withdrawn_at = :answered_at
WHERE org = :org AND person = :person AND answered_at IS NULL AND withdrawn_at IS NULL
