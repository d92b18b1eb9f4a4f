-- What stands at the end of a school year (rollover_rules.h).

-- groups
SELECT g.id AS id, g.name AS name, g.kind AS kind,
	(SELECT count(*) FROM membership m WHERE m.people_group = g.id AND m.org = :org AND m.until IS NULL) AS members
FROM group_listed g
WHERE g.org = :org AND g.year = :year AND g.until IS NULL
ORDER BY g.kind, g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id

-- members
SELECT m.id AS id, w.id AS person, m.people_group AS people_group, w.name AS name
FROM people_group g
JOIN membership m ON m.people_group = g.id AND m.until IS NULL
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE g.org = :org AND g.year = :year AND g.until IS NULL
ORDER BY w.id, m.id

-- staff
SELECT s.id AS id, s.person AS person, s.people_group AS people_group, p.name AS name, g.name AS group_name
FROM people_group g
JOIN group_staff s ON s.people_group = g.id AND s.until IS NULL
JOIN person p ON p.id = s.person
WHERE g.org = :org AND g.year = :year AND g.until IS NULL
ORDER BY s.person, s.id

-- consents
SELECT c.id AS id, c.person AS person, c.purpose AS purpose, w.name AS given_by_name
FROM people_group g
JOIN membership m ON m.people_group = g.id AND m.until IS NULL
JOIN consent c ON c.person = m.person AND c.org = :org
JOIN person w ON w.id = c.given_by
WHERE g.org = :org AND g.year = :year AND g.until IS NULL AND c.answer = 'yes' AND c.withdrawn_at IS NULL
	AND (c.ends_at IS NULL OR c.ends_at > :at)
GROUP BY c.id, c.person, c.purpose, w.name
ORDER BY c.person, c.id

-- leavers
SELECT p.id AS id, p.name AS name, p.sort_name AS sort_name
FROM person p
WHERE p.id IN (SELECT DISTINCT r.person FROM people_batch_row r WHERE r.batch = :batch AND r.org = :org AND r.state = 'done'
		AND r.action = 'leave')
	AND p.id NOT IN (SELECT j.person FROM people_batch_row j WHERE j.batch = :batch AND j.org = :org AND j.action = 'join'
		AND j.person IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = p.id AND m.org = :org AND m.until IS NULL)
	AND EXISTS (SELECT 1 FROM person_org o WHERE o.person = p.id AND o.org = :org AND (o.until IS NULL OR o.until > :now))
	AND p.closed_at IS NULL AND p.same_as IS NULL
ORDER BY p.sort_name COLLATE "fr-x-icu", p.id
