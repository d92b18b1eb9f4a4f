-- admin
SELECT p.id AS id
FROM person_role r JOIN role o ON o.id = r.role JOIN person p ON p.id = r.person
WHERE r.org = :org AND o.org = :org AND o.shipped = 'admin'
ORDER BY r.id LIMIT 1

-- visit
SELECT a.id AS id
FROM activity a
WHERE a.org = :org AND a.kind = 'visit' AND a.status = 'planned' AND a.starts_at > :now
ORDER BY a.starts_at, a.id
LIMIT 1
