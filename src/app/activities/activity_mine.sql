-- What activities put on /me, each a row as core/mine.h has it.

-- part called
	coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1)) AS title,
	CASE WHEN EXISTS (SELECT 1 FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1)
		THEN CAST(:lang AS text) ELSE f.lang END AS title_lang, a.kind AS kind,

-- part by_org
JOIN org o ON o.id = a.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang

-- asked
-- all orgs: a person reads what they are invited to everywhere
SELECT o.base AS base, '/activities/invitations/' || CAST(k.id AS text) AS path,
-- use called
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone,
	CASE WHEN k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) THEN NULL ELSE w.name END AS for_name
FROM activity_ask k
JOIN activity a ON a.id = k.activity
JOIN person w ON w.id = k.person
-- use by_org
WHERE k.id IN (
	SELECT s.id FROM activity_ask s
	WHERE s.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
		AND NOT EXISTS (SELECT 1 FROM minority m WHERE m.org = s.org AND m.person = s.person AND m.until > :today)
	UNION SELECT s.id FROM guardian_in_touch g
	JOIN activity_ask s ON s.org = g.org AND s.person = g.child
	JOIN minority m ON m.org = s.org AND m.person = s.person AND m.until > :today
	WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND g.since <= :today AND (g.until > :today OR g.until IS NULL))
	AND (k.state = 'asked' OR (k.state = 'offered' AND k.offer_until > :now)) AND a.status = 'planned' AND a.starts_at > :now
ORDER BY a.starts_at, k.id

-- reflect
-- all orgs: a person reads what they are asked everywhere
SELECT o.base AS base, '/activities/' || CAST(a.id AS text) || '/reflection' AS path,
-- use called
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM activity a
-- use by_org
WHERE a.id IN (SELECT v.activity FROM reflection_asked v
		WHERE v.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND v.from_at <= :now AND v.until_at > :now)
	AND NOT EXISTS (SELECT 1 FROM reflection r WHERE r.activity = a.id
		AND r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))
ORDER BY a.starts_at, a.id

-- expected
-- all orgs: a person's own dates
SELECT o.base AS base, '/activities/' || CAST(a.id AS text) AS path,
-- use called
	a.starts_wall AS starts_wall, a.zone AS zone
FROM participation p
JOIN activity a ON a.id = p.activity
-- use by_org
WHERE p.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND p.superseded_at IS NULL AND p.state = 'expected'
	AND a.status = 'planned' AND a.starts_at > CAST(:now AS bigint) - 43200
ORDER BY a.starts_at, a.id

-- led
-- all orgs: a person's own dates
SELECT o.base AS base, '/activities/' || CAST(a.id AS text) AS path,
-- use called
	a.starts_wall AS starts_wall, a.zone AS zone
FROM activity a
-- use by_org
WHERE a.responsible IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND a.status = 'planned' AND a.starts_at > CAST(:now AS bigint) - 43200
ORDER BY a.starts_at, a.id
