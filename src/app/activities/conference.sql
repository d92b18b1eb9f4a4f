-- Parent-teacher conferences. Whoever writes holds the organisation's lock, and each condition is in the statement.

-- offer
INSERT INTO conference_slot (org, activity, teacher, starts_wall, starts_at, ends_at, room)
SELECT a.org, a.id, CAST(:teacher AS bigint), CAST(:starts_wall AS text), CAST(:starts_at AS bigint), CAST(:ends_at AS bigint), CAST(:room AS text)
FROM activity a
WHERE a.id = :activity AND a.org = :org AND a.status = 'planned'
	AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org AND o.teacher = :teacher
		AND o.starts_at < CAST(:ends_at AS bigint) AND o.ends_at > CAST(:starts_at AS bigint))
ON CONFLICT DO NOTHING
RETURNING id AS id

-- interpret
INSERT INTO conference_interpreter (org, activity, person, lang, starts_at, ends_at)
SELECT a.org, a.id, CAST(:person AS bigint), CAST(:tongue AS text), CAST(:starts_at AS bigint), CAST(:ends_at AS bigint)
FROM activity a
WHERE a.id = :activity AND a.org = :org AND a.status = 'planned'
	AND NOT EXISTS (SELECT 1 FROM conference_interpreter i WHERE i.activity = :activity AND i.org = :org AND i.person = :person AND i.lang = :tongue
		AND i.starts_at < CAST(:ends_at AS bigint) AND i.ends_at > CAST(:starts_at AS bigint))
RETURNING id AS id

-- book
UPDATE conference_slot SET child = :child, guardian = :guardian, booked_at = :now, how = :how, booked_by = :by, rev = rev + 1,
	interpreter = CASE WHEN CAST(:wants AS bigint) = 1 THEN (SELECT i.person FROM conference_interpreter i
		WHERE i.org = :org AND i.activity = conference_slot.activity AND i.lang = :tongue
			AND i.starts_at <= conference_slot.starts_at AND i.ends_at >= conference_slot.ends_at
			AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org AND o.interpreter = i.person
				AND o.starts_at < conference_slot.ends_at AND o.ends_at > conference_slot.starts_at
				AND NOT (o.activity = conference_slot.activity AND o.teacher = conference_slot.teacher AND o.child = :child))
		ORDER BY i.id LIMIT 1) END
WHERE id = :slot AND org = :org AND activity = :activity AND child IS NULL AND starts_at > :now
	AND EXISTS (SELECT 1 FROM activity a WHERE a.id = :activity AND a.org = :org AND a.status = 'planned')
	AND EXISTS (SELECT 1 FROM guardian_in_touch g WHERE g.org = :org
		AND g.child IN (SELECT s.id FROM person s WHERE s.id = :child OR s.same_as = :child)
		AND g.person IN (SELECT s.id FROM person s WHERE s.id = :guardian OR s.same_as = :guardian)
		AND g.since <= :today AND (g.until IS NULL OR g.until > :today))
	AND EXISTS (SELECT 1 FROM activity_group ag JOIN membership m ON m.people_group = ag.people_group JOIN group_staff gs ON gs.people_group = ag.people_group
		WHERE ag.activity = :activity AND ag.org = :org AND gs.person = conference_slot.teacher
			AND m.person IN (SELECT s.id FROM person s WHERE s.id = :child OR s.same_as = :child)
			AND m.since <= :day AND (m.until IS NULL OR m.until > :day) AND gs.since <= :day AND (gs.until IS NULL OR gs.until > :day))
	AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org
		AND (o.guardian IN (SELECT s.id FROM person s WHERE s.id = :guardian OR s.same_as = :guardian) OR o.child = :child)
		AND o.starts_at < conference_slot.ends_at AND o.ends_at > conference_slot.starts_at
		AND NOT (o.activity = conference_slot.activity AND o.teacher = conference_slot.teacher AND o.child = :child))
	AND (CAST(:wants AS bigint) = 0 OR EXISTS (SELECT 1 FROM conference_interpreter i
		WHERE i.org = :org AND i.activity = conference_slot.activity AND i.lang = :tongue
			AND i.starts_at <= conference_slot.starts_at AND i.ends_at >= conference_slot.ends_at
			AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org AND o.interpreter = i.person
				AND o.starts_at < conference_slot.ends_at AND o.ends_at > conference_slot.starts_at
				AND NOT (o.activity = conference_slot.activity AND o.teacher = conference_slot.teacher AND o.child = :child))))
