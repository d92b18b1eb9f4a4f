-- due
SELECT d.learner AS learner, w.name AS name, w.sort_name AS sort_name, d.giver AS giver, d.self AS self, d.purpose AS purpose,
	max(d.answer_by) AS answer_by, min(d.made_at) AS asked_at, min(k.name) AS asked_by
FROM consent_due d
JOIN person w ON w.id = d.learner
LEFT JOIN person k ON k.id = d.made_by
WHERE d.org = :org AND d.giver IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND d.member_since <= :today AND (d.member_until IS NULL OR d.member_until > :today)
	AND d.giver_since <= :today AND (d.giver_until IS NULL OR d.giver_until > :today)
	AND ((d.self = 0 AND (d.alone_at IS NULL OR d.alone_at > :now)) OR (d.self = 1 AND (d.alone_at <= :now
		OR (d.banded = 0 AND NOT EXISTS (SELECT 1 FROM minority y WHERE y.org = d.org AND y.person = d.learner AND y.until > :today)))))
GROUP BY d.learner, w.name, w.sort_name, d.giver, d.self, d.purpose
ORDER BY w.sort_name, d.learner, d.giver, d.purpose

-- given
SELECT c.id AS id, c.person AS learner, w.name AS name, w.sort_name AS sort_name, c.given_by AS giver, c.purpose AS purpose, c.answer AS answer,
	c.given_at AS given_at, c.words_rev AS version
FROM consent c
JOIN person w ON w.id = c.person
WHERE c.org = :org AND c.given_by IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND c.activity IS NULL AND c.withdrawn_at IS NULL
	AND (c.ends_at IS NULL OR c.ends_at > :now)
	AND NOT EXISTS (SELECT 1 FROM consent_outgrown o WHERE o.consent = c.id AND o.at <= :now)
	AND (c.person = c.given_by OR EXISTS (SELECT 1 FROM guardian_in_touch g WHERE g.org = c.org AND g.child = c.person AND g.person = c.given_by
		AND g.since <= :today AND (g.until IS NULL OR g.until > :today)))
ORDER BY w.sort_name, c.person, c.id DESC

-- ask
INSERT INTO consent_ask (org, people_group, purpose, answer_by, made_by, made_at)
SELECT g.org, g.id, CAST(:purpose AS text), CAST(:answer_by AS text), CAST(:made_by AS bigint), CAST(:now AS bigint)
FROM people_group g
WHERE g.id = :people_group AND g.org = :org
ON CONFLICT (org, people_group, purpose) DO UPDATE SET answer_by = excluded.answer_by, made_by = excluded.made_by, made_at = excluded.made_at

-- asks
SELECT k.purpose AS purpose, k.answer_by AS answer_by, k.made_at AS made_at, p.name AS made_by_name
FROM consent_ask k
LEFT JOIN person p ON p.id = k.made_by
WHERE k.org = :org AND k.people_group = :people_group
ORDER BY k.purpose

-- receivers
SELECT d.giver AS giver, w.name AS name, w.lang AS lang, max(d.answer_by) AS answer_by, max(d.made_at) AS asked_at
FROM consent_due d
JOIN person w ON w.id = d.giver
WHERE d.org = :org AND d.people_group = :people_group AND d.giver > :after
	AND d.member_since <= :today AND (d.member_until IS NULL OR d.member_until > :today)
	AND d.giver_since <= :today AND (d.giver_until IS NULL OR d.giver_until > :today)
	AND ((d.self = 0 AND (d.alone_at IS NULL OR d.alone_at > :now)) OR (d.self = 1 AND (d.alone_at <= :now
		OR (d.banded = 0 AND NOT EXISTS (SELECT 1 FROM minority y WHERE y.org = d.org AND y.person = d.learner AND y.until > :today)))))
	AND d.answer_by >= :today AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.org = d.org AND c.person = d.learner AND c.purpose = d.purpose
		AND c.given_by = d.giver AND c.activity IS NULL AND (c.given_at >= d.made_at OR (c.withdrawn_at IS NULL
			AND (c.ends_at IS NULL OR c.ends_at > :now) AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id))))
