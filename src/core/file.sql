-- add
INSERT INTO file (org, hash, name, type, size, made_at, made_by)
VALUES (:org, :hash, :name, :type, :size, :now, :made_by)
RETURNING id AS id

-- row
SELECT f.id AS id, f.name AS name, f.type AS type, f.size AS size, f.hash AS hash, f.made_at AS made_at
FROM file f
WHERE f.org = :org AND f.id = :id

-- forget
DELETE FROM file WHERE org = :org AND id = :id

-- all
-- some: read on behind the last one
-- all orgs: a copy of everything
-- scan: a copy of everything
SELECT DISTINCT f.hash AS hash FROM file f WHERE f.hash > :after ORDER BY f.hash LIMIT 500

-- holders
-- all orgs: bytes are kept once for everybody
SELECT count(*) AS count FROM file f WHERE f.hash = :hash
