-- Asking people for an activity. A state is read as it is at :now: an offer whose end has come is none.

-- one
SELECT k.id AS id, k.activity AS activity, k.person AS person, w.name AS name, k.people_group AS people_group, k.role AS role,
	k.lang AS lang, CASE WHEN k.state = 'offered' AND k.offer_until <= :now THEN 'expired' ELSE k.state END AS state,
	k.adults AS adults, k.children AS children, k.seats AS seats, k.words AS words, k.phone AS phone, k.answered_at AS answered_at,
	k.answered_how AS answered_how, t.name AS taken_by_name, k.read_out AS read_out, k.offer_until AS offer_until, k.turn AS turn,
	k.reminded_at AS reminded_at, k.made_at AS made_at, k.made_by AS made_by, k.rev AS rev, a.rev AS activity_rev,
	a.status AS status, a.starts_at AS starts_at, a.minutes AS minutes, a.zone AS zone, a.kind AS kind, a.mode AS mode,
	a.capacity AS capacity, a.answer_by AS answer_by, a.responsible AS responsible, a.link AS online, a.starts_wall AS starts_wall,
	p.name AS place_name, p.address AS place_address, p.access AS place_access, p.access_lang AS place_access_lang
FROM activity_ask k
JOIN activity a ON a.id = k.activity
JOIN person w ON w.id = k.person
LEFT JOIN person t ON t.id = k.taken_by
LEFT JOIN place p ON p.id = a.place
WHERE k.id = :ask AND k.org = :org

-- room
SELECT k.state AS state, k.seats AS seats, k.role AS role, k.rev AS rev, k.person AS person, k.activity AS activity, k.made_by AS made_by,
	k.people_group AS people_group, a.starts_at AS starts_at, a.status AS status, a.minutes AS minutes,
	a.starts_wall AS starts_wall, coalesce(a.capacity, CAST(-1 AS bigint)) AS places,
	(SELECT CAST(coalesce(sum(o.seats), 0) AS bigint) FROM activity_ask o
		WHERE o.activity = k.activity AND o.id <> k.id AND o.state IN ('accepted', 'offered')) AS taken,
	(SELECT count(*) FROM activity_ask o WHERE o.activity = k.activity AND o.id <> k.id AND o.state = 'waiting'
		AND (o.seats <= a.capacity OR a.capacity IS NULL)) AS waiting
FROM activity_ask k
JOIN activity a ON a.id = k.activity
WHERE k.id = :ask AND k.org = :org

-- expire
UPDATE activity_ask SET state = 'expired', offer_until = NULL, rev = rev + 1
WHERE org = :org AND activity = :activity AND state = 'offered' AND offer_until <= :now
RETURNING id AS id

-- line
SELECT k.id AS id, k.seats AS seats
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.state = 'waiting'
ORDER BY k.turn, k.id

-- free
SELECT a.status AS status, a.starts_at AS starts_at, coalesce(a.capacity, CAST(-1 AS bigint)) AS places,
	coalesce(a.capacity, 0) - (SELECT CAST(coalesce(sum(o.seats), 0) AS bigint) FROM activity_ask o
		WHERE o.activity = a.id AND o.state IN ('accepted', 'offered')) AS free
FROM activity a
WHERE a.id = :activity AND a.org = :org

-- offer
UPDATE activity_ask SET state = 'offered', offer_until = :until, rev = rev + 1
WHERE id = :ask AND org = :org AND state = 'waiting' AND EXISTS (
	SELECT 1 FROM activity a
	WHERE a.id = activity_ask.activity AND a.status = 'planned' AND a.starts_at > :now AND (a.capacity IS NULL OR a.capacity >= activity_ask.seats
		+ (SELECT coalesce(sum(o.seats), 0) FROM activity_ask o WHERE o.activity = a.id AND o.state IN ('accepted', 'offered'))))
RETURNING id AS id

