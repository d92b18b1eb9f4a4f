-- by_people
-- all orgs: another organisation's rows only by grant, one's own always
SELECT q.activity AS activity, q.org AS org, q.series AS series, q.mode AS mode, q.status AS status, q.starts_at AS starts_at,
	q.person AS person, q.heads AS heads, q.role AS role, q.state AS state, q.minutes AS minutes, q.ground AS ground, q.attested AS attested,
	q.made_at AS made_at, q.superseded_at AS superseded_at, q.consent_live AS consent_live, q.minor AS minor, q.granted AS granted, q.agreed AS agreed,
	i.item AS item, i.version AS version
FROM (SELECT l.participation AS participation, l.activity AS activity, l.org AS org, l.series AS series, l.mode AS mode, l.status AS status,
		l.starts_at AS starts_at, l.person AS person, l.heads AS heads, l.role AS role, l.state AS state, l.minutes AS minutes,
		l.ground AS ground, l.attested AS attested, l.made_at AS made_at, l.superseded_at AS superseded_at,
		CASE WHEN l.consent_withdrawn_at IS NULL AND (l.consent_ends_at IS NULL OR l.consent_ends_at > :now) THEN 1 ELSE 0 END AS consent_live,
		CASE WHEN m.until > substr(l.starts_wall, 1, 10) THEN 1 ELSE 0 END AS minor,
		CASE WHEN EXISTS (SELECT 1 FROM access_grant g
			WHERE g.person IN (SELECT w.id FROM person w WHERE w.id = l.person OR w.same_as = l.person)
			AND g.org = :org AND g.purpose = :purpose
			AND (g.from_org IS NULL OR g.from_org = l.org) AND (g.activity IS NULL OR g.activity = l.activity)
			AND g.revoked_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > :now)) THEN 1 ELSE 0 END AS granted,
		CASE WHEN EXISTS (SELECT 1 FROM consent c
			WHERE c.person IN (SELECT w.id FROM person w WHERE w.id = l.person OR w.same_as = l.person)
			AND c.org = :org AND c.purpose = :purpose
			AND (c.activity IS NULL OR c.activity = l.activity)
			AND c.answer = 'yes' AND c.withdrawn_at IS NULL AND (c.ends_at IS NULL OR c.ends_at > :now)
			AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id)
			AND NOT EXISTS (SELECT 1 FROM consent_outgrown u WHERE u.consent = c.id AND u.at <= :now))
			AND NOT EXISTS (SELECT 1 FROM consent_no n
			WHERE n.person IN (SELECT w.id FROM person w WHERE w.id = l.person OR w.same_as = l.person)
			AND n.org = :org AND n.purpose = :purpose AND (n.activity IS NULL OR n.activity = l.activity)
			AND NOT EXISTS (SELECT 1 FROM consent_outgrown u WHERE u.consent = n.id AND u.at <= :now)) THEN 1 ELSE 0 END AS agreed
	FROM ledger l
	LEFT JOIN minority m ON m.org = l.org AND m.person = l.as_person
	WHERE l.as_person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
		AND l.starts_at >= :starts AND l.starts_at < :ends) q
LEFT JOIN participation_item i ON i.participation = q.participation AND (i.item = :item OR CAST(:items AS bigint) = 1)
WHERE (q.org = :org OR q.person = :me OR q.granted = 1)
	AND (i.item IS NOT NULL OR (CAST(:item AS bigint) = 0 AND CAST(:items AS bigint) = 0))
ORDER BY q.activity, q.person, q.role, i.item NULLS FIRST, q.participation

-- heads_of_group
SELECT l.activity AS activity, l.org AS org, l.series AS series, l.status AS status, l.starts_at AS starts_at, l.heads AS heads, l.role AS role,
	l.state AS state, l.minutes AS minutes, l.made_at AS made_at, l.superseded_at AS superseded_at
FROM ledger l
WHERE l.org = :org AND l.people_group = :people_group AND l.heads IS NOT NULL
	AND l.starts_at >= :starts AND l.starts_at < :ends
	AND (CAST(:item AS bigint) = 0 OR EXISTS (SELECT 1 FROM participation_item i WHERE i.participation = l.participation AND i.item = :item))
ORDER BY l.activity, l.participation

