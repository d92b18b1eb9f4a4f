-- What is kept of a person, for the person: every account of theirs, every organisation.

-- part of_org
LEFT JOIN org_lang f ON f.org = x.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = x.org AND l.lang = :lang

-- names
-- all orgs: a person takes away what is theirs
SELECT p.name AS name, p.sort_name AS sort_name, p.formal_name AS formal_name, p.lang AS lang, p.made_at AS made_at
FROM person p
WHERE p.id IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY p.id

-- former_names
-- all orgs: a person takes away what is theirs
SELECT f.name AS name, f.made_at AS made_at
FROM person_former_name f
WHERE f.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY f.id

-- merges
-- all orgs: a person takes away what is theirs
SELECT l.name AS org_name, m.made_at AS made_at, m.undo_until AS until_at, m.undone_at AS withdrawn_at
FROM person_merge m JOIN org_lang l ON l.org = m.org AND l.position = 1
WHERE m.kept IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR m.alias IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY m.id

-- contacts
-- all orgs: a person takes away what is theirs
SELECT x.kind AS kind, x.value AS value, x.label AS label, x.preferred AS preferred, x.confirmed_at AS confirmed_at, x.made_at AS made_at,
	coalesce(l.name, f.name) AS org_name
FROM contact x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.id

-- signins
-- all orgs: a person takes away what is theirs
SELECT s.kind AS kind, s.handle AS handle, s.made_at AS made_at, s.used_at AS used_at
FROM signin s
WHERE s.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY s.id

-- sessions
-- all orgs: a person takes away what is theirs
SELECT s.means AS means, s.agent AS agent, s.network AS network, s.made_at AS made_at, s.seen_at AS seen_at, s.ends_at AS ends_at
FROM session s
WHERE s.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY s.id

-- second_factor
-- all orgs: a person takes away what is theirs
SELECT t.made_at AS made_at, t.confirmed_at AS confirmed_at,
	(SELECT count(*) FROM recovery_code r WHERE r.person = t.person AND r.used_at IS NULL) AS codes_left
FROM totp t
WHERE t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY t.made_at

-- organisations
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.since AS since_at, x.until AS until_at
FROM person_org x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.since, x.org

-- roles
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, coalesce(r.shipped, r.name) AS role, x.since AS since_at, x.until AS until_at
FROM person_role x
JOIN role r ON r.id = x.role
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.since, x.id

-- invitations
-- all orgs: a person takes away what is theirs
-- scan: asked seldom, of few rows
SELECT coalesce(l.name, f.name) AS org_name, x.name AS name, x.email AS email, x.made_at AS made_at, x.ends_at AS ends_at, x.accepted_at AS accepted_at,
	x.revoked_at AS revoked_at
FROM invitation x
-- use of_org
WHERE coalesce(x.accepted_by, x.person) IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.made_at, x.id

-- agreements
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.title AS title, x.version AS version, x.lang AS lang, g.agreed_at AS agreed_at, g.withdrawn_at AS withdrawn_at
FROM agreement g
JOIN terms x ON x.id = g.terms
-- use of_org
WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY g.agreed_at, g.id

-- groups
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, g.kind AS kind, g.name AS name, x.since AS since, x.until AS until
FROM membership x
JOIN people_group g ON g.id = x.people_group
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.since, x.id

-- checks
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, t.code AS kind, x.verified_at AS since_at, x.valid_until AS until, x.ended_at AS ends_at
FROM adult_check x
JOIN term t ON t.id = x.kind
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.verified_at, x.id

-- groups_led
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, g.kind AS kind, g.name AS name, x.since AS since, x.until AS until
FROM group_staff x
JOIN people_group g ON g.id = x.people_group
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.since, x.id

-- guardians
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, c.name AS child, w.name AS guardian, x.since AS since, x.until AS until
FROM guardian x
JOIN person c ON c.id = x.child
JOIN person w ON w.id = x.person
-- use of_org
WHERE x.id IN (SELECT k.id FROM guardian k WHERE k.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	UNION SELECT k.id FROM guardian_in_touch k WHERE k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))
ORDER BY x.since, x.id

