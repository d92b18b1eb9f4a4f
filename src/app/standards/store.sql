-- Writing standards. Every statement names the organisation, so that a foreign id touches nothing.

-- add_standard
INSERT INTO standard (org, slug, uuid, source_lang, publisher, licence, source_url, created_at, created_by)
VALUES (:org, :slug, :uuid, :source_lang, :publisher, :licence, :source_url, :now, :me)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- slug_taken
SELECT s.id AS id FROM standard s WHERE s.org = :org AND s.slug = :slug

-- touch
UPDATE standard SET changed = changed + 1 WHERE org = :org AND id = :standard

-- shown
UPDATE standard_version SET shown_at = :now
WHERE org = :org AND standard = :standard AND state <> 'draft' AND id <> :except

-- add_version
INSERT INTO standard_version (org, standard, number, state)
SELECT :org, s.id, (SELECT coalesce(max(v.number), 0) + 1 FROM standard_version v WHERE v.standard = s.id), 'draft'
FROM standard s
WHERE s.org = :org AND s.id = :standard
ON CONFLICT DO NOTHING
RETURNING id AS id

-- add_version_lang
INSERT INTO standard_version_lang (org, version, lang)
VALUES (:org, :version, :lang)
ON CONFLICT DO NOTHING

-- version
SELECT v.id AS id, v.standard AS standard, v.number AS number, v.state AS state, v.rev AS rev,
	s.source_lang AS source_lang, s.slug AS slug
FROM standard_version v
JOIN standard s ON s.id = v.standard
WHERE v.org = :org AND v.id = :version

-- draft_of
SELECT v.id AS id FROM standard_version v WHERE v.org = :org AND v.standard = :standard AND v.state = 'draft' AND v.filling = 0

-- newest
SELECT v.id AS id FROM standard_version v WHERE v.org = :org AND v.standard = :standard AND v.filling = 0
ORDER BY v.number DESC LIMIT 1

-- add_kind
INSERT INTO standard_kind (org, standard, code, position)
SELECT :org, s.id, :kind, (SELECT count(*) FROM standard_kind k WHERE k.standard = s.id)
FROM standard s
WHERE s.org = :org AND s.id = :standard
ON CONFLICT DO NOTHING

-- add_item
INSERT INTO standard_item (org, standard, uuid)
VALUES (:org, :standard, :uuid)
RETURNING id AS id

-- add_node
INSERT INTO standard_node (org, version, item, parent, position, kind, code, guessed)
SELECT :org, :version, i.id, :parent, :position, :kind, :code, :guessed
FROM standard_item i
WHERE i.org = :org AND i.id = :item
ON CONFLICT DO NOTHING
RETURNING id AS id

-- last_position
SELECT coalesce(max(n.position), 0) AS position
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.parent IS NOT DISTINCT FROM :parent

-- node
SELECT n.id AS id, n.version AS version, n.item AS item, n.parent AS parent, n.position AS position,
	n.kind AS kind, n.code AS code, n.guessed AS guessed, n.rev AS rev
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.item = :item

-- node_by_id
SELECT n.id AS id, n.version AS version, n.item AS item, n.parent AS parent, n.position AS position,
	n.kind AS kind, n.code AS code, n.guessed AS guessed, n.rev AS rev
FROM standard_node n
WHERE n.org = :org AND n.id = :node

-- change_node
UPDATE standard_node SET code = :code, kind = :kind, guessed = 0, rev = rev + 1
WHERE org = :org AND id = :node AND rev = :rev

-- make_room
UPDATE standard_node SET position = position + 1
WHERE org = :org AND version = :version AND parent IS NOT DISTINCT FROM :parent AND position >= :position

-- place_node
UPDATE standard_node SET parent = :parent, position = :position, guessed = 0, rev = rev + 1
WHERE org = :org AND version = :version AND item = :item

-- remove_node
DELETE FROM standard_node WHERE org = :org AND id = :node

-- remove_descriptor_texts
DELETE FROM texts
WHERE org = :org AND owner_kind = 'standard_descriptor' AND owner IN (
	SELECT d.id FROM standard_descriptor d WHERE d.org = :org AND d.version = :version AND d.item = :item)

