-- Groups as pages show them: to who keeps groups all of them, to others those they are responsible for.
-- Everywhere 7A stands before 10A, and both before the chess club: the figures a name begins with are counted.

-- list
SELECT g.id AS id, g.name AS name, g.kind AS kind, y.name AS year, g.since AS since, g.until AS until,
	(SELECT count(DISTINCT coalesce(p.same_as, p.id)) FROM membership m JOIN person p ON p.id = m.person
		WHERE m.org = :org AND m.people_group = g.id AND m.since <= :day AND (m.until IS NULL OR m.until > :day)) AS members
FROM group_listed g
LEFT JOIN academic_year y ON y.id = g.year
WHERE g.org = :org AND (g.kind = :kind OR :kind IS NULL)
	AND (g.year = :year OR (:year IS NULL AND (g.until IS NULL OR g.until > :day)))
	AND (CAST(:everything AS bigint) = 1 OR g.id IN (SELECT s.people_group FROM group_staff s JOIN person p ON p.id = s.person
		WHERE s.org = :org AND (p.id = :me OR p.same_as = :me) AND s.since <= :today AND (s.until IS NULL OR s.until > :today)))
ORDER BY g.kind, g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.since, g.id

-- led
SELECT s.people_group AS people_group, p.name AS name
FROM group_staff s JOIN person p ON p.id = s.person
WHERE s.org = :org AND s.people_group IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND s.since <= :day AND (s.until IS NULL OR s.until > :day)
ORDER BY s.people_group, s.since, s.id

-- members
SELECT m.id AS id, w.id AS person, w.name AS name, w.sort_name AS sort_name, w.lang AS lang, m.since AS since, m.until AS until
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.people_group = :group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
ORDER BY w.sort_name COLLATE "fr-x-icu", w.id, m.id

-- others
SELECT m.id AS id, w.id AS person, w.name AS name, w.sort_name AS sort_name, m.since AS since, m.until AS until
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.people_group = :group AND (m.since > :day OR m.until <= :day)
	AND (m.until > m.since OR m.until IS NULL)
ORDER BY m.since DESC, w.sort_name COLLATE "fr-x-icu", m.id

-- staff
SELECT s.id AS id, p.id AS person, p.name AS name, s.since AS since, s.until AS until,
	CASE WHEN s.until <= :day THEN 1 ELSE 0 END AS over
FROM group_staff s JOIN person p ON p.id = s.person
WHERE s.org = :org AND s.people_group = :group AND (s.until > s.since OR s.until IS NULL)
ORDER BY CASE WHEN s.until <= :day THEN 1 ELSE 0 END, s.since, s.id

-- of_person
SELECT g.id AS id, g.name AS name, g.kind AS kind, y.name AS year, m.since AS since, m.until AS until,
	CASE WHEN m.since <= :day AND (m.until IS NULL OR m.until > :day) THEN 1 ELSE 0 END AS now
FROM membership m
JOIN people_group g ON g.id = m.people_group
LEFT JOIN academic_year y ON y.id = g.year
JOIN person p ON p.id = m.person
WHERE m.org = :org AND (p.id = :person OR p.same_as = :person) AND (m.until > m.since OR m.until IS NULL)
	AND (CAST(:everything AS bigint) = 1 OR g.id IN (SELECT s.people_group FROM group_staff s JOIN person q ON q.id = s.person
		WHERE s.org = :org AND (q.id = :me OR q.same_as = :me) AND s.since <= :day AND (s.until IS NULL OR s.until > :day)))
ORDER BY m.since DESC, g.name COLLATE "fr-x-icu", m.id

-- known
SELECT po.person AS person
FROM person_org po
WHERE po.org = :org AND po.person IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND (po.until > :now OR po.until IS NULL)
ORDER BY po.person

-- member
SELECT m.id AS id, m.person AS person, m.since AS since, m.until AS until
FROM membership m
WHERE m.org = :org AND m.people_group = :group AND m.id = :member

-- staff_row
SELECT s.id AS id, s.person AS person, s.since AS since, s.until AS until
FROM group_staff s
WHERE s.org = :org AND s.people_group = :group AND s.id = :staff
