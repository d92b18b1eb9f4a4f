-- What holding an activity needs beside the ledger.

-- items
SELECT i.item AS item, i.version AS version
FROM activity_item i
WHERE i.org = :org AND i.activity = :activity
ORDER BY i.item

-- known
SELECT a.id AS id FROM activity a WHERE a.org = :org AND a.id = :activity

-- code
SELECT c.activity AS activity, a.status AS status, a.minutes AS minutes, substr(a.starts_wall, 1, 10) AS day,
	c.opened_at AS opened_at, c.opened_by AS opened_by, c.closes_at AS closes_at,
	(SELECT count(*) FROM participation p WHERE p.activity = a.id AND p.state = 'attended' AND p.superseded_at IS NULL
		AND p.person IS NOT NULL) AS here
FROM activity_code c
JOIN activity a ON a.id = c.activity
WHERE c.org = :org AND c.activity = :activity AND c.closes_at > :now AND a.status <> 'cancelled'

-- code_open
INSERT INTO activity_code (activity, org, opened_at, opened_by, closes_at)
SELECT a.id, a.org, CAST(:now AS bigint), CAST(:by AS bigint), CAST(:closes_at AS bigint)
FROM activity a
WHERE a.org = :org AND a.id = :activity
ON CONFLICT (activity) DO UPDATE SET opened_by = excluded.opened_by, closes_at = excluded.closes_at,
	opened_at = CASE WHEN activity_code.closes_at > excluded.opened_at THEN activity_code.opened_at ELSE excluded.opened_at END

-- code_close
UPDATE activity_code SET closes_at = :now WHERE org = :org AND activity = :activity AND closes_at > :now

-- mine
SELECT p.id AS id, p.person AS person, p.people_group AS people_group, p.role AS role, p.state AS state, p.ground AS ground, p.consent AS consent,
	p.claimed_by AS claimed_by
FROM participation p
WHERE p.org = :org AND p.activity = :activity AND p.superseded_at IS NULL
	AND p.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND p.state <> 'void'
ORDER BY CASE WHEN p.state = 'attended' THEN 0 ELSE 1 END, p.id
LIMIT 1

-- group
SELECT g.people_group AS id
FROM activity_group g
JOIN membership m ON m.people_group = g.people_group
WHERE g.org = :org AND g.activity = :activity AND m.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)
	AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
ORDER BY g.people_group
LIMIT 1

-- code_is_open
SELECT c.activity AS id FROM activity_code c WHERE c.org = :org AND c.activity = :activity AND c.closes_at > :now