RETURNING id AS id

-- leave_others
UPDATE conference_slot SET child = NULL, guardian = NULL, interpreter = NULL, booked_at = NULL, how = NULL, booked_by = NULL, rev = rev + 1
WHERE org = :org AND activity = :activity AND child = :child AND id <> :slot
	AND teacher = (SELECT k.teacher FROM conference_slot k WHERE k.id = :slot AND k.org = :org)

-- give_back
UPDATE conference_slot SET child = NULL, guardian = NULL, interpreter = NULL, booked_at = NULL, how = NULL, booked_by = NULL, rev = rev + 1
WHERE id = :slot AND org = :org AND activity = :activity AND child = :child
RETURNING id AS id

-- shift
UPDATE conference_slot SET starts_wall = :starts_wall, starts_at = :starts_at, ends_at = :ends_at, rev = rev + 1
WHERE id = :slot AND org = :org AND activity = :activity
	AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org AND o.activity <> :activity
		AND o.starts_at < CAST(:ends_at AS bigint) AND o.ends_at > CAST(:starts_at AS bigint)
		AND (o.teacher = conference_slot.teacher OR o.child = conference_slot.child OR o.guardian = conference_slot.guardian
			OR o.interpreter = conference_slot.interpreter))
RETURNING id AS id

-- interpret_then
UPDATE conference_interpreter SET starts_at = :starts_at, ends_at = :ends_at WHERE id = :id AND org = :org

-- take_away
DELETE FROM conference_slot WHERE id = :slot AND org = :org AND activity = :activity RETURNING id AS id

-- part wants_letters
	AND NOT EXISTS (SELECT 1 FROM activity_unasked u WHERE u.org = :org AND u.person IN (SELECT s.id FROM person s WHERE s.id = w.id OR s.same_as = w.id))

-- part time
SELECT o.id AS id, o.activity AS activity, o.teacher AS teacher, t.name AS teacher_name, o.starts_wall AS starts_wall, o.starts_at AS starts_at,
	o.ends_at AS ends_at, o.room AS room, o.child AS child, c.name AS child_name, o.guardian AS guardian, g.name AS guardian_name, g.lang AS guardian_lang,
	i.name AS interpreter_name, o.rev AS rev
FROM conference_slot o
JOIN person t ON t.id = o.teacher
LEFT JOIN person c ON c.id = o.child
LEFT JOIN person g ON g.id = o.guardian
LEFT JOIN person i ON i.id = o.interpreter

-- slot
-- use time
WHERE o.id = :slot AND o.org = :org AND o.activity = :activity

-- times_of
-- A guardian's that are to come, by whichever account they were booked.
-- use time
WHERE o.org = :org AND o.activity = :activity AND o.starts_at > :now AND o.child IS NOT NULL
	AND o.guardian IN (SELECT s.id FROM person s WHERE s.id = :guardian OR s.same_as = :guardian)
ORDER BY o.starts_at, o.id

-- reminded
-- Who has a time that is to come, and has not asked for fewer letters.
SELECT w.id AS guardian, w.name AS name, w.lang AS lang
FROM conference_slot o
JOIN person p ON p.id = o.guardian
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE o.org = :org AND o.activity = :activity AND o.starts_at > :now AND w.id > :after
-- use wants_letters
GROUP BY w.id, w.name, w.lang
ORDER BY w.id LIMIT :most

-- slots
SELECT o.id AS id, o.teacher AS teacher, t.name AS teacher_name, o.starts_wall AS starts_wall, o.starts_at AS starts_at, o.ends_at AS ends_at, o.room AS room,
	o.child AS child, c.name AS child_name, o.guardian AS guardian, g.name AS guardian_name, i.name AS interpreter_name, o.how AS how
FROM conference_slot o
JOIN person t ON t.id = o.teacher
LEFT JOIN person c ON c.id = o.child
LEFT JOIN person g ON g.id = o.guardian
LEFT JOIN person i ON i.id = o.interpreter
WHERE o.org = :org AND o.activity = :activity
ORDER BY t.sort_name COLLATE "fr-x-icu", o.teacher, o.starts_at, o.id

