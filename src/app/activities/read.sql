-- What the readers of the ledger need beside its rows (core/ledger.sql).

-- groups
SELECT g.id AS id, g.name AS name, g.kind AS kind
FROM group_listed g
WHERE g.org = :org AND g.since < :until AND (g.until IS NULL OR g.until > :since)
	AND (CAST(:everything AS bigint) = 1 OR g.id IN (SELECT s.people_group FROM group_staff s JOIN person p ON p.id = s.person
		WHERE s.org = :org AND (p.id = :me OR p.same_as = :me) AND s.since <= :today AND (s.until IS NULL OR s.until > :today)))
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id

-- members
-- Of some groups, whoever was one at any time between two days.
SELECT m.people_group AS people_group, w.id AS person, w.name AS name, w.sort_name AS sort_name, m.since AS since, m.until AS until
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.people_group IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND m.since < :until AND (m.until IS NULL OR m.until > :since) AND (m.until IS NULL OR m.until > m.since)
ORDER BY w.sort_name COLLATE "fr-x-icu", w.id, m.people_group, m.since

-- memberships
SELECT w.id AS person, m.people_group AS people_group, m.since AS since, m.until AS until
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.since < :until AND (m.until IS NULL OR m.until > :since)
ORDER BY w.id, m.people_group

-- planned_items
SELECT DISTINCT i.item AS item
FROM activity a
JOIN activity_item i ON i.activity = a.id
WHERE a.org = :org AND a.starts_at >= :starts AND a.starts_at < :ends AND a.status <> 'cancelled'

-- columns
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes, a.visibility AS visibility
FROM activity a
WHERE a.org = :org AND a.starts_at >= :starts AND a.starts_at < :ends AND a.status = 'held' AND a.kind <> 'series'
	AND (EXISTS (SELECT 1 FROM activity_group g WHERE g.activity = a.id AND g.people_group = :group)
		OR EXISTS (SELECT 1 FROM participation p WHERE p.activity = a.id AND p.people_group = :group AND p.superseded_at IS NULL))
ORDER BY a.starts_at, a.id

-- held
SELECT a.kind AS kind, a.method AS method, a.mode AS mode, substr(a.starts_wall, 1, 7) AS month, count(*) AS held
FROM activity a
WHERE a.org = :org AND a.starts_at >= :starts AND a.starts_at < :ends AND a.status = 'held' AND a.kind <> 'series'
GROUP BY a.kind, a.method, a.mode, substr(a.starts_wall, 1, 7)

-- group_names
SELECT g.id AS id, g.name AS name
FROM people_group g
WHERE g.org = :org AND g.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- terms
-- all orgs: methods are shipped, or this organisation's
SELECT t.id AS id, t.code AS code
FROM term t
WHERE t.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j) AND (t.org IS NULL OR t.org = :org)

-- fewest
SELECT o.fewest AS fewest FROM org o WHERE o.id = :org

-- hours
-- all orgs: of rows that the reader was given, which name them
SELECT a.id AS id, a.org AS org, o.base AS base, coalesce(l.name, f.name) AS org_name, a.elsewhere AS elsewhere, a.kind AS kind,
	a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall, a.zone AS zone, a.starts_at AS starts_at,
	a.minutes AS minutes, a.visibility AS visibility
FROM activity a
LEFT JOIN org o ON o.id = a.org
LEFT JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang
WHERE a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY a.starts_at DESC, a.id DESC

-- group_of_mine
SELECT m.id AS id
FROM membership m
JOIN person p ON p.id = m.person
JOIN group_staff s ON s.people_group = m.people_group
JOIN person q ON q.id = s.person
WHERE m.org = :org AND (p.id = :person OR p.same_as = :person) AND m.since <= :today AND (m.until IS NULL OR m.until > :today)
	AND (q.id = :me OR q.same_as = :me) AND s.since <= :today AND (s.until IS NULL OR s.until > :today)
LIMIT 1

-- demo_items
-- some: a few for the demonstration
-- scan: once, of a new demonstration
SELECT l.item AS item, l.version AS version
FROM standards_public_label l
WHERE l.org = :org AND l.code <> ''
ORDER BY l.code, l.item
LIMIT 10

-- demo_book
SELECT p.id AS id
FROM person_org k JOIN person p ON p.id = k.person
WHERE k.org = :org AND p.name = :name
ORDER BY p.id LIMIT 1
