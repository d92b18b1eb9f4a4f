-- give
INSERT INTO consent (org, person, purpose, activity, words, words_rev, given_by, given_how, taken_by, given_at, ends_at, answer, lang)
SELECT CAST(:org AS bigint), p.id, CAST(:purpose AS text), CAST(:activity AS bigint), CAST(:words AS text), CAST(:words_rev AS bigint),
	CAST(:given_by AS bigint), CAST(:given_how AS text), CAST(:taken_by AS bigint), CAST(:now AS bigint), CAST(:ends_at AS bigint), CAST(:answer AS text), CAST(:lang AS text)
FROM person p
WHERE p.id = :person AND (
	(p.id = :given_by AND (
		EXISTS (SELECT 1 FROM learner_alone l WHERE l.org = :org AND l.person = p.id AND l.since_at <= :now AND l.purpose =
			CASE WHEN EXISTS (SELECT 1 FROM band_purpose q WHERE q.org = :org AND q.purpose = :purpose) THEN CAST(:purpose AS text) ELSE '*' END)
		OR (NOT EXISTS (SELECT 1 FROM minority m WHERE m.org = :org AND m.person = p.id AND m.until > :today)
			AND NOT EXISTS (SELECT 1 FROM person_band b WHERE b.org = :org AND b.person = p.id))))
	OR (NOT EXISTS (SELECT 1 FROM learner_alone l WHERE l.org = :org AND l.person = p.id AND l.since_at <= :now AND l.purpose =
			CASE WHEN EXISTS (SELECT 1 FROM band_purpose q WHERE q.org = :org AND q.purpose = :purpose) THEN CAST(:purpose AS text) ELSE '*' END)
		AND EXISTS (SELECT 1 FROM guardian_in_touch g WHERE g.org = :org AND g.child = p.id AND g.person = :given_by
		AND (replace(g.may_consent, '"' || CAST(:purpose AS text) || '"', '') <> g.may_consent OR replace(g.may_consent, '"*"', '') <> g.may_consent)
		AND g.since <= :today AND (g.until IS NULL OR g.until > :today))))
RETURNING id AS id

-- row
SELECT c.id AS id, c.person AS person, c.purpose AS purpose, c.activity AS activity, c.given_by AS given_by, c.ends_at AS ends_at, c.withdrawn_at AS withdrawn_at
FROM consent c
WHERE c.id = :id AND c.org = :org

-- withdraw
-- all orgs: a person's own, or a child's by the guardian the same organisation entered
UPDATE consent SET withdrawn_at = :now, withdrawn_by = :withdrawn_by
WHERE id = :id AND withdrawn_at IS NULL AND (
	person IN (SELECT p.id FROM person p WHERE p.id = :withdrawn_by OR p.same_as = :withdrawn_by)
	OR EXISTS (SELECT 1 FROM guardian_in_touch g WHERE g.org = consent.org AND g.child = consent.person AND g.person = :withdrawn_by
		AND g.since <= :today AND (g.until IS NULL OR g.until > :today)))

-- in_force
SELECT c.id AS id
FROM consent c
JOIN person p ON p.id = c.person
WHERE c.org = :org AND (p.id = :person OR p.same_as = :person) AND c.purpose = :purpose
	AND (c.activity IS NULL OR c.activity = :activity) AND c.answer = 'yes'
	AND c.withdrawn_at IS NULL AND (c.ends_at IS NULL OR c.ends_at > :now)
	AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id)
	AND NOT EXISTS (SELECT 1 FROM consent_outgrown g WHERE g.consent = c.id AND g.at <= :now)
	AND NOT EXISTS (SELECT 1 FROM consent_no n JOIN person np ON np.id = n.person
		WHERE n.org = :org AND (np.id = :person OR np.same_as = :person) AND n.purpose = :purpose
			AND (n.activity IS NULL OR n.activity = :activity)
			AND NOT EXISTS (SELECT 1 FROM consent_outgrown g WHERE g.consent = n.id AND g.at <= :now))
ORDER BY c.id DESC
LIMIT 1

-- list
-- all orgs: a person reads their own
SELECT c.id AS id, c.org AS org, o.slug AS org_slug, c.purpose AS purpose, c.activity AS activity, c.words AS words, c.words_rev AS words_rev,
	c.answer AS answer, c.given_by AS given_by, g.name AS given_by_name, c.given_how AS given_how, c.given_at AS given_at, c.ends_at AS ends_at, c.withdrawn_at AS withdrawn_at
