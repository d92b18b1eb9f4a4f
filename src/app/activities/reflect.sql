-- The question asked afterwards, and the answers. Who is asked is the view reflection_asked.

-- question
SELECT q.days AS days
FROM activity_question q
WHERE q.org = :org AND q.activity = :activity

-- question_put
INSERT INTO activity_question (activity, org, days, open_days)
SELECT a.id, a.org, CAST(:days AS bigint), o.reflect_days
FROM activity a JOIN org o ON o.id = a.org
WHERE a.org = :org AND a.id = :activity
ON CONFLICT (activity) DO UPDATE SET days = excluded.days WHERE activity_question.days <> excluded.days

-- question_drop
DELETE FROM activity_question WHERE org = :org AND activity = :activity

-- begins
-- When the question of what was held is asked.
SELECT a.starts_at + a.minutes * 60 + q.days * 86400 AS from_at
FROM activity_question q
JOIN activity a ON a.id = q.activity
WHERE q.org = :org AND q.activity = :activity AND a.status = 'held'

-- activity
SELECT a.id AS id, a.kind AS kind, a.method AS method, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall,
	a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes, a.visibility AS visibility, p.name AS responsible_name
FROM activity a
LEFT JOIN person p ON p.id = a.responsible
WHERE a.org = :org AND a.id = :activity

-- mine
-- What these accounts answered, and which of them is asked, until when.
SELECT v.person AS person, v.until_at AS until_at, r.id AS id, r.question AS question, r.words AS words, r.lang AS lang, r.shared_at AS shared_at,
	r.changed_at AS changed_at, r.rev AS rev
FROM activity a
LEFT JOIN (SELECT x.activity AS activity, x.person AS person, max(x.until_at) AS until_at
	FROM reflection_asked x
	WHERE x.org = :org AND x.activity = :activity AND x.from_at <= :now AND x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	GROUP BY x.activity, x.person
	ORDER BY x.person
	LIMIT 1) v ON v.activity = a.id
LEFT JOIN reflection r ON r.activity = a.id AND r.org = a.org AND r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
WHERE a.org = :org AND a.id = :activity
ORDER BY r.id NULLS LAST
LIMIT 1

-- add
INSERT INTO reflection (org, activity, person, question, words, lang, shared_at, made_at, changed_at)
SELECT a.org, a.id, CAST(:person AS bigint), CAST(:question AS text), CAST(:words AS text), CAST(:lang AS text), CAST(:shared_at AS bigint),
	CAST(:now AS bigint), CAST(:now AS bigint)
FROM activity a
WHERE a.org = :org AND a.id = :activity AND EXISTS (SELECT 1 FROM reflection_asked v
	WHERE v.org = :org AND v.activity = :activity AND v.person = :person AND v.from_at <= :now AND v.until_at > :now)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- change
UPDATE reflection SET question = :question, words = :words, lang = :lang, changed_at = :now, rev = rev + 1,
	shared_at = CASE WHEN CAST(:shared_at AS bigint) IS NULL THEN NULL ELSE coalesce(shared_at, CAST(:shared_at AS bigint)) END
WHERE org = :org AND id = :id AND rev = :rev AND EXISTS (SELECT 1 FROM reflection_asked v
	WHERE v.org = :org AND v.activity = reflection.activity AND v.person = reflection.person AND v.from_at <= :now AND v.until_at > :now)
RETURNING id AS id

-- private
UPDATE reflection SET shared_at = NULL, rev = rev + 1 WHERE org = :org AND id = :id AND shared_at IS NOT NULL

-- drop
DELETE FROM reflection WHERE org = :org AND id = :id

-- of_activities
-- all orgs: of these, those with an answer of one's own, or that may still be answered
SELECT a.id AS activity, CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS answered
FROM activity a
LEFT JOIN reflection r ON r.activity = a.id AND r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
WHERE a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j) AND (r.id IS NOT NULL OR EXISTS (SELECT 1 FROM reflection_asked v
	WHERE v.activity = a.id AND v.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND v.from_at <= :now AND v.until_at > :now))

-- leads
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.id = :activity AND a.responsible IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me)

-- counts
-- Of everybody else who was there: how many answered, and how many let this reader read it.
SELECT count(*) AS others, CAST(coalesce(sum(x.answered), 0) AS bigint) AS answered, CAST(coalesce(sum(x.shared), 0) AS bigint) AS shared,
	max(x.until_at) AS until_at
