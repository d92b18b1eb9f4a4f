-- add
INSERT INTO participation (org, activity, person, heads, people_group, role, state, minutes, ground, consent, claimed_by, attested_by, seat, made_at, made_by, corrects, why)
SELECT CAST(:org AS bigint), a.id, CAST(:person AS bigint), CAST(:heads AS bigint), CAST(:people_group AS bigint), CAST(:role AS text),
	CAST(:state AS text), CAST(:minutes AS bigint), CAST(:ground AS text), CAST(:consent AS bigint), CAST(:claimed_by AS bigint),
	CAST(:attested_by AS bigint), CAST(:seat AS text), CAST(:now AS bigint), CAST(:made_by AS bigint), CAST(:corrects AS bigint), CAST(:why AS text)
FROM activity a
WHERE a.id = :activity AND (a.org = :org OR (a.org IS NULL AND a.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))
	AND (a.status = 'held' OR CAST(:state AS text) <> 'attended')
ON CONFLICT DO NOTHING
RETURNING id AS id

-- add_group
INSERT INTO participation (org, activity, person, people_group, role, state, minutes, ground, consent, attested_by, made_at, made_by, why)
SELECT a.org, a.id, m.person, m.people_group, CAST(:role AS text),
	CASE WHEN m.person IN (SELECT j.value FROM json_each(CAST(:absent AS text)) j) THEN 'absent' ELSE CAST(:state AS text) END,
	CASE WHEN m.person IN (SELECT j.value FROM json_each(CAST(:absent AS text)) j) THEN 0 ELSE CAST(:minutes AS bigint) END,
	CAST(:ground AS text), CAST(:consent AS bigint), CAST(:attested_by AS bigint), CAST(:now AS bigint), CAST(:made_by AS bigint), ''
FROM membership m
JOIN activity a ON a.id = :activity AND a.org = m.org
WHERE m.org = :org AND m.people_group = :people_group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
	AND (a.status = 'held' OR CAST(:state AS text) <> 'attended')
ON CONFLICT DO NOTHING
RETURNING id AS id, person AS person, state AS state

-- mark_old
UPDATE participation SET superseded_at = :now
WHERE id = :id AND superseded_at IS NULL AND (org = :org OR (org IS NULL AND claimed_by IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))

-- unmark_old
-- all orgs: the row mark_old has just marked
UPDATE participation SET superseded_at = NULL WHERE id = :id AND superseded_by IS NULL

-- join_old
-- all orgs: the row mark_old has just marked
UPDATE participation SET superseded_by = :new_id WHERE id = :id AND superseded_by IS NULL

-- copy_items
-- all orgs: the row mark_old has just marked
INSERT INTO participation_item (participation, item, version)
SELECT CAST(:new_id AS bigint), i.item, i.version
FROM participation_item i
WHERE i.participation = :id

-- exercise
-- all orgs: rows just made
INSERT INTO participation_item (participation, item, version)
SELECT j.value, CAST(:item AS bigint), CAST(:version AS bigint)
FROM json_each(CAST(:ids AS text)) j
WHERE true
ON CONFLICT DO NOTHING

-- seat
-- all orgs: authority is the code of the seat
SELECT p.id AS id, p.org AS org, p.activity AS activity, p.people_group AS people_group, p.role AS role, p.state AS state,
	p.minutes AS minutes, p.attested_by AS attested_by, a.status AS status
FROM participation p
JOIN activity a ON a.id = p.activity
WHERE p.seat = :seat AND p.superseded_at IS NULL AND p.heads = 1

-- row
SELECT p.id AS id, p.activity AS activity, p.person AS person, p.heads AS heads, p.people_group AS people_group, p.role AS role,
	p.state AS state, p.minutes AS minutes, p.ground AS ground, p.consent AS consent, p.claimed_by AS claimed_by, p.attested_by AS attested_by,
	p.made_at AS made_at, p.made_by AS made_by, p.corrects AS corrects, p.why AS why, p.superseded_by AS superseded_by, p.superseded_at AS superseded_at
FROM participation p
WHERE p.id = :id AND (p.org = :org OR (p.org IS NULL AND p.claimed_by IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))

-- chain
WITH RECURSIVE earlier (id, corrects) AS (
	SELECT p.id, p.corrects FROM participation p WHERE p.id = :id
	UNION ALL
	SELECT p.id, p.corrects FROM participation p JOIN earlier e ON p.id = e.corrects
), later (id, superseded_by) AS (
	SELECT p.id, p.superseded_by FROM participation p WHERE p.id = :id
	UNION ALL
	SELECT p.id, p.superseded_by FROM participation p JOIN later l ON p.id = l.superseded_by
)
SELECT p.id AS id, p.person AS person, p.heads AS heads, p.role AS role, p.state AS state, p.minutes AS minutes, p.claimed_by AS claimed_by,
	p.attested_by AS attested_by, p.made_at AS made_at, p.made_by AS made_by, p.why AS why, p.superseded_at AS superseded_at
FROM participation p
WHERE (p.org = :org OR (p.org IS NULL AND p.claimed_by IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))
	AND p.id IN (SELECT e.id FROM earlier e UNION SELECT l.id FROM later l)
ORDER BY p.id

-- list
SELECT p.id AS id, p.person AS person, w.name AS name, p.heads AS heads, p.people_group AS people_group, p.role AS role, p.state AS state,
	p.minutes AS minutes, CASE WHEN p.claimed_by IS NULL THEN 0 ELSE 1 END AS claimed, CASE WHEN p.attested_by IS NULL THEN 0 ELSE 1 END AS attested
FROM participation p
LEFT JOIN person w ON w.id = p.person
WHERE p.org = :org AND p.activity = :activity AND p.superseded_at IS NULL
ORDER BY w.sort_name COLLATE "fr-x-icu" NULLS LAST, p.id