FROM consent c
JOIN person p ON p.id = c.person
JOIN person g ON g.id = c.given_by
JOIN org o ON o.id = c.org
WHERE p.id = :person OR p.same_as = :person
ORDER BY c.given_at DESC, c.id DESC

-- of_org
SELECT c.id AS id, c.purpose AS purpose, c.answer AS answer, c.given_by AS given_by, g.name AS given_by_name, c.given_how AS given_how,
	k.name AS taken_by_name, c.lang AS lang, c.given_at AS given_at, c.ends_at AS ends_at, c.withdrawn_at AS withdrawn_at,
	(SELECT min(b.at) FROM consent_barred b WHERE b.consent = c.id) AS barred_at,
	(SELECT min(o.at) FROM consent_outgrown o WHERE o.consent = c.id) AS outgrown_at
FROM consent c
JOIN person g ON g.id = c.given_by
LEFT JOIN person k ON k.id = c.taken_by
WHERE c.org = :org AND c.activity IS NULL AND c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.id DESC

-- left
-- all orgs: a person reads their own
SELECT d.id AS id, d.org AS org, d.object_kind AS object_kind, d.object AS object, d.to_person AS to_person, d.to_org AS to_org,
	d.to_outside AS to_outside, d.purpose AS purpose, d.made_at AS made_at
FROM disclosure d
JOIN person p ON p.id = d.person
WHERE d.consent = :id AND d.can_be_called_back = 0 AND (p.id = :person OR p.same_as = :person)
ORDER BY d.made_at DESC, d.id DESC

-- grant_give
INSERT INTO access_grant (person, org, from_org, purpose, activity, given_at, ends_at)
VALUES (:person, :org, :from_org, :purpose, :activity, :now, :ends_at)
RETURNING id AS id

-- grant_revoke
-- all orgs: a person takes back their own
UPDATE access_grant SET revoked_at = :now
WHERE id = :id AND revoked_at IS NULL AND person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person)

-- grant_list
-- all orgs: a person reads their own
SELECT g.id AS id, g.org AS org, coalesce(l.name, f.name) AS name, coalesce(l.lang, f.lang) AS name_lang, g.from_org AS from_org,
	coalesce(fl.name, ff.name) AS from_name, coalesce(fl.lang, ff.lang) AS from_lang, g.purpose AS purpose, g.activity AS activity,
	g.given_at AS given_at, g.ends_at AS ends_at, g.revoked_at AS revoked_at
FROM access_grant g
JOIN person p ON p.id = g.person
LEFT JOIN org_lang f ON f.org = g.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = g.org AND l.lang = :lang
LEFT JOIN org_lang ff ON ff.org = g.from_org AND ff.position = 1
LEFT JOIN org_lang fl ON fl.org = g.from_org AND fl.lang = :lang
WHERE p.id = :person OR p.same_as = :person
ORDER BY g.given_at DESC, g.id DESC

-- grant_orgs
-- all orgs: those that know the person
SELECT o.id AS id, coalesce(l.name, f.name) AS name, coalesce(l.lang, f.lang) AS name_lang
FROM org o
JOIN org_lang f ON f.org = o.id AND f.position = 1
LEFT JOIN org_lang l ON l.org = o.id AND l.lang = :lang
WHERE o.closed_at IS NULL AND o.id IN (SELECT k.org FROM person_org k JOIN person p ON p.id = k.person
	WHERE (p.id = :person OR p.same_as = :person) AND (k.until > :now OR k.until IS NULL))
ORDER BY f.name, o.id

-- grant_released
-- all orgs: in whose ledgers these activities are, and the grant by which they are read here
SELECT a.org AS from_org, min(g.id) AS access_grant
FROM activity a
JOIN access_grant g ON g.org = :org AND g.purpose = :purpose AND (g.from_org IS NULL OR g.from_org = a.org)
	AND (g.activity IS NULL OR g.activity = a.id) AND g.revoked_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > :now)
JOIN person p ON p.id = g.person AND (p.id = :person OR p.same_as = :person)
WHERE a.org <> :org AND a.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
GROUP BY a.org
ORDER BY a.org