-- say
UPDATE activity_ask SET state = :state, adults = :adults, children = :children, seats = :seats, words = :words, phone = :phone,
	answered_at = :now, answered_how = :how, taken_by = :taken_by, read_out = :read_out, offer_until = NULL,
	queued_at = CASE WHEN CAST(:to_end AS bigint) = 1 THEN CAST(:now AS bigint) ELSE queued_at END,
	turn = CASE WHEN CAST(:to_end AS bigint) = 1 THEN (SELECT coalesce(max(o.turn), 0) + 1 FROM activity_ask o WHERE o.activity = activity_ask.activity) ELSE turn END,
	rev = rev + 1
WHERE id = :ask AND org = :org AND rev = :rev AND EXISTS (
	SELECT 1 FROM activity a
	WHERE a.id = activity_ask.activity AND a.status = 'planned' AND a.starts_at > :now AND (
		CAST(:state AS text) <> 'accepted' OR CAST(:seats AS bigint) = 0 OR a.capacity IS NULL
		OR (activity_ask.state IN ('accepted', 'offered') AND CAST(:seats AS bigint) <= activity_ask.seats)
		OR CAST(:seats AS bigint) + (SELECT coalesce(sum(o.seats), 0) FROM activity_ask o
			WHERE o.activity = a.id AND o.id <> activity_ask.id AND o.state IN ('accepted', 'offered')) <= a.capacity))
RETURNING id AS id

-- become
UPDATE activity_ask SET state = :state, offer_until = NULL, code = NULL, phone = '', reminded_at = NULL, rev = rev + 1
WHERE id = :ask AND org = :org AND rev = :rev
RETURNING id AS id

-- keep
INSERT INTO activity_answer (org, ask, state, adults, children, words, how, taken_by, read_out, at)
SELECT k.org, k.id, k.state, k.adults, k.children, k.words, CAST(:how AS text), CAST(:taken_by AS bigint), CAST(:read_out AS text), CAST(:now AS bigint)
FROM activity_ask k
WHERE k.id = :ask AND k.org = :org
RETURNING id AS id

-- turn
SELECT count(*) AS before
FROM activity_ask k
JOIN activity_ask o ON o.activity = k.activity AND o.state = 'waiting' AND (o.turn < k.turn OR (o.turn = k.turn AND o.id <= k.id))
WHERE k.id = :ask AND k.org = :org AND k.state = 'waiting'

-- participation
SELECT p.id AS id, p.state AS state
FROM participation p
WHERE p.org = :org AND p.activity = :activity AND p.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND p.role = :role AND p.superseded_at IS NULL

-- add
INSERT INTO activity_ask (org, activity, person, people_group, role, lang, state, made_at, made_by)
SELECT a.org, a.id, CAST(:person AS bigint), CAST(:people_group AS bigint), CAST(:role AS text), CAST(:lang AS text), 'asked', CAST(:now AS bigint), CAST(:made_by AS bigint)
FROM activity a
WHERE a.id = :activity AND a.org = :org AND a.status = 'planned' AND a.starts_at > :now
	AND EXISTS (SELECT 1 FROM person_org o WHERE o.org = :org AND o.person = :person AND (o.until > :now OR o.until IS NULL))
	AND NOT EXISTS (SELECT 1 FROM activity_ask k JOIN person s ON s.id = k.person
		WHERE k.activity = a.id AND k.org = :org AND s.same_as = :person AND k.state <> 'withdrawn')
ON CONFLICT DO NOTHING
RETURNING id AS id

-- of_person
SELECT k.id AS id, k.state AS state, k.rev AS rev
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)

-- offers_end
SELECT min(k.offer_until) AS until
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.state = 'offered'

-- personal
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = k.activity AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = k.activity AND t.field = 'title' AND t.current = 1)) AS title,
	k.role AS role, w.state AS state, w.adults AS adults, w.children AS children, w.words AS answer, w.how AS given_how, w.at AS given_at, k.made_at AS made_at
