-- Activities as dates: the first query says what is shown of them, the others which. Somebody's own are what they lead, come
-- to, or are invited to through a group that they belong to on the day (the view activity_person); a group's are what it is
-- invited to, whoever belongs to it.

-- dates
SELECT a.id AS id, a.uuid AS uuid, a.rev AS rev, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status,
	a.starts_wall AS starts_wall, a.zone AS zone, a.second AS second, a.starts_at AS starts_at, a.minutes AS minutes,
	a.place AS place, p.name AS place_name, p.address AS place_address, a.link AS link, a.visibility AS visibility,
	a.capacity AS capacity, a.made_at AS made_at,
	coalesce((SELECT max(h.corrected_at) FROM activity_past h WHERE h.activity = a.id), a.made_at) AS changed_at
FROM activity a
LEFT JOIN place p ON p.id = a.place
WHERE a.org = :org AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY a.starts_at, a.id

-- public
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.starts_at >= :edge AND (a.starts_at, a.id) > (:after_at, :after_id) AND a.visibility = 'public'
ORDER BY a.starts_at, a.id
LIMIT :most

-- version
-- Only ever grows within a day: revisions do, and nothing is deleted.
SELECT CAST(CAST(:now AS bigint) / 86400 * 100000000
	+ (SELECT coalesce(sum(a.rev), 0) FROM activity a WHERE a.org = :org AND a.starts_at >= CAST(:now AS bigint) / 86400 * 86400 - 172800)
	+ (SELECT coalesce(sum(p.rev), 0) FROM place p WHERE p.org = :org) AS bigint) AS version

-- of_org
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.starts_at >= :edge
ORDER BY a.starts_at, a.id

-- of_group
SELECT a.id AS id
FROM activity_group g
JOIN activity a ON a.id = g.activity
WHERE g.people_group = :subject AND g.org = :org AND a.starts_at >= :edge
ORDER BY a.starts_at, a.id

-- of_person
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.starts_at >= :edge AND EXISTS (SELECT 1 FROM activity_person v
	WHERE v.activity = a.id AND v.person = :subject
		AND (v.leads = 1 OR ((v.visibility <> 'private' OR v.asked = 1) AND (v.comes = 1 OR v.invited = 1))))
ORDER BY a.starts_at, a.id

-- links
SELECT k.id AS id
FROM link k
WHERE k.owner IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me) AND k.org = :org AND k.purpose IN ('feed.person', 'feed.group', 'feed.org')
ORDER BY k.id
