-- people
-- some: a few for the demonstration
SELECT p.id AS id, p.name AS name, p.lang AS lang, c.value AS email
FROM person_org m
JOIN person p ON p.id = m.person
JOIN contact c ON c.person = p.id AND c.kind = 'email' AND (c.org IS NULL OR c.org = m.org)
WHERE m.org = :org AND p.id > :after
ORDER BY p.id, c.id
LIMIT 20