-- interpreters
SELECT i.id AS id, i.person AS person, p.name AS name, i.lang AS tongue, i.starts_at AS starts_at, i.ends_at AS ends_at
FROM conference_interpreter i JOIN person p ON p.id = i.person
WHERE i.org = :org AND i.activity = :activity
ORDER BY i.starts_at, i.id

-- teachers
-- scan: few are responsible for groups of one organisation
SELECT p.id AS id, p.name AS name
FROM person p
WHERE p.id IN (SELECT s.person FROM activity_group a JOIN group_staff s ON s.people_group = a.people_group
	WHERE a.activity = :activity AND a.org = :org AND s.since <= :day AND (s.until IS NULL OR s.until > :day))
ORDER BY p.sort_name COLLATE "fr-x-icu", p.id

-- families
SELECT DISTINCT w.id AS guardian, w.name AS name, w.sort_name AS sort_name, w.lang AS lang, k.id AS child, k.name AS child_name,
	CASE WHEN EXISTS (SELECT 1 FROM contact x WHERE x.person = w.id AND x.kind = 'email' AND (x.org IS NULL OR x.org = :org))
-- use wants_letters
	THEN 1 ELSE 0 END AS written_to
FROM activity_group a
JOIN membership m ON m.people_group = a.people_group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
JOIN person c ON c.id = m.person
JOIN person k ON k.id = coalesce(c.same_as, c.id)
JOIN guardian_in_touch g ON g.org = :org AND g.child = m.person AND g.since <= :today AND (g.until IS NULL OR g.until > :today)
JOIN person p ON p.id = g.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE a.activity = :activity AND a.org = :org AND (CAST(:guardian AS bigint) = 0 OR p.id = :guardian OR p.same_as = :guardian)
ORDER BY w.sort_name, w.id, k.name, k.id

-- receivers
SELECT DISTINCT w.id AS guardian, w.name AS name, w.lang AS lang
FROM activity_group a
JOIN membership m ON m.people_group = a.people_group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
JOIN guardian_in_touch g ON g.org = :org AND g.child = m.person AND g.since <= :today AND (g.until IS NULL OR g.until > :today)
JOIN person p ON p.id = g.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE a.activity = :activity AND a.org = :org AND w.id > :after
-- use wants_letters
ORDER BY w.id LIMIT :most

-- teach
-- scan: few are responsible for groups of one organisation
SELECT DISTINCT gs.person AS teacher
FROM activity_group a
JOIN membership m ON m.people_group = a.people_group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
JOIN group_staff gs ON gs.people_group = a.people_group AND gs.since <= :day AND (gs.until IS NULL OR gs.until > :day)
WHERE a.activity = :activity AND a.org = :org AND m.person IN (SELECT s.id FROM person s WHERE s.id = :child OR s.same_as = :child)
ORDER BY gs.person

-- booked_of_me
-- all orgs: a person reads what waits for them everywhere
SELECT o.base AS base, '/activities/' || CAST(s.activity AS text) || '/conference/mine' AS path,
	coalesce((SELECT l.name FROM org_lang l WHERE l.org = o.id AND l.lang = :lang), f.name) AS org_name,
	t.name || ' – ' || c.name AS title, c.lang AS title_lang, s.starts_wall AS starts_wall, a.zone AS zone
FROM conference_slot s
JOIN activity a ON a.id = s.activity AND a.status = 'planned'
JOIN org o ON o.id = s.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = o.id AND f.position = 1
JOIN person t ON t.id = s.teacher
JOIN person c ON c.id = s.child
WHERE s.guardian IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND s.starts_at > :now
ORDER BY s.starts_at, s.id