GROUP BY d.giver, w.name, w.lang
ORDER BY d.giver
LIMIT CAST(:most AS bigint)

-- mine
-- all orgs: a person reads what is asked of them everywhere
WITH due AS (SELECT d.org AS org, d.learner AS learner
FROM json_each(CAST(:people AS text)) j
JOIN consent_due_guardian d ON d.giver = j.value
WHERE d.member_since <= :today AND (d.member_until IS NULL OR d.member_until > :today)
	AND d.giver_since <= :today AND (d.giver_until IS NULL OR d.giver_until > :today) AND (d.alone_at IS NULL OR d.alone_at > :now)
	AND d.answer_by >= :today AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.org = d.org AND c.person = d.learner AND c.purpose = d.purpose
		AND c.given_by = d.giver AND c.activity IS NULL AND (c.given_at >= d.made_at OR (c.withdrawn_at IS NULL
			AND (c.ends_at IS NULL OR c.ends_at > :now) AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id))))
UNION
SELECT d.org, d.learner
FROM json_each(CAST(:people AS text)) j
JOIN consent_due_learner d ON d.giver = j.value
WHERE d.member_since <= :today AND (d.member_until IS NULL OR d.member_until > :today)
	AND (d.alone_at <= :now OR (d.banded = 0
		AND NOT EXISTS (SELECT 1 FROM minority y WHERE y.org = d.org AND y.person = d.learner AND y.until > :today)))
	AND d.answer_by >= :today AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.org = d.org AND c.person = d.learner AND c.purpose = d.purpose
		AND c.given_by = d.giver AND c.activity IS NULL AND (c.given_at >= d.made_at OR (c.withdrawn_at IS NULL
			AND (c.ends_at IS NULL OR c.ends_at > :now) AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id))))
)
SELECT o.base AS base, '/me/consents' AS path, coalesce(l.name, f.name) AS org_name,
	CASE WHEN d.learner IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) THEN '' ELSE w.name END AS title, CAST('' AS text) AS title_lang,
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM due d
JOIN person w ON w.id = d.learner
JOIN org o ON o.id = d.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = d.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = d.org AND l.lang = :lang
ORDER BY o.base, w.name, d.learner

-- elsewhere
-- all orgs: a person reads where they are asked, or have answered
SELECT o.base AS base, coalesce(l.name, f.name) AS org_name
FROM org o
JOIN org_lang f ON f.org = o.id AND f.position = 1
LEFT JOIN org_lang l ON l.org = o.id AND l.lang = :lang
WHERE o.id <> :org AND o.closed_at IS NULL AND o.id IN (
	SELECT c.org FROM consent c WHERE c.given_by IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	UNION SELECT k.org FROM consent_ask k JOIN membership m ON m.people_group = k.people_group
		WHERE m.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	UNION SELECT k.org FROM guardian_in_touch g JOIN membership m ON m.person = g.child JOIN consent_ask k ON k.people_group = m.people_group
		WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND k.org = g.org)
ORDER BY org_name, o.id

-- answers_of_group
SELECT c.id AS id, coalesce(w.same_as, w.id) AS learner, c.purpose AS purpose, c.answer AS answer, c.given_by AS given_by, g.name AS given_by_name,
	c.given_how AS given_how, c.given_at AS given_at, c.words_rev AS version
FROM membership m
JOIN person w ON w.id = m.person OR w.same_as = m.person
JOIN consent c ON c.person = w.id AND c.org = m.org
JOIN person g ON g.id = c.given_by
WHERE m.org = :org AND m.people_group = :people_group AND m.since <= :today AND (m.until IS NULL OR m.until > :today)
	AND c.activity IS NULL AND c.withdrawn_at IS NULL AND (c.ends_at IS NULL OR c.ends_at > :now)
	AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = c.id)
	AND NOT EXISTS (SELECT 1 FROM consent_outgrown o WHERE o.consent = c.id AND o.at <= :now)
ORDER BY c.id DESC

-- hidden
SELECT DISTINCT x.child AS learner
FROM guardian_any x
WHERE x.org = :org AND x.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND x.since <= :today AND (x.until IS NULL OR x.until > :today)
