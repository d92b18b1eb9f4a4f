-- of_me
-- all orgs: a person reads what they are invited to everywhere
SELECT o.base AS base, '/activities/invitations/' || CAST(k.id AS text) AS path, coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1)) AS title,
	CASE WHEN EXISTS (SELECT 1 FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1)
		THEN CAST(:lang AS text) ELSE f.lang END AS title_lang,
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM activity_ask k
JOIN activity a ON a.id = k.activity
JOIN org o ON o.id = k.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = k.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = k.org AND l.lang = :lang
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
LIMIT 100

-- reader
-- Who of these accounts answers an asking, and for which child.
SELECT k.person AS person, '' AS child
FROM activity_ask k
WHERE k.id = :ask AND k.org = :org AND k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND NOT EXISTS (SELECT 1 FROM minority m WHERE m.org = k.org AND m.person = k.person AND m.until > :today)
UNION ALL
SELECT g.person AS person, c.name AS child
FROM activity_ask k
JOIN person c ON c.id = k.person
JOIN minority m ON m.org = k.org AND m.person = k.person AND m.until > :today
JOIN guardian_in_touch g ON g.org = k.org AND g.child = k.person AND g.since <= :today AND (g.until > :today OR g.until IS NULL)
WHERE k.id = :ask AND k.org = :org AND g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
LIMIT 1
