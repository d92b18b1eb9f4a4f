-- group
SELECT g.id AS id, g.since AS since
FROM people_group g
WHERE g.org = :org AND g.name = :name AND g.until IS NULL
ORDER BY g.id
LIMIT 1

-- person
SELECT p.id AS id
FROM person p
JOIN person_org m ON m.person = p.id
WHERE m.org = :org AND p.name = :name
ORDER BY p.id
LIMIT 1
