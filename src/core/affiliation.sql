-- others
-- scan: every organisation but the own is listed
-- all orgs: organisations are what is looked for
SELECT o.id AS id, coalesce(m.name, f.name) AS name
FROM org o LEFT JOIN org_lang m ON m.org = o.id AND m.lang = :lang
	JOIN org_lang f ON f.org = o.id AND f.position = 1
WHERE o.closed_at IS NULL AND o.id <> :org ORDER BY coalesce(m.name, f.name), o.id

-- propose
INSERT INTO affiliation (org, other, kind, since, state, proposed_by, proposed_at)
SELECT :org, o.id, :kind, :since, 'proposed', :by, :now
FROM org o WHERE o.id = :other AND o.id <> :org AND o.closed_at IS NULL
ON CONFLICT DO NOTHING RETURNING id

-- answer
UPDATE affiliation SET state = :state, answered_by = :by, answered_at = :now, rev = rev + 1
WHERE id = :affiliation AND other = :org AND state = 'proposed' RETURNING id

-- withdraw
UPDATE affiliation SET state = 'withdrawn', ended_by = :by, ended_at = :now, rev = rev + 1
WHERE id = :affiliation AND org = :org AND state = 'proposed' RETURNING id

-- end
UPDATE affiliation SET until = :until, ended_by = :by, ended_at = :now, rev = rev + 1
WHERE id = :affiliation AND (org = :org OR other = :org) AND state = 'confirmed' AND until IS NULL
	AND since <= :until RETURNING id

-- list
SELECT af.id AS id, af.kind AS kind, af.since AS since, af.until AS until, af.state AS state, 1 AS mine,
	o.base AS base, coalesce(m.name, f.name) AS name, coalesce(m.lang, f.lang) AS name_lang
FROM affiliation af JOIN org o ON o.id = af.other
	LEFT JOIN org_lang m ON m.org = o.id AND m.lang = :lang
	JOIN org_lang f ON f.org = o.id AND f.position = 1
WHERE af.org = :org
UNION ALL
SELECT af.id AS id, af.kind AS kind, af.since AS since, af.until AS until, af.state AS state, 0 AS mine,
	o.base AS base, coalesce(m.name, f.name) AS name, coalesce(m.lang, f.lang) AS name_lang
FROM affiliation af JOIN org o ON o.id = af.org
	LEFT JOIN org_lang m ON m.org = o.id AND m.lang = :lang
	JOIN org_lang f ON f.org = o.id AND f.position = 1
WHERE af.other = :org AND af.state <> 'withdrawn'
ORDER BY since DESC, id DESC

-- by_id
SELECT af.id AS id, af.kind AS kind, af.since AS since, af.until AS until, af.state AS state,
	CASE WHEN af.org = :org THEN 1 ELSE 0 END AS mine, o.id AS partner, o.base AS base, coalesce(m.name, f.name) AS name,
	coalesce(m.lang, f.lang) AS name_lang, af.proposed_at AS proposed_at, af.answered_at AS answered_at,
	af.ended_at AS ended_at
FROM affiliation af JOIN org o ON o.id = CASE WHEN af.org = :org THEN af.other ELSE af.org END
	LEFT JOIN org_lang m ON m.org = o.id AND m.lang = :lang
	JOIN org_lang f ON f.org = o.id AND f.position = 1
WHERE af.id = :id AND (af.org = :org OR (af.other = :org AND af.state <> 'withdrawn'))

-- holds
SELECT count(*) AS n FROM affiliation af
WHERE af.org = :org AND af.other = :other AND af.kind = :kind AND af.state = 'confirmed'
	AND af.since <= :today AND (af.until > :today OR af.until IS NULL)

-- standards
SELECT o.base AS base, coalesce(m.name, f.name) AS name, coalesce(m.lang, f.lang) AS name_lang
FROM affiliation af JOIN org o ON o.id = af.other AND o.closed_at IS NULL
	LEFT JOIN org_lang m ON m.org = o.id AND m.lang = :lang
	JOIN org_lang f ON f.org = o.id AND f.position = 1
WHERE af.org = :org AND af.kind = 'uses_standards_of' AND af.state = 'confirmed'
	AND af.since <= :today AND (af.until > :today OR af.until IS NULL)
ORDER BY af.since, af.id