-- remove_rating_texts
DELETE FROM texts
WHERE org = :org AND owner_kind = 'standard_rating' AND owner IN (
	SELECT r.id FROM standard_rating r WHERE r.org = :org AND r.version = :version AND r.item = :item)

-- remove_descriptors
DELETE FROM standard_descriptor WHERE org = :org AND version = :version AND item = :item

-- remove_ratings
DELETE FROM standard_rating WHERE org = :org AND version = :version AND item = :item

-- remove_links
DELETE FROM standard_link WHERE org = :org AND version = :version AND item = :item

-- remove_comments
DELETE FROM standard_comment WHERE org = :org AND version = :version AND item = :item

-- put_level
INSERT INTO standard_level (org, version, uuid, position, score)
VALUES (:org, :version, :uuid, :position, :score)
ON CONFLICT (version, uuid) DO UPDATE SET position = excluded.position, score = excluded.score
RETURNING id AS id

-- level
SELECT l.id AS id, l.position AS position,
	(SELECT count(*) FROM standard_descriptor d
	JOIN texts t ON t.owner_kind = 'standard_descriptor' AND t.owner = d.id AND t.current = 1 AND t.body <> ''
	WHERE d.version = l.version AND d.level = l.uuid) AS descriptors
FROM standard_level l
WHERE l.org = :org AND l.version = :version AND l.uuid = :uuid

-- level_above
SELECT l.uuid AS uuid, l.position AS position
FROM standard_level l
WHERE l.org = :org AND l.version = :version AND l.position < :position
ORDER BY l.position DESC, l.id DESC LIMIT 1

-- place_level
UPDATE standard_level SET position = :to WHERE org = :org AND version = :version AND uuid = :uuid

-- remove_level
DELETE FROM standard_level WHERE org = :org AND version = :version AND uuid = :uuid

-- remove_level_texts
DELETE FROM texts
WHERE org = :org AND owner_kind = 'standard_descriptor' AND owner IN (
	SELECT d.id FROM standard_descriptor d WHERE d.org = :org AND d.version = :version AND d.level = :uuid)

-- remove_level_cells
DELETE FROM standard_descriptor WHERE org = :org AND version = :version AND level = :uuid

-- put_descriptor
INSERT INTO standard_descriptor (org, version, item, level)
SELECT n.org, n.version, n.item, l.uuid
FROM standard_node n
JOIN standard_level l ON l.version = n.version AND l.uuid = :level
WHERE n.org = :org AND n.version = :version AND n.item = :item
ON CONFLICT (version, item, level) DO UPDATE SET rev = standard_descriptor.rev + 1
RETURNING id AS id

-- put_rating
INSERT INTO standard_rating (org, version, item, scale, given)
SELECT n.org, n.version, n.item, :scale, :given
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.item = :item
ON CONFLICT (version, item, scale) DO UPDATE SET given = excluded.given, rev = standard_rating.rev + 1
RETURNING id AS id

-- descriptor_id
SELECT d.id AS id FROM standard_descriptor d
WHERE d.org = :org AND d.version = :version AND d.item = :item AND d.level = :level

-- rating_id
SELECT r.id AS id FROM standard_rating r
WHERE r.org = :org AND r.version = :version AND r.item = :item AND r.scale = :scale

-- remove_rating
DELETE FROM standard_rating WHERE org = :org AND id = :rating

-- add_link
INSERT INTO standard_link (org, version, item, label, url, reference)
SELECT n.org, n.version, n.item, :label, :url, :reference
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.item = :item

-- publish
UPDATE standard_version
SET state = 'adopted', published_at = :now, published_by = :me, label = :label, note = :note,
	review_by = :review_by, rev = rev + 1
WHERE org = :org AND id = :version AND state = 'draft' AND rev = :rev

-- deprecate_older
UPDATE standard_version SET state = 'deprecated', deprecated_at = :now, rev = rev + 1
WHERE org = :org AND standard = :standard AND state = 'adopted' AND id <> :version

-- deprecate
UPDATE standard_version SET state = 'deprecated', deprecated_at = :now, rev = rev + 1
WHERE org = :org AND id = :version AND state = 'adopted' AND rev = :rev

