-- What stands, for a plan (people_plan_rules.h).

-- people
SELECT p.id AS id, p.name AS name, p.sort_name AS sort_name, p.formal_name AS formal_name, p.lang AS lang,
	CASE WHEN po.until IS NULL OR po.until > :now THEN 1 ELSE 0 END AS here,
	(SELECT count(*) FROM people_batch_row u WHERE u.person = po.person AND u.org = :org AND u.action = 'person_add' AND u.state = 'undone') AS undone,
	(SELECT count(*) FROM person_org o WHERE o.person = po.person AND o.org <> :org AND (o.until IS NULL OR o.until > :now)) AS others
FROM person_org po JOIN person p ON p.id = po.person
WHERE po.org = :org AND p.same_as IS NULL AND p.closed_at IS NULL
ORDER BY po.sort_fold, po.person

-- keys
SELECT coalesce(p.same_as, p.id) AS person, k.value AS value FROM person_key k JOIN person p ON p.id = k.person
WHERE k.org = :org AND k.scheme = :scheme ORDER BY k.value

-- contacts
SELECT c.person AS person, c.kind AS kind, c.value AS value
FROM person_org po JOIN contact c ON c.person = po.person
WHERE po.org = :org AND c.kind IN ('email', 'phone') AND (c.org IS NULL OR c.org = :org) ORDER BY c.person, c.id

-- groups
SELECT g.id AS id, g.name AS name, g.source AS source, g.year AS year
FROM people_group g
WHERE g.org = :org AND (g.until IS NULL OR g.until > :day)
ORDER BY g.since DESC, g.id

-- members
SELECT m.id AS id, coalesce(p.same_as, p.id) AS person, m.people_group AS people_group
FROM membership m JOIN person p ON p.id = m.person
WHERE m.org = :org AND m.until IS NULL ORDER BY coalesce(p.same_as, p.id), m.id

-- staff
SELECT s.id AS id, coalesce(p.same_as, p.id) AS person, s.people_group AS people_group
FROM group_staff s JOIN person p ON p.id = s.person
WHERE s.org = :org AND s.until IS NULL ORDER BY coalesce(p.same_as, p.id), s.id

-- held
SELECT h.id AS id, h.person AS person, h.role AS role
FROM role r JOIN person_role h ON h.role = r.id AND h.org = :org
WHERE r.org = :org AND h.since <= :now AND (h.until IS NULL OR h.until > :now)
ORDER BY h.person, h.id

-- minors
SELECT po.person AS person, m.until AS until, CASE WHEN b.person IS NULL THEN 0 ELSE 1 END AS banded
FROM person_org po
LEFT JOIN minority m ON m.person = po.person AND m.org = :org
LEFT JOIN person_band b ON b.person = po.person AND b.org = :org
WHERE po.org = :org AND (m.person IS NOT NULL OR b.person IS NOT NULL) ORDER BY po.person

-- guardians
SELECT coalesce(c.same_as, c.id) AS child, coalesce(p.same_as, p.id) AS person
FROM guardian g JOIN person c ON c.id = g.child JOIN person p ON p.id = g.person
WHERE g.org = :org AND (g.until IS NULL OR g.until > :day) ORDER BY g.id
