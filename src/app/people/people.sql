-- What the pages of people read beyond core.

-- part held
	FROM person_role pr WHERE pr.person = po.person AND pr.org = :org AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)) AS roles,
	p.id AS id, p.name AS name, p.sort_name AS sort_name, p.formal_name AS formal_name, p.lang AS lang, po.sort_fold AS sort_fold, po.since AS since
FROM person_org po JOIN person p ON p.id = po.person

-- part here
WHERE po.org = :org AND (po.sort_fold, po.person) > (:after_fold, :after_id)
	AND (po.until > :now OR po.until IS NULL) AND p.same_as IS NULL AND p.closed_at IS NULL
	AND po.person NOT IN (SELECT k.child FROM guardian_kept k WHERE k.org = :org AND k.person = :me AND k.since <= :day AND k.until > :day)

-- part spelt
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low1 AND w.word < :high1)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low2 AND w.word < :high2)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low3 AND w.word < :high3)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low4 AND w.word < :high4)

-- part narrowed
	AND p.same_as IS NULL AND p.closed_at IS NULL
	AND CASE WHEN po.until IS NULL OR po.until > :now THEN 'here' ELSE 'left' END = :place
	AND (CAST(:minors AS bigint) = 0 OR po.person IN (SELECT x.person FROM minority x WHERE x.org = :org AND x.until > :day))
	AND (CAST(:role AS bigint) = 0 OR po.person IN (SELECT h.person FROM person_role h WHERE h.org = :org AND h.role = :role
		AND h.since <= :now AND (h.until IS NULL OR h.until > :now)))
	AND (CAST(:group AS bigint) = 0 OR po.person IN (SELECT coalesce(q.same_as, q.id) FROM membership m JOIN person q ON q.id = m.person
		WHERE m.org = :org AND m.people_group = :group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)))
	AND (CAST(:year AS bigint) = 0 OR po.person IN (SELECT coalesce(q.same_as, q.id) FROM people_group g
		JOIN membership m ON m.org = :org AND m.people_group = g.id AND (m.until IS NULL OR m.until > m.since) JOIN person q ON q.id = m.person
		WHERE g.org = :org AND g.year = :year))
	AND (CAST(:low1 AS text) = '' OR po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low1 AND w.word < :high1))
	AND (CAST(:low2 AS text) = '' OR po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low2 AND w.word < :high2))
	AND po.person NOT IN (SELECT k.child FROM guardian_kept k WHERE k.org = :org AND k.person = :me AND k.since <= :day AND k.until > :day)

-- directory_whole sqlite
SELECT (SELECT group_concat(pr.role, ' ')
-- use held
-- use here
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory_whole postgres
SELECT (SELECT string_agg(CAST(pr.role AS text), ' ')
-- use held
-- use here
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory_words sqlite
SELECT (SELECT group_concat(pr.role, ' ')
-- use held
-- use here
-- use spelt
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory_words postgres
SELECT (SELECT string_agg(CAST(pr.role AS text), ' ')
-- use held
-- use here
-- use spelt
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory sqlite
SELECT (SELECT group_concat(pr.role, ' ')
-- use held
WHERE po.org = :org AND (po.sort_fold, po.person) > (:after_fold, :after_id)
-- use narrowed
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory postgres
SELECT (SELECT string_agg(CAST(pr.role AS text), ' ')
-- use held
WHERE po.org = :org AND (po.sort_fold, po.person) > (:after_fold, :after_id)
-- use narrowed
ORDER BY po.sort_fold, po.person LIMIT :most

-- directory_newest sqlite
SELECT (SELECT group_concat(pr.role, ' ')
-- use held
WHERE po.org = :org AND (po.since, po.person) < (:after_since, :after_id)
-- use narrowed
ORDER BY po.since DESC, po.person DESC LIMIT :most

-- directory_newest postgres
SELECT (SELECT string_agg(CAST(pr.role AS text), ' ')
-- use held
WHERE po.org = :org AND (po.since, po.person) < (:after_since, :after_id)
-- use narrowed
ORDER BY po.since DESC, po.person DESC LIMIT :most

-- directory_count
SELECT count(*) AS total
FROM person_org po JOIN person p ON p.id = po.person
WHERE po.org = :org
-- use narrowed

-- open_groups
SELECT g.id AS id, g.name AS name, y.name AS year
FROM group_listed g LEFT JOIN academic_year y ON y.id = g.year
WHERE g.org = :org AND (g.until IS NULL OR g.until > :day)
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.since DESC, g.id

-- contacts_out
SELECT c.person AS person, c.kind AS kind, c.value AS value
FROM contact c
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j) AND c.kind IN ('email', 'phone')
	AND (c.org IS NULL OR c.org = :org)
ORDER BY c.person, c.preferred DESC, c.id

-- groups_today
SELECT coalesce(p.same_as, p.id) AS person, g.name AS name
FROM membership m
JOIN person p ON p.id = m.person
JOIN people_group g ON g.id = m.people_group
WHERE m.org = :org AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
	AND coalesce(p.same_as, p.id) IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY coalesce(p.same_as, p.id), g.name, g.id

-- groups_out
SELECT coalesce(p.same_as, p.id) AS person, g.name AS name
FROM membership m
JOIN person p ON p.id = m.person
JOIN people_group g ON g.id = m.people_group
WHERE m.org = :org AND m.until IS NULL AND coalesce(p.same_as, p.id) IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY coalesce(p.same_as, p.id), g.name, g.id

-- keys_out
SELECT k.person AS person, k.value AS value
FROM person_key k
WHERE k.org = :org AND k.scheme = 'roster' AND k.person IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY k.person, k.id

-- minors_out
SELECT m.person AS person, m.until AS until
FROM minority m
WHERE m.org = :org AND m.person IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY m.person

-- disclose_list
INSERT INTO disclosure (org, person, object_kind, object, to_person, to_org, to_outside, purpose, ground, consent, access_grant,
	can_be_called_back, request_id, made_at)
SELECT CAST(:org AS bigint), p.id, 'person', p.id, CAST(:me AS bigint), NULL, '', 'list', 'duty', NULL, NULL, 0, CAST(:request AS text), CAST(:now AS bigint)
FROM person p
WHERE p.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j) AND p.id <> :me
