-- What people are asked to agree to, and who agreed.

-- newest_version
SELECT coalesce(max(t.version), 0) AS n FROM terms t WHERE t.org = :org AND t.kind = :kind

-- publish
INSERT INTO terms (org, kind, version, lang, title, body, published_at)
VALUES (:org, :kind, :version, :lang, :title, :body, :now)
ON CONFLICT (org, kind, version, lang) DO NOTHING RETURNING id

-- current
SELECT t.id AS id, t.kind AS kind, t.version AS version, t.lang AS lang, t.title AS title, t.body AS body,
	t.published_at AS published_at
FROM terms t
WHERE t.org = :org AND t.version = (SELECT max(n.version) FROM terms n WHERE n.org = t.org AND n.kind = t.kind)
ORDER BY t.kind, t.id

-- by_id
SELECT t.id AS id, t.kind AS kind, t.version AS version, t.lang AS lang, t.title AS title, t.body AS body,
	t.published_at AS published_at
FROM terms t WHERE t.id = :id AND t.org = :org

-- all
SELECT t.id AS id, t.kind AS kind, t.version AS version, t.lang AS lang, t.title AS title,
	t.published_at AS published_at,
	(SELECT count(*) FROM agreement g WHERE g.terms = t.id AND g.withdrawn_at IS NULL) AS agreed
FROM terms t WHERE t.org = :org ORDER BY t.published_at DESC, t.id DESC

-- agreed
SELECT count(*) AS n FROM agreement g JOIN terms t ON t.id = g.terms
WHERE g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND g.withdrawn_at IS NULL AND t.org = :org AND t.kind = :kind
	AND t.version = :version

-- agree
-- scan: few rows belong to one organisation
INSERT INTO agreement (person, terms, agreed_at)
SELECT :person, :terms, :now
WHERE EXISTS (SELECT 1 FROM terms t WHERE t.id = :terms AND t.org = :org)
	AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND g.terms = :terms
		AND g.withdrawn_at IS NULL)
RETURNING id

-- withdraw
UPDATE agreement SET withdrawn_at = :now
WHERE id = :id AND person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND withdrawn_at IS NULL RETURNING id

-- of_person
-- all orgs: a person reads all their own
SELECT g.id AS id, g.agreed_at AS agreed_at, g.withdrawn_at AS withdrawn_at, t.id AS terms, t.kind AS kind,
	t.version AS version, t.lang AS lang, t.title AS title, t.org AS org,
	coalesce((SELECT l.name FROM org_lang l WHERE l.org = t.org AND l.lang = :lang), ol.name) AS org_name
FROM agreement g JOIN terms t ON t.id = g.terms JOIN org_lang ol ON ol.org = t.org AND ol.position = 1
WHERE g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) ORDER BY g.agreed_at DESC, g.id DESC

-- mine
-- all orgs: a person reads what is asked of them everywhere
SELECT o.base AS base, '/me/agreements' AS path, coalesce(l.name, f.name) AS org_name, t.title AS title, t.lang AS title_lang,
	CAST(NULL AS text) AS starts_wall, CAST(NULL AS text) AS zone
FROM person_org m
JOIN org o ON o.id = m.org AND o.closed_at IS NULL
JOIN org_lang f ON f.org = m.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = m.org AND l.lang = :lang
JOIN terms t ON t.org = m.org AND t.version = (SELECT max(n.version) FROM terms n WHERE n.org = t.org AND n.kind = t.kind)
	AND t.id = (SELECT x.id FROM terms x WHERE x.org = t.org AND x.kind = t.kind AND x.version = t.version
		ORDER BY CASE WHEN x.lang = :lang THEN 0 ELSE 1 END, x.id LIMIT 1)
WHERE m.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND (m.until IS NULL OR m.until > :now)
	AND NOT EXISTS (SELECT 1 FROM agreement g JOIN terms u ON u.id = g.terms
		WHERE g.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND g.withdrawn_at IS NULL
		AND u.org = t.org AND u.kind = t.kind AND u.version = t.version)
ORDER BY t.published_at, t.id
