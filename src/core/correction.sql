-- ask
INSERT INTO correction (org, person, words, to_person, asked_at)
SELECT o.id, CAST(:person AS bigint), CAST(:words AS text), CAST(:to_person AS bigint), CAST(:now AS bigint)
FROM org o
WHERE o.id = :org AND EXISTS (SELECT 1 FROM person_org m JOIN person p ON p.id = m.person
	WHERE m.org = :org AND (p.id = :person OR p.same_as = :person) AND m.since <= :now AND (m.until IS NULL OR m.until > :now))
ON CONFLICT DO NOTHING
RETURNING id AS id

-- answer
UPDATE correction SET answer = :answer, answered_at = :now, answered_by = :by
WHERE id = :id AND org = :org AND answered_at IS NULL

-- list
SELECT c.id AS id, c.person AS person, p.name AS name, c.words AS words, k.name AS to_name, c.asked_at AS asked_at, c.answer AS answer,
	c.answered_at AS answered_at, w.name AS answered_by_name
FROM correction c
JOIN person p ON p.id = c.person
LEFT JOIN person k ON k.id = c.to_person
LEFT JOIN person w ON w.id = c.answered_by
WHERE c.org = :org
ORDER BY CASE WHEN c.answered_at IS NULL THEN 0 ELSE 1 END, c.id DESC

-- row
SELECT c.id AS id, c.person AS person, c.answered_at AS answered_at
FROM correction c
WHERE c.id = :id AND c.org = :org

-- of
-- all orgs: a person reads their own
SELECT c.id AS id, coalesce(l.name, f.name) AS org_name, c.words AS words, k.name AS to_name, c.asked_at AS asked_at, c.answer AS answer,
	c.answered_at AS answered_at, w.name AS answered_by_name
FROM correction c
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
LEFT JOIN person k ON k.id = c.to_person
LEFT JOIN person w ON w.id = c.answered_by
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.id DESC

-- mine
-- all orgs: a person reads what lies before them everywhere
SELECT o.base AS base, '/people/corrections' AS path, coalesce(l.name, f.name) AS org_name, p.name AS title, CAST('' AS text) AS title_lang,
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM correction c
JOIN person p ON p.id = c.person
JOIN org o ON o.id = c.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
WHERE c.to_person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND c.answered_at IS NULL AND c.asked_at <= :now
ORDER BY c.id