FROM activity_ask k
JOIN org_lang f ON f.org = k.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = k.org AND l.lang = :lang
LEFT JOIN activity_answer w ON w.ask = k.id
WHERE k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY k.made_at, k.id, w.id

-- personal_unasked
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, u.since AS since_at
FROM activity_unasked u
JOIN org_lang f ON f.org = u.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = u.org AND l.lang = :lang
WHERE u.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY u.since, u.org

-- personal_kept
SELECT count(*) AS n, max(k.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM activity_ask k
WHERE k.org = :org AND k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- personal_gone
DELETE FROM activity_ask WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- unasked_kept
SELECT count(*) AS n, max(u.since) AS newest_at, CAST(NULL AS text) AS newest_day
FROM activity_unasked u
WHERE u.org = :org AND u.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- unasked_gone
DELETE FROM activity_unasked WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- receivers
-- Who is written to: the person, or of a minor the guardians.
SELECT w.id AS person, w.name AS name, w.lang AS lang, CASE WHEN u.person IS NULL THEN 0 ELSE 1 END AS unasked, '' AS child
FROM activity_ask k
JOIN person w ON w.id = k.person
LEFT JOIN activity_unasked u ON u.org = k.org AND u.person = w.id
WHERE k.id = :ask AND k.org = :org
	AND NOT EXISTS (SELECT 1 FROM minority m WHERE m.org = k.org AND m.person = k.person AND m.until > :today)
UNION ALL
SELECT w.id AS person, w.name AS name, w.lang AS lang, CASE WHEN u.person IS NULL THEN 0 ELSE 1 END AS unasked, c.name AS child
FROM activity_ask k
JOIN minority m ON m.org = k.org AND m.person = k.person AND m.until > :today
JOIN person c ON c.id = k.person
JOIN guardian_in_touch g ON g.org = k.org AND g.child = k.person AND g.since <= :today AND (g.until > :today OR g.until IS NULL)
JOIN person w ON w.id = g.person
LEFT JOIN activity_unasked u ON u.org = k.org AND u.person = w.id
WHERE k.id = :ask AND k.org = :org

-- members
-- Who is asked through a group: who belongs to it on the activity's day.
SELECT w.id AS person, w.lang AS lang
FROM activity_invited v
JOIN activity a ON a.id = v.activity
JOIN person p ON p.id = v.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE v.activity = :activity AND v.people_group = :people_group AND a.org = :org AND w.id > :after
GROUP BY w.id, w.lang
ORDER BY w.id
LIMIT :most

-- concerned
SELECT k.id AS id, k.state AS state
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.id > :after AND k.state NOT IN ('declined', 'withdrawn', 'expired')
ORDER BY k.id
LIMIT :most

-- unanswered
SELECT k.id AS id, k.state AS state
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.id > :after AND k.state = 'asked' AND k.reminded_at IS NULL
ORDER BY k.id
LIMIT :most

-- reminded
UPDATE activity_ask SET reminded_at = :now WHERE id = :ask AND org = :org AND reminded_at IS NULL

-- unask
INSERT INTO activity_unasked (org, person, since)
SELECT o.id, CAST(:person AS bigint), CAST(:now AS bigint) FROM org o WHERE o.id = :org
ON CONFLICT DO NOTHING

-- list
-- By name; who waits, alone, in the order of the waiting list.
SELECT k.id AS id, k.person AS person, w.name AS name, k.role AS role,
	CASE WHEN k.state = 'offered' AND k.offer_until <= :now THEN 'expired' ELSE k.state END AS state, k.adults AS adults,
	k.children AS children, k.seats AS seats, k.words AS words, k.answered_at AS answered_at, k.answered_how AS answered_how,
	t.name AS taken_by_name, k.reminded_at AS reminded_at,
	CASE WHEN EXISTS (SELECT 1 FROM contact c WHERE c.person = k.person AND c.kind = 'email' AND (c.org IS NULL OR c.org = k.org))
		OR EXISTS (SELECT 1 FROM guardian_in_touch g JOIN contact c ON c.person = g.person AND c.kind = 'email' AND (c.org IS NULL OR c.org = g.org)
			WHERE g.org = k.org AND g.child = k.person) THEN 1 ELSE 0 END AS reachable
FROM activity_ask k
JOIN person w ON w.id = k.person
LEFT JOIN person t ON t.id = k.taken_by
WHERE k.org = :org AND k.activity = :activity AND (k.state = :state OR CAST(:state AS text) IS NULL)
ORDER BY CASE WHEN CAST(:state AS text) = 'waiting' THEN k.turn ELSE 0 END, w.sort_name COLLATE "fr-x-icu", k.id
LIMIT :most OFFSET :after

-- counts
SELECT CASE WHEN k.state = 'offered' AND k.offer_until <= :now THEN 'expired' ELSE k.state END AS state, count(*) AS count,
	CAST(sum(k.seats) AS bigint) AS seats
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity
GROUP BY CASE WHEN k.state = 'offered' AND k.offer_until <= :now THEN 'expired' ELSE k.state END

-- unreminded
SELECT count(*) AS count
FROM activity_ask k
WHERE k.org = :org AND k.activity = :activity AND k.state = 'asked' AND k.reminded_at IS NULL

-- by_contact
SELECT w.id AS person, w.name AS name
FROM contact c
JOIN person w ON w.id = c.person
JOIN person_org o ON o.person = w.id AND o.org = :org
WHERE c.kind = :kind AND c.value_fold = :value_fold AND (c.org IS NULL OR c.org = :org) AND (o.until > :now OR o.until IS NULL)
ORDER BY w.id

-- answers
SELECT w.state AS state, w.adults AS adults, w.children AS children, w.words AS words, w.how AS how, t.name AS taken_by_name,
	w.read_out AS read_out, w.at AS at
FROM activity_answer w
LEFT JOIN person t ON t.id = w.taken_by
WHERE w.org = :org AND w.ask = :ask
ORDER BY w.id DESC

-- members_in_order
SELECT w.id AS person, w.name AS name, w.lang AS lang
FROM activity_invited v
JOIN activity a ON a.id = v.activity
JOIN person p ON p.id = v.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE v.activity = :activity AND v.people_group = :people_group AND a.org = :org
GROUP BY w.id, w.name, w.lang, w.sort_name
ORDER BY w.sort_name COLLATE "fr-x-icu", w.id
LIMIT :most OFFSET :skip

-- coded
UPDATE activity_ask SET code = :code WHERE id = :ask AND org = :org AND state <> 'withdrawn'

-- by_code
SELECT k.id AS id
FROM activity_ask k
WHERE k.org = :org AND k.code = :code

-- told
SELECT a.id AS id FROM activity a
WHERE a.org = :org AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY a.id

-- in_touch
SELECT g.id AS id
FROM guardian_in_touch g
WHERE g.org = :org AND g.child IN (SELECT s.id FROM person s WHERE s.id = :child OR s.same_as = :child) AND g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND (g.until > :today OR g.until IS NULL)
LIMIT 1

-- demo_plan
SELECT a.id AS id, a.responsible AS responsible
FROM activity a
WHERE a.org = :org AND a.status = 'planned' AND a.kind = 'event' AND a.starts_at > :now
ORDER BY a.starts_at, a.id
LIMIT 1

-- demo_places
UPDATE activity SET capacity = :places WHERE id = :activity AND org = :org

-- groups
SELECT g.id AS id, g.name AS name
FROM activity_group i
JOIN group_listed g ON g.id = i.people_group
WHERE i.org = :org AND i.activity = :activity
	AND (CAST(:everything AS bigint) = 1 OR g.id IN (SELECT s.people_group FROM group_staff s JOIN person p ON p.id = s.person
		WHERE s.org = :org AND (p.id = :me OR p.same_as = :me) AND s.since <= :today AND (s.until IS NULL OR s.until > :today)))
ORDER BY g.figures NULLS LAST, g.name COLLATE "fr-x-icu", g.id