-- publish_lang
INSERT INTO standard_version_lang (org, version, lang, published_at, published_by)
VALUES (:org, :version, :lang, :now, :me)
ON CONFLICT (version, lang) DO UPDATE SET published_at = excluded.published_at,
	published_by = excluded.published_by
WHERE standard_version_lang.published_at IS NULL

-- lang_is_frozen
SELECT l.lang AS lang FROM standard_version_lang l
WHERE l.org = :org AND l.version = :version AND l.lang = :lang AND l.published_at IS NOT NULL

-- add_replacement
INSERT INTO standard_replacement (org, old_item, new_item, note, made_at, made_by, uuid)
SELECT :org, o.id, n.id, :note, :now, :me, :uuid
FROM standard_item o, standard_item n
WHERE o.org = :org AND n.org = :org AND o.id = :old_item AND n.id = :new_item AND o.id <> n.id
ON CONFLICT DO NOTHING
RETURNING id AS id

-- standard_of
SELECT i.standard AS id FROM standard_item i WHERE i.org = :org AND i.id = :item

-- copy_node
INSERT INTO standard_node (org, version, item, parent, position, kind, code, guessed)
VALUES (:org, :version, :item, :parent, :position, :kind, :code, :guessed)
RETURNING id AS id

-- copy_level
INSERT INTO standard_level (org, version, uuid, position, score)
VALUES (:org, :version, :uuid, :position, :score)
RETURNING id AS id

-- copy_descriptor
INSERT INTO standard_descriptor (org, version, item, level)
VALUES (:org, :version, :item, :level)
RETURNING id AS id

-- copy_rating
INSERT INTO standard_rating (org, version, item, scale, given)
VALUES (:org, :version, :item, :scale, :given)
RETURNING id AS id

-- copy_link
INSERT INTO standard_link (org, version, item, label, url, reference)
VALUES (:org, :version, :item, :label, :url, :reference)
RETURNING id AS id

-- carried
WITH pairs AS (
	SELECT CAST('standard_node' AS text) AS kind, o.id AS from_id, n.id AS to_id
	FROM standard_node o JOIN standard_node n ON n.version = :draft AND n.item = o.item
	WHERE o.org = :org AND o.version = :version
	UNION ALL
	SELECT CAST('standard_level' AS text), o.id, n.id
	FROM standard_level o JOIN standard_level n ON n.version = :draft AND n.uuid = o.uuid
	WHERE o.org = :org AND o.version = :version
	UNION ALL
	SELECT CAST('standard_descriptor' AS text), o.id, n.id
	FROM standard_descriptor o
	JOIN standard_descriptor n ON n.version = :draft AND n.item = o.item AND n.level = o.level
	WHERE o.org = :org AND o.version = :version
	UNION ALL
	SELECT CAST('standard_rating' AS text), o.id, n.id
	FROM standard_rating o
	JOIN standard_rating n ON n.version = :draft AND n.item = o.item AND n.scale = o.scale
	WHERE o.org = :org AND o.version = :version)
SELECT p.kind AS kind, p.to_id AS owner, t.field AS field, t.lang AS lang, t.body AS body
FROM pairs p
JOIN texts t ON t.owner_kind = p.kind AND t.owner = p.from_id AND t.current = 1
LEFT JOIN texts s ON s.owner_kind = p.kind AND s.owner = p.from_id AND s.field = t.field
	AND s.lang = :source AND s.current = 1
LEFT JOIN texts d ON d.owner_kind = p.kind AND d.owner = p.to_id AND d.field = t.field
	AND d.lang = :source AND d.current = 1
LEFT JOIN texts own ON own.owner_kind = p.kind AND own.owner = p.to_id AND own.field = t.field
	AND own.lang = t.lang AND own.current = 1
WHERE t.lang <> :source AND t.body <> '' AND coalesce(s.body, '') = coalesce(d.body, '')
	AND (own.id IS NULL OR (own.body <> t.body AND EXISTS (
		SELECT h.id FROM texts h
		WHERE h.owner_kind = p.kind AND h.owner = p.from_id AND h.field = t.field AND h.lang = t.lang
			AND h.current = 0 AND h.body = own.body AND h.body <> '')))
