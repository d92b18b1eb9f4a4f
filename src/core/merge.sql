-- Accounts that are one person. K are the accounts of the one that is kept.

-- against
SELECT CASE WHEN EXISTS (SELECT 1 FROM person p WHERE p.id IN (:kept, :alias) AND (p.closed_at IS NOT NULL OR p.same_as IS NOT NULL))
		OR EXISTS (SELECT 1 FROM person p WHERE p.same_as = :alias) THEN 1 ELSE 0 END AS already,
	CASE WHEN EXISTS (SELECT 1 FROM person_org o WHERE (o.person = :kept OR o.person = :alias) AND o.org <> :org AND (o.until > :now OR o.until IS NULL))
		THEN 1 ELSE 0 END AS elsewhere,
	CASE WHEN EXISTS (SELECT 1 FROM guardian g WHERE g.org = :org AND (g.until IS NULL OR g.until > :day)
		AND ((g.child = :alias AND g.person IN (SELECT s.id FROM person s WHERE s.id = :kept OR s.same_as = :kept))
			OR (g.person = :alias AND g.child IN (SELECT s.id FROM person s WHERE s.id = :kept OR s.same_as = :kept))))
		THEN 1 ELSE 0 END AS guardian,
	CASE WHEN EXISTS (SELECT 1 FROM guardian g JOIN guardian h ON h.child = g.child AND h.org = g.org AND h.no_contact <> g.no_contact
		WHERE g.org = :org AND g.person = :alias AND (g.until IS NULL OR g.until > :day) AND (h.until IS NULL OR h.until > :day)
			AND h.person IN (SELECT s.id FROM person s WHERE s.id = :kept OR s.same_as = :kept))
		THEN 1 ELSE 0 END AS apart,
	CASE WHEN (SELECT count(*) FROM minority m WHERE m.org = :org AND m.person = :kept AND m.until > :day)
		<> (SELECT count(*) FROM minority m WHERE m.org = :org AND m.person = :alias AND m.until > :day)
		OR coalesce((SELECT b.band FROM person_band b WHERE b.org = :org AND b.person = :kept), 0)
		<> coalesce((SELECT b.band FROM person_band b WHERE b.org = :org AND b.person = :alias), 0)
		THEN 1 ELSE 0 END AS minor,
	CASE WHEN EXISTS (SELECT 1 FROM activity_ask j JOIN activity_ask k ON k.activity = j.activity AND k.org = j.org
		WHERE j.org = :org AND j.person = :alias AND j.state IN ('asked', 'accepted', 'waiting', 'offered')
			AND k.state IN ('asked', 'accepted', 'waiting', 'offered')
			AND k.person IN (SELECT s.id FROM person s WHERE s.id = :kept OR s.same_as = :kept))
		OR EXISTS (SELECT 1 FROM participation j JOIN participation k ON k.activity = j.activity
		WHERE j.org = :org AND k.org = :org AND j.person = :alias AND j.superseded_at IS NULL AND k.superseded_at IS NULL
			AND j.state <> 'void' AND k.state <> 'void'
			AND k.person IN (SELECT s.id FROM person s WHERE s.id = :kept OR s.same_as = :kept))
		THEN 1 ELSE 0 END AS places,
	CASE WHEN EXISTS (SELECT 1 FROM person_role h WHERE h.org = :org AND (h.until > :now OR h.until IS NULL)
			AND ((h.person = :kept AND h.given_by = :alias) OR (h.person = :alias AND h.given_by = :kept)))
		OR EXISTS (SELECT 1 FROM adult_check c WHERE c.org = :org AND c.ended_at IS NULL
			AND ((c.person = :kept AND c.verified_by = :alias) OR (c.person = :alias AND c.verified_by = :kept)))
		THEN 1 ELSE 0 END AS decided,
	CASE WHEN EXISTS (SELECT 1 FROM erasure e WHERE (e.person = :kept OR e.person = :alias) AND e.org = :org
			AND e.answered_at IS NULL AND e.withdrawn_at IS NULL)
		THEN 1 ELSE 0 END AS erasing,
	CASE WHEN EXISTS (SELECT 1 FROM totp t WHERE t.person = :alias AND t.confirmed_at IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM totp t WHERE t.person = :kept AND t.confirmed_at IS NOT NULL)
		THEN 1 ELSE 0 END AS second,
	CASE WHEN EXISTS (SELECT 1 FROM person_key k WHERE k.person = :alias AND k.org = :org) THEN 1 ELSE 0 END AS roster

-- make
INSERT INTO person_merge (org, kept, alias, made_by, made_at, undo_until)
SELECT o.org, o.person, a.person, CAST(:by AS bigint), CAST(:now AS bigint), CAST(:undo_until AS bigint)
FROM person_org o JOIN person_org a ON a.org = o.org
WHERE o.org = :org AND o.person = :kept AND a.person = :alias AND (o.until > :now OR o.until IS NULL) AND (a.until > :now OR a.until IS NULL)
	AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id IN (:kept, :alias) AND p.same_as IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM person p WHERE p.same_as = :alias)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- join
UPDATE person SET same_as = :kept WHERE id = :alias AND same_as IS NULL AND id <> :kept

-- undo
UPDATE person_merge SET undone_at = :now, undone_by = :by
WHERE id = :id AND org = :org AND undone_at IS NULL AND undo_until > :now
RETURNING id AS id

-- part
UPDATE person SET same_as = NULL WHERE id = :alias AND same_as = :kept

-- list
SELECT m.id AS id, m.kept AS kept, k.name AS kept_name, m.alias AS alias, a.name AS alias_name, m.made_at AS made_at, b.name AS by_name,
	m.undo_until AS undo_until, m.undone_at AS undone_at,
	CASE WHEN m.undone_at IS NULL AND m.undo_until > :now THEN 1 ELSE 0 END AS open
FROM person_merge m
JOIN person k ON k.id = m.kept
JOIN person a ON a.id = m.alias
LEFT JOIN person b ON b.id = m.made_by
WHERE m.org = :org
ORDER BY m.made_at DESC, m.id DESC

-- row
SELECT m.id AS id, m.kept AS kept, k.name AS kept_name, m.alias AS alias, a.name AS alias_name, m.made_at AS made_at,
	m.undo_until AS undo_until, m.undone_at AS undone_at,
	CASE WHEN m.undone_at IS NULL AND m.undo_until > :now THEN 1 ELSE 0 END AS open
FROM person_merge m
JOIN person k ON k.id = m.kept
JOIN person a ON a.id = m.alias
WHERE m.org = :org AND m.id = :id

-- of_me
-- all orgs: a person reads what concerns them
SELECT coalesce((SELECT l.name FROM org_lang l WHERE l.org = m.org AND l.lang = :lang), f.name) AS org_name, a.name AS alias_name,
	m.made_at AS made_at, b.name AS by_name, m.undo_until AS undo_until
FROM person_merge m
JOIN org_lang f ON f.org = m.org AND f.position = 1
JOIN person a ON a.id = m.alias
LEFT JOIN person b ON b.id = m.made_by
WHERE m.kept = :person AND m.undone_at IS NULL AND m.undo_until > :now
ORDER BY m.made_at, m.id
