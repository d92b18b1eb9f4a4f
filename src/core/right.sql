-- Roles of an organisation, the rights they name, and who holds them.

-- held
SELECT rr.right_name AS right_name
FROM person_role pr JOIN role_right rr ON rr.role = pr.role
WHERE pr.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND pr.org = :org AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)

-- holders
-- scan: few rows belong to one organisation
SELECT p.id AS id, p.name AS name, p.lang AS lang
FROM person p
WHERE p.id IN (SELECT coalesce(h.same_as, h.id) FROM person_role pr JOIN role_right rr ON rr.role = pr.role JOIN person h ON h.id = pr.person
	WHERE pr.org = :org AND rr.right_name = :right_name AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL))
ORDER BY p.id

-- ship
INSERT INTO role (org, shipped, name, made_at) VALUES (:org, :shipped, '', :now)
ON CONFLICT (org, shipped) WHERE shipped IS NOT NULL DO NOTHING RETURNING id

-- by_shipped
SELECT r.id AS id FROM role r WHERE r.org = :org AND r.shipped = :shipped

-- put
-- all orgs: a person reads all their own roles; a role is found by its id
INSERT INTO role_right (role, right_name) VALUES (:role, :right_name) ON CONFLICT DO NOTHING

-- clear
-- all orgs: a person reads all their own roles; a role is found by its id
DELETE FROM role_right WHERE role = :role

-- list
SELECT r.id AS id, r.shipped AS shipped, r.name AS name FROM role r WHERE r.org = :org ORDER BY r.id

-- list_counted
SELECT r.id AS id, r.shipped AS shipped, r.name AS name,
	(SELECT count(*) FROM person_role pr WHERE pr.role = r.id AND pr.since <= :now
		AND (pr.until > :now OR pr.until IS NULL)) AS holders
FROM role r WHERE r.org = :org ORDER BY r.id

-- by_id
SELECT r.id AS id, r.shipped AS shipped, r.name AS name, r.rev AS rev
FROM role r WHERE r.id = :role AND r.org = :org

-- named_by
SELECT rr.right_name AS right_name
FROM role r JOIN role_right rr ON rr.role = r.id WHERE r.id = :role AND r.org = :org

-- add
INSERT INTO role (org, name, made_at) VALUES (:org, :name, :now) RETURNING id

-- change
UPDATE role SET name = :name, rev = rev + 1 WHERE id = :role AND org = :org AND rev = :rev RETURNING id

-- givers_without_role
-- scan: few rows belong to one organisation
SELECT count(*) AS n FROM person_role pr JOIN role_right rr ON rr.role = pr.role
WHERE pr.org = :org AND rr.right_name = 'roles_manage' AND pr.since <= :now AND pr.until IS NULL
	AND pr.role <> :role

-- givers_without
-- scan: few rows belong to one organisation
SELECT count(*) AS n FROM person_role pr JOIN role_right rr ON rr.role = pr.role
WHERE pr.org = :org AND rr.right_name = 'roles_manage' AND pr.since <= :now AND pr.until IS NULL
	AND pr.id <> :id

-- givers_without_person
-- scan: few rows belong to one organisation
SELECT count(*) AS n FROM person_role pr JOIN role_right rr ON rr.role = pr.role
WHERE pr.org = :org AND rr.right_name = 'roles_manage' AND pr.since <= :now AND pr.until IS NULL
	AND pr.person NOT IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)

-- give
-- scan: few rows belong to one organisation
INSERT INTO person_role (org, person, role, since, until, given_by)
SELECT :org, :person, :role, :now, :until, :given_by
WHERE EXISTS (SELECT 1 FROM role r WHERE r.id = :role AND r.org = :org)
	AND EXISTS (SELECT 1 FROM person_org po WHERE po.org = :org AND po.person = :person
		AND (po.until > :now OR po.until IS NULL))
	AND NOT EXISTS (SELECT 1 FROM person_role pr WHERE pr.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND pr.org = :org
		AND pr.role = :role AND (pr.until > :now OR pr.until IS NULL))
RETURNING id

-- take
UPDATE person_role SET until = :now
WHERE id = :id AND org = :org AND (until > :now OR until IS NULL) RETURNING id

-- given
SELECT pr.id AS id, pr.role AS role, pr.person AS person, r.shipped AS shipped, r.name AS name,
	pr.since AS since, pr.until AS until
FROM person_role pr JOIN role r ON r.id = pr.role
WHERE pr.id = :id AND pr.org = :org AND (pr.until > :now OR pr.until IS NULL)

-- of_person
SELECT pr.id AS id, pr.role AS role, pr.person AS person, r.shipped AS shipped, r.name AS name,
	pr.since AS since, pr.until AS until
FROM person_role pr JOIN role r ON r.id = pr.role
WHERE pr.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND pr.org = :org AND (pr.until > :now OR pr.until IS NULL)
ORDER BY pr.since, pr.id

-- of_me
-- all orgs: a person reads all their own roles; a role is found by its id
SELECT pr.id AS id, pr.role AS role, pr.person AS person, r.shipped AS shipped, r.name AS name,
	pr.since AS since, pr.until AS until, o.id AS org, o.base AS base,
	coalesce((SELECT l.name FROM org_lang l WHERE l.org = o.id AND l.lang = :lang), ol.name) AS org_name
FROM person_role pr JOIN role r ON r.id = pr.role JOIN org o ON o.id = pr.org
	JOIN org_lang ol ON ol.org = o.id AND ol.position = 1
WHERE pr.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND o.closed_at IS NULL AND (pr.until > :now OR pr.until IS NULL)
ORDER BY ol.name, o.id, pr.since, pr.id
