-- In which role somebody acts, by session and organisation.

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
