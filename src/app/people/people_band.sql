-- Learners without an age band: who has a learner's role, or belongs to a class or cohort. Nobody finds themself here, nor
-- whom a court keeps from them.

-- part without
FROM person_org po
JOIN person p ON p.id = po.person
LEFT JOIN minority y ON y.org = po.org AND y.person = po.person AND y.until > :day
WHERE po.org = :org AND (po.until IS NULL OR po.until > :now) AND p.same_as IS NULL AND p.closed_at IS NULL
	AND po.person NOT IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me)
	AND NOT EXISTS (SELECT 1 FROM person s JOIN person_band b ON b.org = po.org AND b.person = s.id WHERE s.id = p.id OR s.same_as = p.id)
	AND (EXISTS (SELECT 1 FROM person s JOIN person_role h ON h.person = s.id AND h.org = po.org AND h.since <= :now
				AND (h.until IS NULL OR h.until > :now)
			JOIN role r ON r.id = h.role AND r.shipped = 'learner' WHERE s.id = p.id OR s.same_as = p.id)
		OR EXISTS (SELECT 1 FROM person s JOIN membership m ON m.person = s.id AND m.org = po.org AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
			JOIN people_group g ON g.id = m.people_group AND g.kind IN ('class', 'cohort') WHERE s.id = p.id OR s.same_as = p.id))
	AND (CAST(:group AS bigint) = 0 OR po.person IN (SELECT coalesce(q.same_as, q.id) FROM membership m JOIN person q ON q.id = m.person
		WHERE m.org = :org AND m.people_group = :group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)))
	AND po.person NOT IN (SELECT k.child FROM guardian_kept k WHERE k.org = :org AND k.person = :me AND k.since <= :day AND k.until > :day)

-- without_count
SELECT count(*) AS n
-- use without

-- without
SELECT p.id AS value, p.sort_name AS sort_name, y.until AS minor_until
-- use without
ORDER BY p.sort_name COLLATE "fr-x-icu", p.id
LIMIT :most OFFSET :skip

-- without_these
SELECT p.id AS value, p.sort_name AS sort_name, y.until AS minor_until
-- use without
	AND po.person IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY p.sort_name COLLATE "fr-x-icu", p.id

-- groups
SELECT g.id AS value, g.name AS label
FROM group_listed g
WHERE g.org = :org AND g.kind IN ('class', 'cohort') AND (g.until IS NULL OR g.until > :day)
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id
