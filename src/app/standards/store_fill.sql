-- A version while it is filled (store_fill.h).

-- add_standard
INSERT INTO standard (org, slug, uuid, source_lang, publisher, licence, source_url, created_at, created_by)
VALUES (:org, :slug, :uuid, :source_lang, :publisher, :licence, :source_url, :now, :me)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- begin
INSERT INTO standard_version (org, standard, number, state, filling)
SELECT :org, s.id, (SELECT coalesce(max(v.number), 0) + 1 FROM standard_version v WHERE v.standard = s.id), 'draft', 1
FROM standard s
WHERE s.org = :org AND s.id = :standard
ON CONFLICT DO NOTHING
RETURNING id AS id

-- add_item
INSERT INTO standard_item (org, standard, uuid)
VALUES (:org, :standard, :uuid)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- add_node
INSERT INTO standard_node (org, version, item, parent, position, kind, code, guessed)
VALUES (:org, :version, :item, :parent, :position, :kind, :code, :guessed)
RETURNING id AS id

-- kind_named
INSERT INTO standard_kind (org, standard, code, position)
SELECT :org, s.id, :kind, (SELECT count(*) FROM standard_kind k WHERE k.standard = s.id)
FROM standard s
WHERE s.org = :org AND s.id = :standard
ON CONFLICT DO NOTHING
RETURNING id AS id

-- show
UPDATE standard_version SET filling = 0 WHERE org = :org AND id = :version

-- name
UPDATE standard SET slug = :slug WHERE org = :org AND id = :standard

-- some_texts
DELETE FROM texts WHERE org = :org AND id IN (
	SELECT t.id FROM texts t
	WHERE t.owner_kind = :kind AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j))

-- last_nodes
SELECT n.id AS id, n.item AS item FROM standard_node n WHERE n.org = :org AND n.version = :version
ORDER BY n.id DESC LIMIT :most

-- last_descriptors
SELECT d.id AS id FROM standard_descriptor d WHERE d.org = :org AND d.version = :version
ORDER BY d.id LIMIT :most

-- last_ratings
SELECT r.id AS id FROM standard_rating r WHERE r.org = :org AND r.version = :version
ORDER BY r.id LIMIT :most

-- last_levels
SELECT l.id AS id FROM standard_level l WHERE l.org = :org AND l.version = :version
ORDER BY l.id LIMIT :most

-- remove_descriptors
DELETE FROM standard_descriptor WHERE org = :org AND id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- remove_ratings
DELETE FROM standard_rating WHERE org = :org AND id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- remove_levels
DELETE FROM standard_level WHERE org = :org AND id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- remove_kept_items
DELETE FROM standard_kept_item WHERE org = :org AND node IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- remove_nodes
DELETE FROM standard_node WHERE org = :org AND id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- remove_items
DELETE FROM standard_item WHERE org = :org AND id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND NOT EXISTS (SELECT 1 FROM standard_node n WHERE n.item = standard_item.id)

-- remove_links
DELETE FROM standard_link WHERE org = :org AND id IN (
	SELECT l.id FROM standard_link l WHERE l.version = :version ORDER BY l.id LIMIT :most)

-- remove_associations
DELETE FROM standard_association WHERE org = :org AND id IN (
	SELECT a.id FROM standard_association a WHERE a.version = :version ORDER BY a.id LIMIT :most)

-- remove_definitions
DELETE FROM standard_definition WHERE org = :org AND id IN (
	SELECT d.id FROM standard_definition d WHERE d.version = :version ORDER BY d.id LIMIT :most)

-- remove_parts
DELETE FROM standard_rubric_part WHERE org = :org AND id IN (
	SELECT p.id FROM standard_rubric_part p WHERE p.version = :version ORDER BY p.id DESC LIMIT :most)

-- remove_document
DELETE FROM standard_kept_document WHERE org = :org AND version = :version

-- remove_langs
DELETE FROM standard_version_lang WHERE org = :org AND version = :version

-- remove_version
DELETE FROM standard_version WHERE org = :org AND id = :version AND filling <> 0

-- has_version
SELECT v.id AS id FROM standard_version v WHERE v.org = :org AND v.standard = :standard ORDER BY v.id LIMIT 1

-- kinds
SELECT k.id AS id FROM standard_kind k WHERE k.org = :org AND k.standard = :standard

-- remove_kinds
DELETE FROM standard_kind WHERE org = :org AND standard = :standard

-- remove_standard
DELETE FROM standard WHERE org = :org AND id = :standard

-- first_node
SELECT coalesce(min(n.id), 0) AS id FROM standard_node n WHERE n.org = :org AND n.version = :version

-- Walks the ids: by the version's own index all of its nodes would be sorted at each call.

-- some_after
SELECT n.id AS id FROM standard_node n WHERE n.org = :org AND n.version + 0 = :version AND n.id > :after
ORDER BY n.id LIMIT :most

-- texts_between
SELECT n.id AS node, n.item AS item, t.lang AS lang, t.field AS field, t.body AS body
FROM standard_node n
JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version AND n.id > :after AND n.id <= :to
ORDER BY n.item, t.lang, t.field

-- texts_before
SELECT m.id AS node, m.item AS item, t.lang AS lang, t.field AS field, t.body AS body
FROM standard_node n
JOIN standard_node m ON m.version = :before AND m.item = n.item
JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = m.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version AND n.id > :after AND n.id <= :to
ORDER BY m.item, t.lang, t.field
