-- Crosswalks: how the items of two standards relate.

-- of_item
SELECT w.id AS id, c.slug AS crosswalk, w.relation AS relation, w.strength AS strength, i.uuid AS uuid,
	s.slug AS slug, n.id AS node, n.code AS code, n.kind AS kind
FROM crosswalk_row w
JOIN crosswalk c ON c.id = w.crosswalk
JOIN standard_item i ON i.id = CASE WHEN w.from_item = :item THEN w.to_item ELSE w.from_item END
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id
	AND n.version = CASE WHEN w.from_item = :item THEN w.to_version ELSE w.from_version END
WHERE w.org = :org AND (w.from_item = :item OR w.to_item = :item)
ORDER BY s.slug, n.code, w.id

-- version_of_index
SELECT CAST(coalesce(sum(c.changed), 0) + count(c.id) AS bigint) AS version
FROM crosswalk c
WHERE c.org = :org

-- version_of
SELECT c.changed + s.changed + t.changed AS version
FROM crosswalk c
JOIN standard s ON s.id = c.from_standard
JOIN standard t ON t.id = c.to_standard
WHERE c.org = :org AND c.slug = :slug

-- index
SELECT c.id AS id, c.slug AS slug, c.title AS title, c.from_standard AS from_standard,
	c.to_standard AS to_standard, s.slug AS from_slug, t.slug AS to_slug,
	(SELECT count(*) FROM crosswalk_row w WHERE w.crosswalk = c.id) AS row_count,
	(SELECT count(*) FROM crosswalk_row w WHERE w.crosswalk = c.id AND w.reviewed_on IS NOT NULL) AS reviewed_count
FROM crosswalk c
JOIN standard s ON s.id = c.from_standard
JOIN standard t ON t.id = c.to_standard
WHERE c.org = :org
ORDER BY c.title, c.id

-- standards
SELECT s.id AS id, s.slug AS slug
FROM standard s
WHERE s.org = :org AND EXISTS (SELECT 1 FROM standard_version v WHERE v.standard = s.id AND v.state <> 'draft')
ORDER BY s.slug

-- add
INSERT INTO crosswalk (org, slug, title, from_standard, to_standard, created_at)
SELECT :org, :slug, :title, s.id, t.id, :now
FROM standard s, standard t
WHERE s.org = :org AND t.org = :org AND s.id = :from_standard AND t.id = :to_standard
ON CONFLICT DO NOTHING
RETURNING id AS id

-- taken
SELECT c.id AS id FROM crosswalk c WHERE c.org = :org AND c.slug = :slug

-- by_slug
SELECT c.id AS id, c.slug AS slug, c.title AS title, c.from_standard AS from_standard,
	c.to_standard AS to_standard, s.slug AS from_slug, t.slug AS to_slug
FROM crosswalk c
JOIN standard s ON s.id = c.from_standard
JOIN standard t ON t.id = c.to_standard
WHERE c.org = :org AND c.slug = :slug

-- rows
SELECT w.id AS id, w.relation AS relation, w.strength AS strength, w.note AS note, w.made_at AS made_at,
	w.reviewed_on AS reviewed_on, p.name AS reviewer, i.uuid AS from_uuid, j.uuid AS to_uuid,
	n.id AS from_node, n.code AS from_code, m.id AS to_node, m.code AS to_code,
	v.number AS from_number, u.number AS to_number
FROM crosswalk_row w
JOIN standard_item i ON i.id = w.from_item
JOIN standard_item j ON j.id = w.to_item
JOIN standard_version v ON v.id = w.from_version
JOIN standard_version u ON u.id = w.to_version
JOIN standard_node n ON n.item = w.from_item AND n.version = w.from_version
JOIN standard_node m ON m.item = w.to_item AND m.version = w.to_version
LEFT JOIN person p ON p.id = w.reviewer
WHERE w.org = :org AND w.crosswalk = :crosswalk AND w.id > :after
ORDER BY w.id
LIMIT :limit