-- bands
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'age_band' AND t.owner = x.band AND t.field = 'name' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'age_band' AND t.owner = x.band AND t.field = 'name' AND t.current = 1)) AS band,
	x.since AS since, x.until AS until
FROM person_band x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.since, x.org

-- minority
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.until AS until
FROM minority x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.until, x.org

-- activities
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name, a.elsewhere) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'activity' AND t.owner = a.id AND t.field = 'title' AND t.current = 1)) AS title,
	a.kind AS kind, a.mode AS mode, a.status AS status, a.starts_wall AS starts_wall, a.zone AS zone, p.role AS role, p.state AS state,
	p.minutes AS minutes, p.ground AS ground, CASE WHEN p.attested_by IS NULL THEN 0 ELSE 1 END AS attested, p.made_at AS made_at,
	p.superseded_at AS superseded_at
FROM participation p
JOIN activity a ON a.id = p.activity
LEFT JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang
WHERE p.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY a.starts_at, p.id

-- consents
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, w.name AS person_name, x.purpose AS purpose, x.answer AS answer, x.words AS words, x.words_rev AS words_rev, g.name AS given_by_name,
	x.given_how AS given_how, x.given_at AS given_at, x.ends_at AS ends_at, x.withdrawn_at AS withdrawn_at
FROM consent x
JOIN person w ON w.id = x.person
JOIN person g ON g.id = x.given_by
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR (x.given_by IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
		AND x.person IN (SELECT k.child FROM guardian_in_touch k WHERE k.person = x.given_by))
ORDER BY x.given_at, x.id

-- grants
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.purpose AS purpose, x.given_at AS given_at, x.ends_at AS ends_at, x.revoked_at AS revoked_at
FROM access_grant x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.given_at, x.id

-- disclosures
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.object_kind AS object_kind, coalesce(w.name, tl.name, x.to_outside) AS shown_to, x.purpose AS purpose,
	x.ground AS ground, x.can_be_called_back AS can_be_called_back, x.made_at AS made_at
FROM disclosure x
-- use of_org
LEFT JOIN person w ON w.id = x.to_person
LEFT JOIN org_lang tl ON tl.org = x.to_org AND tl.position = 1
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.made_at, x.id

-- record
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, a.verb AS verb, a.object_kind AS object_kind, w.name AS made_by_name, a.made_at AS made_at
FROM audit a
LEFT JOIN org_lang f ON f.org = a.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = a.org AND l.lang = :lang
LEFT JOIN person w ON w.id = a.made_by
WHERE a.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY a.made_at, a.id

-- letters
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.to_address AS to_address, x.subject AS subject,
	CASE WHEN x.secret = 1 THEN '' ELSE x.body END AS body, x.state AS state, x.made_at AS made_at, x.settled_at AS settled_at
FROM letter x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.made_at, x.id

-- links
-- all orgs: a person takes away what is theirs
SELECT k.purpose AS purpose, k.address AS to_address, k.made_at AS made_at, k.ends_at AS ends_at, k.used_at AS used_at, k.revoked_at AS revoked_at
FROM link k
WHERE k.owner IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY k.made_at, k.id

-- jobs
-- all orgs: a person takes away what is theirs
-- scan: asked seldom, of what was done lately
SELECT coalesce(l.name, f.name) AS org_name, b.kind AS kind, b.title AS title, b.state AS state, b.made_at AS made_at, b.finished_at AS finished_at
FROM job b
LEFT JOIN org_lang f ON f.org = b.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = b.org AND l.lang = :lang
WHERE b.owner IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND b.org IN (SELECT p.org FROM person_org p WHERE p.person = b.owner)
ORDER BY b.made_at, b.id

-- erasures
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.asked_how AS asked_how, x.words AS words, x.asked_at AS asked_at, x.withdrawn_at AS withdrawn_at,
	x.answered_at AS answered_at
FROM erasure x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.asked_at, x.id

-- corrections
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, x.words AS words, x.asked_at AS asked_at, x.answer AS answer, x.answered_at AS answered_at
FROM correction x
-- use of_org
WHERE x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY x.asked_at, x.id