-- of_people
SELECT l.activity AS activity, l.org AS org, l.starts_wall AS starts_wall, l.person AS person, l.heads AS heads, l.role AS role,
	l.state AS state, l.ground AS ground, l.attested AS attested, l.made_at AS made_at, l.superseded_at AS superseded_at,
	CASE WHEN l.consent_withdrawn_at IS NULL AND (l.consent_ends_at IS NULL OR l.consent_ends_at > :now) THEN 1 ELSE 0 END AS consent_live
FROM ledger l
WHERE l.as_person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND l.org = :org AND l.state = 'attended'
	AND l.starts_at >= :starts AND l.starts_at < :ends

-- of_people_by_item
SELECT l.activity AS activity, l.org AS org, l.starts_wall AS starts_wall, l.person AS person, l.heads AS heads, l.role AS role,
	l.state AS state, l.ground AS ground, l.attested AS attested, l.made_at AS made_at, l.superseded_at AS superseded_at,
	CASE WHEN l.consent_withdrawn_at IS NULL AND (l.consent_ends_at IS NULL OR l.consent_ends_at > :now) THEN 1 ELSE 0 END AS consent_live,
	i.item AS item
FROM ledger l
JOIN participation_item i ON i.participation = l.participation
WHERE l.as_person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND l.org = :org AND l.state = 'attended'
	AND l.starts_at >= :starts AND l.starts_at < :ends

-- heads_of_org
SELECT l.activity AS activity, l.people_group AS people_group, l.heads AS heads, l.role AS role, l.state AS state,
	l.made_at AS made_at, l.superseded_at AS superseded_at, CAST(NULL AS bigint) AS item
FROM ledger l
WHERE l.org = :org AND l.heads IS NOT NULL AND l.people_group IS NOT NULL AND l.starts_at >= :starts AND l.starts_at < :ends

-- heads_by_item
SELECT l.activity AS activity, l.people_group AS people_group, l.heads AS heads, l.role AS role, l.state AS state,
	l.made_at AS made_at, l.superseded_at AS superseded_at, i.item AS item
FROM ledger l
JOIN participation_item i ON i.participation = l.participation
WHERE l.org = :org AND l.heads IS NOT NULL AND l.people_group IS NOT NULL AND l.starts_at >= :starts AND l.starts_at < :ends

-- of_org
SELECT l.activity AS activity, l.org AS org, l.series AS series, l.mode AS mode, l.status AS status, l.starts_at AS starts_at,
	l.kind AS kind, a.method AS method, l.starts_wall AS starts_wall, l.people_group AS people_group,
	l.person AS person, l.heads AS heads, l.role AS role, l.state AS state, l.minutes AS minutes, l.ground AS ground, l.attested AS attested,
	l.made_at AS made_at, l.superseded_at AS superseded_at,
	CASE WHEN l.consent_withdrawn_at IS NULL AND (l.consent_ends_at IS NULL OR l.consent_ends_at > :now) THEN 1 ELSE 0 END AS consent_live
FROM ledger l
JOIN activity a ON a.id = l.activity
WHERE l.org = :org AND l.starts_at >= :starts AND l.starts_at < :ends
	AND (CAST(:item AS bigint) = 0 OR EXISTS (SELECT 1 FROM participation_item i WHERE i.participation = l.participation AND i.item = :item))
ORDER BY l.activity, l.person NULLS FIRST, l.role, l.participation

-- activities_of_org
SELECT CAST(coalesce(sum(CASE WHEN a.status = 'held' AND a.kind <> 'series' THEN 1 ELSE 0 END), 0) AS bigint) AS held,
	CAST(coalesce(sum(CASE WHEN a.status = 'cancelled' AND a.kind <> 'series' THEN 1 ELSE 0 END), 0) AS bigint) AS cancelled,
	CAST(coalesce(sum(CASE WHEN a.kind = 'series' AND a.status <> 'cancelled' THEN 1 ELSE 0 END), 0) AS bigint) AS series
FROM activity a
WHERE a.org = :org AND a.starts_at >= :starts AND a.starts_at < :ends

-- one_person
-- all orgs: a person is one on the whole server
SELECT coalesce(p.same_as, p.id) AS id FROM person p WHERE p.id = :person
