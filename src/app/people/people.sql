-- What the pages of people read beyond core.

-- roles_of
SELECT pr.person AS person, r.shipped AS shipped, r.name AS name
FROM person_role pr JOIN role r ON r.id = pr.role
WHERE pr.org = :org AND pr.person IN (SELECT value FROM json_each(CAST(:ids AS text)))
	AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)
ORDER BY pr.person, pr.since, pr.role
