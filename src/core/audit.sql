-- add
INSERT INTO audit (org, made_by, verb, object_kind, object, person, request_id, made_at)
VALUES (:org, :made_by, :verb, :object_kind, :object, :person, :request_id, :at)

-- disclose
INSERT INTO disclosure (org, person, object_kind, object, to_person, to_org, to_outside, purpose, ground, consent, access_grant, can_be_called_back, request_id, made_at)
VALUES (:org, :person, :object_kind, :object, :to_person, :to_org, :to_outside, :purpose, :ground, :consent, :access_grant, :can_be_called_back, :request_id, :at)
RETURNING id AS id

-- about
-- all orgs: a person reads what concerns them
SELECT 'audit' AS record, d.id AS id, d.made_at AS at, d.org AS org, coalesce(l.name, f.name) AS org_name, d.verb AS verb, d.object_kind AS object_kind, d.object AS object,
	d.made_by AS made_by, w.name AS made_by_name
FROM audit d
LEFT JOIN org_lang f ON f.org = d.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = d.org AND l.lang = :lang
LEFT JOIN person w ON w.id = d.made_by
WHERE d.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) AND d.made_at < :before
ORDER BY d.made_at DESC, d.id DESC
LIMIT :limit

-- disclosed
-- all orgs: a person reads what concerns them
SELECT 'disclosure' AS record, d.id AS id, d.made_at AS at, d.org AS org, coalesce(l.name, f.name) AS org_name, d.object_kind AS object_kind, d.object AS object,
	d.to_person AS to_person, w.name AS to_person_name, d.to_org AS to_org, coalesce(u.name, t.name) AS to_org_name, d.to_outside AS to_outside,
	d.purpose AS purpose, d.ground AS ground, d.can_be_called_back AS can_be_called_back
FROM disclosure d
LEFT JOIN org_lang f ON f.org = d.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = d.org AND l.lang = :lang
LEFT JOIN org_lang t ON t.org = d.to_org AND t.position = 1
LEFT JOIN org_lang u ON u.org = d.to_org AND u.lang = :lang
LEFT JOIN person w ON w.id = d.to_person
WHERE d.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) AND d.made_at < :before
ORDER BY d.made_at DESC, d.id DESC
LIMIT :limit

-- list
SELECT d.id AS id, d.made_at AS at, d.verb AS verb, d.object_kind AS object_kind, d.object AS object, d.made_by AS made_by, w.name AS made_by_name,
	d.person AS person, s.name AS person_name, d.request_id AS request_id
FROM audit d
LEFT JOIN person w ON w.id = d.made_by
LEFT JOIN person s ON s.id = d.person
WHERE d.org = :org AND (d.id < :before OR CAST(:before AS bigint) = 0)
	AND (d.made_by IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) OR d.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) OR CAST(:person AS bigint) = 0)
	AND (d.person IS NULL OR NOT EXISTS (SELECT 1 FROM guardian g WHERE g.org = :org AND g.child = d.person
		AND g.person IN (SELECT s.id FROM person s WHERE s.id = :reader OR s.same_as = :reader)))
	AND (d.verb = :verb OR CAST(:verb AS text) = '')
	AND d.made_at >= :since AND d.made_at < :until
ORDER BY d.id DESC
LIMIT :limit