FROM (SELECT coalesce(w.same_as, w.id) AS who, max(v.until_at) AS until_at, max(CASE WHEN r.id IS NULL THEN 0 ELSE 1 END) AS answered,
		max(CASE WHEN r.shared_at IS NULL OR EXISTS (SELECT 1 FROM guardian_any g
			WHERE g.org = :org AND g.child = coalesce(w.same_as, w.id) AND g.person IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me)
				AND g.since <= :today AND (g.until IS NULL OR g.until > :today)) THEN 0 ELSE 1 END) AS shared
	FROM reflection_asked v
	JOIN person w ON w.id = v.person
	LEFT JOIN reflection r ON r.activity = v.activity AND r.person = v.person
	WHERE v.org = :org AND v.activity = :activity AND v.from_at <= :now AND coalesce(w.same_as, w.id) <> :me
	GROUP BY coalesce(w.same_as, w.id)) x

-- shared
-- What others let those responsible read; never of the reader's own child, nor of one whom a court keeps from them.
SELECT r.id AS id, k.id AS person, k.name AS name, r.question AS question, r.words AS words, r.lang AS lang, r.changed_at AS changed_at,
	(SELECT min(v.role) FROM reflection_asked v WHERE v.org = r.org AND v.activity = r.activity AND v.person = r.person) AS role
FROM reflection r
JOIN person w ON w.id = r.person
JOIN person k ON k.id = coalesce(w.same_as, w.id)
WHERE r.org = :org AND r.activity = :activity AND r.id > :after AND r.shared_at IS NOT NULL AND k.id <> :me
	AND EXISTS (SELECT 1 FROM reflection_asked v WHERE v.org = r.org AND v.activity = r.activity AND v.person = r.person)
	AND NOT EXISTS (SELECT 1 FROM guardian_any g
		WHERE g.org = :org AND g.child = k.id AND g.person IN (SELECT s.id FROM person s WHERE s.id = :me OR s.same_as = :me)
			AND g.since <= :today AND (g.until IS NULL OR g.until > :today))
ORDER BY r.id
LIMIT :most

-- receivers
-- Who is written to: adults who were invited to it, want letters and have neither answered nor been written to.
SELECT w.id AS person, w.name AS name, w.lang AS lang, max(v.until_at) AS until_at, max(k.id) AS ask
FROM reflection_asked v
JOIN person p ON p.id = v.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
JOIN activity_ask k ON k.org = v.org AND k.activity = v.activity AND k.state <> 'withdrawn'
	AND k.person IN (SELECT s.id FROM person s WHERE s.id = w.id OR s.same_as = w.id)
WHERE v.org = :org AND v.activity = :activity AND w.id > :after AND v.from_at <= :now AND v.until_at > :now
	AND NOT EXISTS (SELECT 1 FROM minority m WHERE m.org = :org AND (m.person = w.id OR m.person = p.id) AND m.until > :today)
	AND NOT EXISTS (SELECT 1 FROM activity_unasked u WHERE u.org = :org AND u.person IN (SELECT s.id FROM person s WHERE s.id = w.id OR s.same_as = w.id))
	AND NOT EXISTS (SELECT 1 FROM reflection r WHERE r.activity = v.activity AND r.person IN (SELECT s.id FROM person s WHERE s.id = w.id OR s.same_as = w.id))
	AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.org = :org
		AND l.letter_key = 'activities.reflection.' || CAST(v.activity AS text) || '.' || CAST(w.id AS text))
GROUP BY w.id, w.name, w.lang
ORDER BY w.id
LIMIT :most

-- personal
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1)) AS title,
	a.starts_wall AS starts_wall, a.zone AS zone, r.question AS question, r.words AS answer, r.lang AS lang, r.shared_at AS shared_at,
	r.made_at AS made_at
FROM reflection r
JOIN activity a ON a.id = r.activity
JOIN org_lang f ON f.org = r.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = r.org AND l.lang = :lang
WHERE r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY r.made_at, r.id

-- personal_kept
SELECT count(*) AS n, max(r.changed_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM reflection r
WHERE r.org = :org AND r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- personal_gone
DELETE FROM reflection WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- demo_held
SELECT a.id AS id, a.responsible AS responsible
FROM activity a
WHERE a.org = :org AND a.status = 'held' AND a.kind = 'event' AND a.starts_at < :now
ORDER BY a.starts_at DESC, a.id DESC
LIMIT 1

-- demo_there
-- some: a few for the demonstration
-- All but the one whose part a visitor of the demonstration may take.
-- scan: once, of a new demonstration
SELECT p.person AS person
FROM participation p
WHERE p.org = :org AND p.activity = :activity AND p.state = 'attended' AND p.superseded_at IS NULL AND p.role = 'learner'
	AND p.person <> (SELECT min(h.person) FROM person_role h JOIN role o ON o.id = h.role WHERE h.org = :org AND o.shipped = 'learner')
ORDER BY p.id
LIMIT 9
