-- In which role somebody acts, by session and organisation.

-- held
SELECT r.id AS role, r.shipped AS shipped, r.name AS name, rr.right_name AS right_name, s.session AS chosen, s.role AS acting
FROM person_role pr
JOIN role r ON r.id = pr.role
LEFT JOIN role_right rr ON rr.role = pr.role
LEFT JOIN session_acting s ON s.session = :session AND s.org = pr.org
WHERE pr.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) AND pr.org = :org
	AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)
ORDER BY r.id, rr.right_name

-- roles
-- scan: few rows belong to one organisation
SELECT r.id AS role, r.shipped AS shipped, r.name AS name
FROM role r
WHERE r.org = :org AND r.id IN (SELECT pr.role FROM person_role pr
	WHERE pr.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) AND pr.org = :org
		AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL))
ORDER BY r.id LIMIT 50

-- choose
INSERT INTO session_acting (session, org, role) VALUES (:session, :org, :role)
ON CONFLICT (session, org) DO UPDATE SET role = excluded.role
