-- In which role somebody acts, by session and organisation.

-- part held
FROM person p
JOIN person_role pr ON pr.person = p.id AND pr.org = :org
JOIN role r ON r.id = pr.role
LEFT JOIN session_acting s ON s.session = :session AND s.org = pr.org
WHERE (p.id = :person OR p.same_as = :person)
	AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)
ORDER BY pr.role

-- held sqlite
SELECT pr.role AS role, r.shipped AS shipped, r.name AS name, s.session AS chosen, s.role AS acting,
	(SELECT group_concat(rr.right_name, ' ') FROM role_right rr WHERE rr.role = r.id) AS rights
-- use held

-- held postgres
SELECT pr.role AS role, r.shipped AS shipped, r.name AS name, s.session AS chosen, s.role AS acting,
	(SELECT string_agg(rr.right_name, ' ') FROM role_right rr WHERE rr.role = r.id) AS rights
-- use held

-- roles
-- scan: few rows belong to one organisation
SELECT r.id AS role, r.shipped AS shipped, r.name AS name
FROM role r
WHERE r.org = :org AND r.id IN (SELECT pr.role FROM person_role pr
	WHERE pr.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) AND pr.org = :org
		AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL))
ORDER BY r.id

-- choose
INSERT INTO session_acting (session, org, role) VALUES (:session, :org, :role)
ON CONFLICT (session, org) DO UPDATE SET role = excluded.role