ORDER BY p.kind, p.to_id, t.field, t.lang

-- complete_langs
WITH owners AS (
	SELECT CAST('standard_node' AS text) AS kind, n.id AS id FROM standard_node n
	WHERE n.org = :org AND n.version = :version
	UNION ALL
	SELECT CAST('standard_level' AS text), l.id FROM standard_level l
	WHERE l.org = :org AND l.version = :version
	UNION ALL
	SELECT CAST('standard_descriptor' AS text), d.id FROM standard_descriptor d
	WHERE d.org = :org AND d.version = :version
	UNION ALL
	SELECT CAST('standard_rating' AS text), r.id FROM standard_rating r
	WHERE r.org = :org AND r.version = :version)
SELECT v.lang AS lang
FROM standard_version_lang v
WHERE v.org = :org AND v.version = :before AND v.published_at IS NOT NULL AND v.lang <> :source
	AND NOT EXISTS (
		SELECT t.id FROM owners o
		JOIN texts t ON t.owner_kind = o.kind AND t.owner = o.id AND t.lang = :source
			AND t.current = 1 AND t.body <> ''
		LEFT JOIN texts f ON f.owner_kind = o.kind AND f.owner = o.id AND f.field = t.field
			AND f.lang = v.lang AND f.current = 1 AND f.body <> ''
		WHERE f.id IS NULL)
ORDER BY v.lang

-- texts_of_version
SELECT n.id AS node, n.item AS item, t.lang AS lang, t.field AS field, t.body AS body
FROM standard_node n
JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version
ORDER BY n.item, t.lang, t.field

-- texts_of_item
SELECT n.id AS node, n.item AS item, t.lang AS lang, t.field AS field, t.body AS body
FROM standard_node n
JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version AND n.item = :item
ORDER BY n.item, t.lang, t.field

-- some_count
SELECT count(*) AS n
FROM (SELECT n.id FROM standard_node n WHERE n.org = :org AND n.version IN (:version, :before) LIMIT :most) few

-- some_nodes
SELECT n.id AS id, n.item AS item
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.item > :after
ORDER BY n.item LIMIT :most

-- nodes_between
SELECT n.id AS id
FROM standard_node n
WHERE n.org = :org AND n.version = :version AND n.item > :after AND n.item <= :to

-- texts_of_some
SELECT n.id AS node, n.item AS item, t.lang AS lang, t.field AS field, t.body AS body
FROM standard_node n
JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.current = 1 AND t.body <> ''
WHERE n.org = :org AND n.version = :version AND n.item > :after AND n.item <= :to
ORDER BY n.item, t.lang, t.field

-- older_versions
SELECT o.id AS id
FROM standard_version v
JOIN standard_version o ON o.standard = v.standard AND o.number < v.number
WHERE v.org = :org AND v.id = :version AND v.state <> 'draft'
ORDER BY o.number DESC

-- published_before
SELECT v.id AS id FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.id <> :version AND v.state <> 'draft'
ORDER BY v.number DESC LIMIT 1

-- other_version
SELECT v.id AS id FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.id <> :version AND v.filling = 0
ORDER BY v.id LIMIT 1

-- drop_comments
DELETE FROM standard_comment WHERE org = :org AND version = :version

-- drop_links
DELETE FROM standard_link WHERE org = :org AND version = :version

-- drop_ratings
DELETE FROM standard_rating WHERE org = :org AND version = :version

-- drop_descriptors
DELETE FROM standard_descriptor WHERE org = :org AND version = :version

-- drop_levels
DELETE FROM standard_level WHERE org = :org AND version = :version

-- drop_nodes
DELETE FROM standard_node WHERE org = :org AND version = :version

-- drop_langs
DELETE FROM standard_version_lang WHERE org = :org AND version = :version

-- drop_version
DELETE FROM standard_version WHERE org = :org AND id = :version AND state = 'draft'

-- versions_of_org
SELECT v.id AS id FROM standard_version v WHERE v.org = :org AND v.filling = 0 ORDER BY v.standard, v.number
