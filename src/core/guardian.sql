-- enter
INSERT INTO guardian (org, child, person, position, since, until, may_consent, no_contact, no_contact_why, confirmed_at, confirmed_by, barred_at)
SELECT o.id, CAST(:child AS bigint), CAST(:person AS bigint), CAST(:position AS bigint), CAST(:since AS text), CAST(:until AS text),
	CAST(:may_consent AS text), CAST(:no_contact AS bigint), CAST(:why AS text), CAST(:now AS bigint), CAST(:confirmed_by AS bigint),
	CASE WHEN CAST(:no_contact AS bigint) = 1 THEN CAST(:now AS bigint) END
FROM org o
WHERE o.id = :org AND NOT EXISTS (
	SELECT 1 FROM guardian g WHERE g.org = :org AND g.child = :child AND g.person = :person AND (g.until IS NULL OR g.until > :since))
RETURNING id AS id

-- change
UPDATE guardian SET position = :position, until = :until, may_consent = :may_consent, no_contact = :no_contact, no_contact_why = :why,
	confirmed_at = :now, confirmed_by = :confirmed_by, rev = rev + 1,
	barred_at = CASE WHEN CAST(:no_contact AS bigint) = 0 THEN NULL WHEN no_contact = 1 THEN barred_at ELSE :now END
WHERE id = :id AND org = :org AND child = :child AND rev = :rev
RETURNING id AS id

-- take_back
UPDATE guardian SET until = since, rev = rev + 1
WHERE id = :id AND org = :org AND rev = 1 AND until IS NULL
	AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.org = :org AND c.person = guardian.child AND c.given_by = guardian.person)
RETURNING id AS id

-- of
SELECT g.id AS id, g.child AS child, g.person AS person, w.name AS name, w.lang AS lang, g.position AS position, g.may_consent AS may_consent,
	g.no_contact AS no_contact, g.no_contact_why AS no_contact_why, g.since AS since, g.until AS until, g.confirmed_at AS confirmed_at,
	k.name AS confirmed_by_name, g.rev AS rev, CASE WHEN g.until <= :day THEN 1 ELSE 0 END AS over
FROM guardian g
JOIN person w ON w.id = g.person
LEFT JOIN person k ON k.id = g.confirmed_by
WHERE g.org = :org AND g.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND (g.id = :id OR CAST(:id AS bigint) = 0)
ORDER BY CASE WHEN g.until <= :day THEN 1 ELSE 0 END, g.position, g.since, g.id

-- apart
SELECT g.id AS id
FROM guardian g
WHERE g.org = :org AND g.child IN (SELECT j.value FROM json_each(CAST(:children AS text)) j)
	AND g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND (g.no_contact = 1 OR CAST(:any AS bigint) = 1) AND g.since <= :day AND (g.until IS NULL OR g.until > :day)
LIMIT 1

-- kept
SELECT k.child AS child, c.name AS name
FROM guardian_kept k
JOIN person c ON c.id = k.child
WHERE k.org = :org AND k.person = :me AND k.since <= :day AND k.until > :day
ORDER BY k.child

-- own
SELECT DISTINCT coalesce(c.same_as, c.id) AS child
FROM guardian g
JOIN person c ON c.id = g.child
WHERE g.org = :org AND g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND g.since <= :day AND (g.until IS NULL OR g.until > :day)
ORDER BY coalesce(c.same_as, c.id)
