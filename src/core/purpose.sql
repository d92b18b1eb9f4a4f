-- list
SELECT p.code AS code, p.position AS position, p.retired_at AS retired_at, p.rev AS rev, v.id AS id, v.version AS version
FROM consent_purpose p
LEFT JOIN consent_version v ON v.org = p.org AND v.purpose = p.code
	AND v.version = (SELECT max(n.version) FROM consent_version n WHERE n.org = p.org AND n.purpose = p.code)
WHERE p.org = :org
ORDER BY p.position, p.code

-- next
SELECT CAST(coalesce(max(p.position), 0) + 1 AS bigint) AS position
FROM consent_purpose p
WHERE p.org = :org

-- put
INSERT INTO consent_purpose (org, code, position, retired_at)
SELECT o.id, CAST(:code AS text), CAST(:position AS bigint), CAST(:retired_at AS bigint)
FROM org o
WHERE o.id = :org AND CAST(:rev AS bigint) = coalesce((SELECT p.rev FROM consent_purpose p WHERE p.org = :org AND p.code = :code), 0)
ON CONFLICT (org, code) DO UPDATE SET retired_at = excluded.retired_at, rev = consent_purpose.rev + 1

-- version_last
SELECT v.id AS id, v.version AS version
FROM consent_version v
WHERE v.org = :org AND v.purpose = :code
ORDER BY v.version DESC
LIMIT 1

-- version_add
INSERT INTO consent_version (org, purpose, version, made_by, made_at) VALUES (:org, :code, :version, :by, :now)
RETURNING id AS id

-- versions
SELECT v.version AS version, v.made_at AS made_at, p.name AS by_name
FROM consent_version v
LEFT JOIN person p ON p.id = v.made_by
WHERE v.org = :org AND v.purpose = :code
ORDER BY v.version DESC

-- answers
SELECT c.id AS id, c.person AS person, w.name AS name, g.name AS given_by_name, c.answer AS answer, c.words_rev AS version, c.given_at AS given_at,
	c.withdrawn_at AS withdrawn_at
FROM consent c
JOIN person w ON w.id = c.person
JOIN person g ON g.id = c.given_by
WHERE c.org = :org AND c.purpose = :code AND c.activity IS NULL AND c.id < :before
	AND coalesce(w.same_as, w.id) NOT IN (SELECT x.child FROM guardian_any x WHERE x.org = :org
		AND x.person IN (SELECT j.value FROM json_each(CAST(:readers AS text)) j) AND x.since <= :day AND (x.until IS NULL OR x.until > :day))
ORDER BY c.id DESC
LIMIT :most
