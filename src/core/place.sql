-- add
INSERT INTO place (org, name, address, zone, access, access_lang) VALUES (:org, :name, :address, :zone, :access, :access_lang) RETURNING id AS id

-- row
SELECT p.id AS id, p.name AS name, p.address AS address, p.zone AS zone, p.access AS access, p.access_lang AS access_lang, p.rev AS rev, p.retired_at AS retired_at
FROM place p
WHERE p.org = :org AND p.id = :id

-- list
SELECT p.id AS id, p.name AS name, p.address AS address, p.zone AS zone, p.access AS access, p.access_lang AS access_lang, p.rev AS rev
FROM place p
WHERE p.org = :org AND p.retired_at IS NULL
ORDER BY p.name COLLATE "fr-x-icu", p.id

-- edit
UPDATE place SET name = :name, address = :address, zone = :zone, access = :access, access_lang = :access_lang, rev = rev + 1
WHERE org = :org AND id = :id AND rev = :rev

-- retire
UPDATE place SET retired_at = :at WHERE org = :org AND id = :id
