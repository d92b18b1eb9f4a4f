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
