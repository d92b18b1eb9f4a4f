-- add
INSERT INTO adult_check (org, person, kind, verified_by, verified_at, valid_until)
SELECT CAST(:org AS bigint), CAST(:person AS bigint), t.id, CAST(:verified_by AS bigint), CAST(:now AS bigint), CAST(:valid_until AS text)
FROM term t
WHERE t.id = :kind AND t.scheme = 'adult_check' AND (t.org = :org OR t.org IS NULL) AND t.retired_at IS NULL
RETURNING id AS id

-- end
UPDATE adult_check SET ended_at = :now
WHERE id = :id AND org = :org AND ended_at IS NULL AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
RETURNING id AS id

-- of
SELECT c.id AS id, c.kind AS kind, v.name AS verified_by_name, c.verified_at AS verified_at, c.valid_until AS valid_until, c.ended_at AS ended_at,
	CASE WHEN c.ended_at IS NULL AND c.valid_until >= :day THEN 1 ELSE 0 END AS holds
FROM adult_check c
JOIN person v ON v.id = c.verified_by
WHERE c.org = :org AND c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.verified_at DESC, c.id DESC

-- ending
SELECT w.id AS person, w.sort_name AS name, c.kind AS kind, c.valid_until AS valid_until
FROM adult_check c
JOIN person p ON p.id = c.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE c.org = :org AND c.valid_until < :before AND c.ended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM person s JOIN adult_check l ON l.person = s.id
		WHERE (s.id = w.id OR s.same_as = w.id) AND l.org = :org AND l.kind = c.kind AND l.ended_at IS NULL
			AND (l.valid_until > c.valid_until OR (l.valid_until = c.valid_until AND l.id > c.id)))
	AND EXISTS (SELECT 1 FROM person_org o WHERE o.org = :org AND o.person = w.id AND (o.until IS NULL OR o.until > :now))
ORDER BY c.valid_until, w.sort_name COLLATE "fr-x-icu", c.id
