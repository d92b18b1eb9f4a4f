-- Who of a group has a card.

-- members
SELECT w.id AS person, w.name AS name, w.sort_name AS sort_name, w.lang AS lang,
	(SELECT min(g.handle) FROM signin g WHERE g.person = w.id AND g.org = :org AND g.kind = 'card') AS user_name,
	(SELECT count(g.card) FROM signin g WHERE g.person = w.id AND g.org = :org AND g.kind = 'card') AS keeps
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.people_group = :group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
	AND w.closed_at IS NULL
GROUP BY w.id, w.name, w.sort_name, w.lang
ORDER BY w.sort_name COLLATE "fr-x-icu", w.id

-- demo
SELECT s.people_group AS people_group, s.person AS person, s.since AS since
FROM group_staff s
WHERE s.org = :org
ORDER BY s.id LIMIT 1