-- row
SELECT w.id AS id, w.relation AS relation, w.strength AS strength, w.note AS note, w.rev AS rev,
	w.reviewed_on AS reviewed_on, n.id AS from_node, n.code AS from_code, m.id AS to_node, m.code AS to_code
FROM crosswalk_row w
JOIN standard_node n ON n.item = w.from_item AND n.version = w.from_version
JOIN standard_node m ON m.item = w.to_item AND m.version = w.to_version
WHERE w.org = :org AND w.crosswalk = :crosswalk AND w.id = :row

-- add_row
INSERT INTO crosswalk_row (org, crosswalk, from_item, from_version, to_item, to_version, relation, strength, note, made_at, made_by, uuid)
SELECT :org, c.id, f.item, f.version, t.item, t.version, :relation, coalesce(CAST(:strength AS bigint), 0), :note, :now, :me, :uuid
FROM crosswalk c
JOIN standards_public_item f ON f.standard = c.from_standard AND f.item = :from_item
JOIN standards_public_item t ON t.standard = c.to_standard AND t.item = :to_item
WHERE c.org = :org AND c.id = :crosswalk
	AND f.number = (SELECT max(a.number) FROM standards_public_item a WHERE a.item = :from_item)
	AND t.number = (SELECT max(b.number) FROM standards_public_item b WHERE b.item = :to_item)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- has_row
SELECT w.id AS id FROM crosswalk_row w
WHERE w.org = :org AND w.crosswalk = :crosswalk AND w.from_item = :from_item AND w.to_item = :to_item

-- compared
-- What an item is compared with already.
SELECT w.to_item AS item
FROM crosswalk_row w
WHERE w.org = :org AND w.crosswalk = :crosswalk AND w.from_item = :item

-- newest
-- The newest published version of a standard.
SELECT v.id AS version
FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.state <> 'draft'
ORDER BY v.number DESC
LIMIT 1

-- newest_with
-- The newest published version of a standard that has the item.
SELECT v.id AS version
FROM standard_node n
JOIN standard_version v ON v.id = n.version
WHERE n.org = :org AND n.item = :item AND v.standard = :standard AND v.state <> 'draft'
ORDER BY v.number DESC
LIMIT 1

-- said
-- The texts of all items of a version (suggest_rules.h). LEFT, so that an engine begins with the items.
SELECT n.item AS item, n.parent AS parent, n.code AS code, t.lang AS lang, t.body AS body
FROM standard_node n
LEFT JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version
ORDER BY n.item, t.id NULLS FIRST
LIMIT :limit

-- said_by
-- The same of one item and what stands above it.
WITH RECURSIVE above (node, item, parent, code) AS (
	SELECT n.id, n.item, n.parent, n.code FROM standard_node n WHERE n.org = :org AND n.version = :version AND n.item = :item
	UNION
	SELECT p.id, p.item, p.parent, p.code FROM above a JOIN standard_node p ON p.version = :version AND p.item = a.parent)
SELECT a.item AS item, a.parent AS parent, a.code AS code, t.lang AS lang, t.body AS body
FROM above a
LEFT JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = a.node AND t.current = 1 AND t.body <> ''
ORDER BY a.item, t.id NULLS FIRST

-- change_row
UPDATE crosswalk_row
SET relation = :relation, strength = coalesce(CAST(:strength AS bigint), 0), note = :note, rev = rev + 1,
	reviewed_on = CASE WHEN CAST(:reviewed AS bigint) = 1 THEN CAST(:today AS text) ELSE NULL END,
	reviewer = CASE WHEN CAST(:reviewed AS bigint) = 1 THEN CAST(:me AS bigint) ELSE NULL END
WHERE org = :org AND crosswalk = :crosswalk AND id = :row AND rev = :rev

-- remove_row
DELETE FROM crosswalk_row WHERE org = :org AND crosswalk = :crosswalk AND id = :row AND rev = :rev

-- touch
UPDATE crosswalk SET changed = changed + 1 WHERE org = :org AND id = :crosswalk