-- waits_for_me
-- all orgs: a person reads what waits for them everywhere
-- A conference to which a child of theirs belongs on its day, with a teacher who still has a free time and whom
-- nobody has booked for that child. What has no title is called as the child is.
SELECT o.base AS base, '/activities/' || CAST(a.id AS text) || '/conference/mine' AS path, coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1),
		(SELECT min(k.name) FROM guardian_in_touch g JOIN person k ON k.id = g.child JOIN membership m ON m.person = g.child
			JOIN activity_group ag ON ag.people_group = m.people_group
			WHERE ag.activity = a.id AND g.org = a.org AND g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))) AS title,
	CASE WHEN EXISTS (SELECT 1 FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1)
			THEN CAST(:lang AS text)
		WHEN EXISTS (SELECT 1 FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1) THEN f.lang
		ELSE '' END AS title_lang,
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM activity a
JOIN org o ON o.id = a.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang
WHERE a.kind = 'conference' AND a.status = 'planned' AND a.starts_at > :now
	AND a.id IN (SELECT ag.activity
		FROM guardian_in_touch g
		JOIN membership m ON m.person = g.child
		JOIN activity_group ag ON ag.people_group = m.people_group AND ag.org = g.org
		JOIN activity c ON c.id = ag.activity
		JOIN group_staff s ON s.people_group = m.people_group AND s.org = g.org
		WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND g.since <= :today AND (g.until IS NULL OR g.until > :today)
			AND m.since <= substr(c.starts_wall, 1, 10) AND (m.until IS NULL OR m.until > substr(c.starts_wall, 1, 10))
			AND s.since <= substr(c.starts_wall, 1, 10) AND (s.until IS NULL OR s.until > substr(c.starts_wall, 1, 10))
			AND EXISTS (SELECT 1 FROM conference_slot k WHERE k.activity = c.id AND k.teacher = s.person AND k.child IS NULL AND k.starts_at > :now)
			AND NOT EXISTS (SELECT 1 FROM conference_slot k JOIN person p ON p.id = k.child
				WHERE k.activity = c.id AND k.teacher = s.person AND (p.id = g.child OR p.same_as = g.child
					OR p.id IN (SELECT w.same_as FROM person w WHERE w.id = g.child))))
ORDER BY a.starts_at, a.id

-- personal
-- all orgs: a person takes away what is theirs
SELECT s.starts_wall AS starts_wall, a.zone AS zone, s.booked_at AS made_at
FROM conference_slot s JOIN activity a ON a.id = s.activity
WHERE s.guardian IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR s.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR s.teacher IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR s.interpreter IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY s.id

-- personal_kept
SELECT count(*) AS n, max(t.starts_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM conference_slot t
WHERE t.org = :org AND (t.guardian IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR t.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR t.teacher IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR t.interpreter IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- personal_gone
DELETE FROM conference_slot
WHERE org = :org AND (guardian IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR teacher IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR interpreter IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- interprets
-- all orgs: a person takes away what is theirs
SELECT s.starts_at AS since_at, s.ends_at AS until_at, s.lang AS lang
FROM conference_interpreter s
WHERE s.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY s.id

-- interprets_kept
SELECT count(*) AS n, max(t.ends_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM conference_interpreter t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- interprets_gone
DELETE FROM conference_interpreter WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- demo_class
-- scan: the demonstration
SELECT g.people_group AS people_group, g.person AS teacher, min(m.person) AS pupil, g.since AS since
FROM group_staff g JOIN membership m ON m.people_group = g.people_group
JOIN person p ON p.id = m.person AND p.lang = 'fr'
WHERE g.org = :org
GROUP BY g.id, g.people_group, g.person, g.since
ORDER BY g.id LIMIT 1

-- could
-- Nothing of the family's is at the same time: then it was something else that stood against it.
SELECT k.id AS id
FROM conference_slot k
WHERE k.id = :slot AND k.org = :org AND k.activity = :activity
	AND NOT EXISTS (SELECT 1 FROM conference_slot o WHERE o.org = :org
		AND (o.guardian IN (SELECT s.id FROM person s WHERE s.id = :guardian OR s.same_as = :guardian) OR o.child = :child)
		AND o.starts_at < k.ends_at AND o.ends_at > k.starts_at
		AND NOT (o.activity = k.activity AND o.teacher = k.teacher AND o.child = :child))

-- booked
-- use time
WHERE o.org = :org AND o.activity = :activity AND o.child IS NOT NULL AND o.id > :after
ORDER BY o.id LIMIT :most

-- renew
UPDATE conference_slot SET rev = rev + 1 WHERE org = :org AND activity = :activity AND child IS NOT NULL

-- changed
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.kind = 'conference' AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY a.id

-- demo_group
INSERT INTO activity_group (org, activity, people_group) VALUES (:org, :activity, :people_group)
