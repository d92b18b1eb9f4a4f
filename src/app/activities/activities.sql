-- Reading activities. Who may: whoever sees all (:all is 1), everybody what is public, and whom the view activity_reader
-- lets see it: who leads it or is asked, and of what is for the invited who takes part or belongs to an invited group on its day;
-- and who is today the guardian of a child that is asked.

-- part row
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes, a.place AS place, p.name AS place_name, a.series AS series,
	a.capacity AS capacity, a.visibility AS visibility
FROM activity a
LEFT JOIN place p ON p.id = a.place

-- part guarded
		OR a.id IN (SELECT v.activity FROM activity_guardian v WHERE v.since <= :today AND v.until > :today
			AND v.person IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me))

-- part seen
	AND (CAST(:all AS bigint) = 1 OR a.visibility = 'public'
		OR EXISTS (SELECT 1 FROM activity_reader v WHERE v.activity = a.id AND v.person = :me AND v.sees = 1)
-- use guarded
	)

-- coming
-- use row
WHERE a.org = :org AND a.starts_at >= :edge
	AND (a.starts_at > :after_at OR (a.starts_at = :after_at AND a.id > :after_id))
	AND (a.kind = :kind OR :kind IS NULL)
-- use seen
ORDER BY a.starts_at, a.id
LIMIT :most

-- past
-- use row
WHERE a.org = :org AND a.starts_at < :edge
	AND (a.starts_at < :after_at OR (a.starts_at = :after_at AND a.id < :after_id))
	AND (a.kind = :kind OR :kind IS NULL)
-- use seen
ORDER BY a.starts_at DESC, a.id DESC
LIMIT :most

-- soon
-- some: the next few, beside the way to all
-- use row
WHERE a.org = :org AND a.starts_at >= :edge AND (a.starts_at >= :now OR a.starts_at + a.minutes * 60 > :now)
-- use seen
ORDER BY a.starts_at, a.id
LIMIT :most

-- one
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.second AS second, a.starts_at AS starts_at, a.minutes AS minutes, a.place AS place, p.name AS place_name,
	p.address AS place_address, p.access AS place_access, p.access_lang AS place_access_lang, a.series AS series, a.capacity AS capacity, a.visibility AS visibility,
	a.responsible AS responsible, r.name AS responsible_name, a.link AS link, a.going_out AS going_out,
	a.learners_per_adult AS learners_per_adult, a.slip AS slip, a.answer_by AS answer_by, a.made_at AS made_at, a.rev AS rev,
	CASE WHEN CAST(:all AS bigint) = 1
		OR EXISTS (SELECT 1 FROM activity_reader v WHERE v.activity = a.id AND v.person = :me AND v.inside = 1)
-- use guarded
		THEN 1 ELSE 0 END AS inside,
	CASE WHEN EXISTS (SELECT 1 FROM activity_question q WHERE q.activity = a.id) THEN 1 ELSE 0 END AS asks
FROM activity a
LEFT JOIN place p ON p.id = a.place
LEFT JOIN person r ON r.id = a.responsible
WHERE a.org = :org AND a.id = :activity
-- use seen

-- roles
SELECT w.role AS role, w.wanted AS wanted
FROM activity_role w
WHERE w.org = :org AND w.activity = :activity
ORDER BY w.role

-- items
SELECT i.item AS item, l.node AS node, l.number AS number, l.uuid AS uuid, l.code AS code, l.slug AS slug
FROM activity_item i
JOIN standards_public_label l ON l.item = i.item
WHERE i.org = :org AND i.activity = :activity
ORDER BY l.slug, l.code, i.item

-- labels
SELECT l.item AS item, l.node AS node, l.number AS number, l.uuid AS uuid, l.code AS code, l.slug AS slug, l.version AS version
FROM standards_public_label l
WHERE l.org = :org AND l.item IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY l.slug, l.code, l.item

-- groups
SELECT g.id AS id, g.name AS name
FROM activity_group i
JOIN group_listed g ON g.id = i.people_group
WHERE i.org = :org AND i.activity = :activity
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id

-- groups_offered
SELECT g.id AS value, g.name || CASE WHEN y.since > :today THEN ' (' || y.name || ')' ELSE '' END AS label
FROM group_listed g LEFT JOIN academic_year y ON y.id = g.year
WHERE g.org = :org AND (g.until IS NULL OR g.until > :today)
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id

-- leaders
-- scan: few rows belong to one organisation
SELECT p.id AS value, p.name AS label, p.sort_name AS sort_name
FROM person_role pr
JOIN role_right rr ON rr.role = pr.role AND rr.right_name = 'activities_read'
JOIN person p ON p.id = pr.person
WHERE pr.org = :org AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)
GROUP BY p.id, p.name, p.sort_name
ORDER BY p.sort_name COLLATE "fr-x-icu", p.id

-- writers
SELECT p.id AS id, p.name AS name
FROM activity_past h
JOIN person p ON p.id = h.corrected_by
WHERE h.org = :org AND h.activity = :activity

-- role_put
INSERT INTO activity_role (org, activity, role, wanted) VALUES (:org, :activity, :role, :wanted)

-- roles_clear
DELETE FROM activity_role WHERE org = :org AND activity = :activity

-- items_put
INSERT INTO activity_item (org, activity, item, version)
SELECT l.org, CAST(:activity AS bigint), l.item, l.version
FROM standards_public_label l
WHERE l.org = :org AND l.item IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ON CONFLICT DO NOTHING

-- items_keep
DELETE FROM activity_item
WHERE org = :org AND activity = :activity AND item NOT IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- groups_put
INSERT INTO activity_group (org, activity, people_group)
SELECT g.org, CAST(:activity AS bigint), g.id
FROM people_group g
WHERE g.org = :org AND g.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ON CONFLICT DO NOTHING

-- groups_keep
DELETE FROM activity_group
WHERE org = :org AND activity = :activity AND people_group NOT IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- places
SELECT p.id AS id, p.name AS name, p.address AS address, p.zone AS zone, p.access AS access, p.retired_at AS retired_at
FROM place p
WHERE p.org = :org
ORDER BY CASE WHEN p.retired_at IS NULL THEN 0 ELSE 1 END, p.name COLLATE "fr-x-icu", p.id

-- at_place
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes, a.place AS place, CAST(NULL AS text) AS place_name,
	a.series AS series, a.capacity AS capacity, a.visibility AS visibility
FROM activity a
WHERE a.org = :org AND a.starts_at >= :edge AND a.place = :place
ORDER BY a.starts_at, a.id

-- led
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1)) AS title,
	a.kind AS kind, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall, a.zone AS zone, a.minutes AS minutes,
	a.made_at AS made_at
FROM activity a
JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang
WHERE a.responsible IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY a.starts_at, a.id

-- led_kept
SELECT count(*) AS n, max(a.starts_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM activity a
WHERE a.org = :org AND a.responsible IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- led_gone
UPDATE activity SET responsible = NULL WHERE org = :org AND responsible IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
