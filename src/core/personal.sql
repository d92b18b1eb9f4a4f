-- What is kept of a person, for the person: every account of theirs, every organisation.

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
SELECT c.kind AS kind, c.value AS value, c.label AS label, c.preferred AS preferred, c.confirmed_at AS confirmed_at, c.made_at AS made_at
FROM contact c
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.id

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
SELECT coalesce(l.name, f.name) AS org_name, p.since AS since_at, p.until AS until_at
FROM person_org p
JOIN org_lang f ON f.org = p.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = p.org AND l.lang = :lang
WHERE p.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY p.since, p.org

-- roles
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, coalesce(r.shipped, r.name) AS role, p.since AS since_at, p.until AS until_at
FROM person_role p
JOIN role r ON r.id = p.role
JOIN org_lang f ON f.org = p.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = p.org AND l.lang = :lang
WHERE p.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY p.since, p.id

-- invitations
-- all orgs: a person takes away what is theirs
-- scan: asked seldom, of few rows
SELECT coalesce(l.name, f.name) AS org_name, i.name AS name, i.email AS email, i.made_at AS made_at, i.ends_at AS ends_at, i.accepted_at AS accepted_at,
	i.revoked_at AS revoked_at
FROM invitation i
JOIN org_lang f ON f.org = i.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = i.org AND l.lang = :lang
WHERE coalesce(i.accepted_by, i.person) IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY i.made_at, i.id

-- agreements
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, t.title AS title, t.version AS version, t.lang AS lang, g.agreed_at AS agreed_at, g.withdrawn_at AS withdrawn_at
FROM agreement g
JOIN terms t ON t.id = g.terms
JOIN org_lang f ON f.org = t.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = t.org AND l.lang = :lang
WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY g.agreed_at, g.id

-- groups
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, g.kind AS kind, g.name AS name, m.since AS since, m.until AS until
FROM membership m
JOIN people_group g ON g.id = m.people_group
JOIN org_lang f ON f.org = m.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = m.org AND l.lang = :lang
WHERE m.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY m.since, m.id

-- checks
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, t.code AS kind, c.verified_at AS since_at, c.valid_until AS until, c.ended_at AS ends_at
FROM adult_check c
JOIN term t ON t.id = c.kind
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.verified_at, c.id

-- groups_led
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, g.kind AS kind, g.name AS name, s.since AS since, s.until AS until
FROM group_staff s
JOIN people_group g ON g.id = s.people_group
JOIN org_lang f ON f.org = s.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = s.org AND l.lang = :lang
WHERE s.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY s.since, s.id

-- guardians
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, c.name AS child, w.name AS guardian, g.since AS since, g.until AS until
FROM guardian g
JOIN person c ON c.id = g.child
JOIN person w ON w.id = g.person
JOIN org_lang f ON f.org = g.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = g.org AND l.lang = :lang
WHERE g.id IN (SELECT k.id FROM guardian k WHERE k.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	UNION SELECT k.id FROM guardian_in_touch k WHERE k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))
ORDER BY g.since, g.id

-- bands
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name,
	coalesce((SELECT t.body FROM texts t WHERE t.owner_kind = 'age_band' AND t.owner = w.band AND t.field = 'name' AND t.lang = :lang AND t.current = 1),
		(SELECT min(t.body) FROM texts t WHERE t.owner_kind = 'age_band' AND t.owner = w.band AND t.field = 'name' AND t.current = 1)) AS band,
	w.since AS since, w.until AS until
FROM person_band w
JOIN org_lang f ON f.org = w.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = w.org AND l.lang = :lang
WHERE w.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY w.since, w.org

-- minority
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, m.until AS until
FROM minority m
JOIN org_lang f ON f.org = m.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = m.org AND l.lang = :lang
WHERE m.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY m.until, m.org

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
SELECT coalesce(l.name, f.name) AS org_name, w.name AS person_name, c.purpose AS purpose, c.answer AS answer, c.words AS words, c.words_rev AS words_rev, g.name AS given_by_name,
	c.given_how AS given_how, c.given_at AS given_at, c.ends_at AS ends_at, c.withdrawn_at AS withdrawn_at
FROM consent c
JOIN person w ON w.id = c.person
JOIN person g ON g.id = c.given_by
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR (c.given_by IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
		AND c.person IN (SELECT k.child FROM guardian_in_touch k WHERE k.person = c.given_by))
ORDER BY c.given_at, c.id

-- grants
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, g.purpose AS purpose, g.given_at AS given_at, g.ends_at AS ends_at, g.revoked_at AS revoked_at
FROM access_grant g
JOIN org_lang f ON f.org = g.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = g.org AND l.lang = :lang
WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY g.given_at, g.id

-- disclosures
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, d.object_kind AS object_kind, coalesce(w.name, tl.name, d.to_outside) AS shown_to, d.purpose AS purpose,
	d.ground AS ground, d.can_be_called_back AS can_be_called_back, d.made_at AS made_at
FROM disclosure d
JOIN org_lang f ON f.org = d.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = d.org AND l.lang = :lang
LEFT JOIN person w ON w.id = d.to_person
LEFT JOIN org_lang tl ON tl.org = d.to_org AND tl.position = 1
WHERE d.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY d.made_at, d.id

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
SELECT coalesce(l.name, f.name) AS org_name, m.to_address AS to_address, m.subject AS subject,
	CASE WHEN m.secret = 1 THEN '' ELSE m.body END AS body, m.state AS state, m.made_at AS made_at, m.settled_at AS settled_at
FROM letter m
JOIN org_lang f ON f.org = m.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = m.org AND l.lang = :lang
WHERE m.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY m.made_at, m.id

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
SELECT coalesce(l.name, f.name) AS org_name, e.asked_how AS asked_how, e.words AS words, e.asked_at AS asked_at, e.withdrawn_at AS withdrawn_at,
	e.answered_at AS answered_at
FROM erasure e
JOIN org_lang f ON f.org = e.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = e.org AND l.lang = :lang
WHERE e.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY e.asked_at, e.id

-- corrections
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, c.words AS words, c.asked_at AS asked_at, c.answer AS answer, c.answered_at AS answered_at
FROM correction c
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.asked_at, c.id
