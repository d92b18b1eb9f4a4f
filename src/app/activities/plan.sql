-- Series of activities.

-- following
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND (a.series = :head OR a.id = :head) AND a.starts_at > :after AND a.status = 'planned'
ORDER BY a.starts_at, a.id

-- series
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes, a.place AS place, CAST(NULL AS text) AS place_name,
	a.series AS series, a.capacity AS capacity, a.visibility AS visibility
FROM activity a
WHERE a.org = :org AND (a.series = :head OR a.id = :head)
ORDER BY a.starts_at, a.id

-- told
SELECT a.id AS id, a.rev AS rev, a.status AS status, a.starts_at AS starts_at, a.minutes AS minutes, a.zone AS zone,
	p.name AS place_name, p.address AS place_address
FROM activity a
LEFT JOIN place p ON p.id = a.place
WHERE a.org = :org AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY a.starts_at, a.id

-- concerned
-- Who comes, the guardians of minors who come (never one whom a court keeps from them), and who leads it: each with
-- each of the activities. Who was asked is told by a letter with their link (ask_letters.c).
SELECT w.id AS person, w.name AS name, w.lang AS lang, t.activity AS activity
FROM participation t
JOIN person w ON w.id = t.person
WHERE t.org = :org AND t.activity IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND t.superseded_at IS NULL AND t.state = 'expected' AND w.id <> :by
	AND NOT EXISTS (SELECT 1 FROM activity_ask k WHERE k.activity = t.activity AND k.person = t.person)
UNION
SELECT w.id AS person, w.name AS name, w.lang AS lang, t.activity AS activity
FROM participation t
JOIN minority m ON m.org = t.org AND m.person = t.person AND m.until > :today
JOIN guardian_in_touch g ON g.org = t.org AND g.child = t.person AND g.since <= :today AND (g.until > :today OR g.until IS NULL)
JOIN person w ON w.id = g.person
WHERE t.org = :org AND t.activity IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND t.superseded_at IS NULL AND t.state = 'expected' AND w.id <> :by
	AND NOT EXISTS (SELECT 1 FROM activity_ask k WHERE k.activity = t.activity AND k.person = t.person)
UNION
SELECT w.id AS person, w.name AS name, w.lang AS lang, a.id AS activity
FROM activity a
JOIN person w ON w.id = a.responsible
WHERE a.org = :org AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j) AND w.id <> :by
ORDER BY person, activity
