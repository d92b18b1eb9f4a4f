-- What is kept of packages (store_kept.h).

-- document
INSERT INTO standard_kept_document (org, version, lang, identifier, digest, data, package)
VALUES (:org, :version, :lang, :identifier, :digest, :data, :package)
ON CONFLICT (version, lang) DO UPDATE SET identifier = excluded.identifier, digest = excluded.digest,
	data = excluded.data, package = excluded.package

-- item
INSERT INTO standard_kept_item (org, node, lang, identifier, kind, data, child, child_data)
VALUES (:org, :node, :lang, :identifier, :kind, :data, :child, :child_data)
ON CONFLICT (node, lang) DO UPDATE SET identifier = excluded.identifier, kind = excluded.kind,
	data = excluded.data, child = excluded.child, child_data = excluded.child_data

-- association
INSERT INTO standard_association (org, version, lang, identifier, type, origin, destination, position, data)
VALUES (:org, :version, :lang, :identifier, :type, :origin, :destination, :position, :data)

-- definition
INSERT INTO standard_definition (org, version, lang, part, identifier, position, data)
VALUES (:org, :version, :lang, :part, :identifier, :position, :data)

-- part
INSERT INTO standard_rubric_part (org, version, lang, part, within, identifier, position, item, level, data)
VALUES (:org, :version, :lang, :part, :within, :identifier, :position, :item, :level, :data)
RETURNING id AS id

-- forget_associations
DELETE FROM standard_association WHERE org = :org AND version = :version AND lang = :lang

-- forget_definitions
DELETE FROM standard_definition WHERE org = :org AND version = :version AND lang = :lang

-- loosen_parts
UPDATE standard_rubric_part SET within = NULL WHERE org = :org AND version = :version AND lang = :lang

-- forget_parts
DELETE FROM standard_rubric_part WHERE org = :org AND version = :version AND lang = :lang

-- copy_documents
INSERT INTO standard_kept_document (org, version, lang, identifier, digest, data, package)
SELECT d.org, :to, d.lang, d.identifier, '', d.data, d.package
FROM standard_kept_document d
WHERE d.org = :org AND d.version = :from

-- copy_items
INSERT INTO standard_kept_item (org, node, lang, identifier, kind, data, child, child_data)
SELECT k.org, m.id, k.lang, k.identifier, k.kind, k.data, k.child, k.child_data
FROM standard_node n
JOIN standard_node m ON m.version = :to AND m.item = n.item
JOIN standard_kept_item k ON k.node = n.id
WHERE n.org = :org AND n.version = :from

-- copy_associations
INSERT INTO standard_association (org, version, lang, identifier, type, origin, destination, position, data)
SELECT a.org, :to, a.lang, a.identifier, a.type, a.origin, a.destination, a.position, a.data
FROM standard_association a
WHERE a.org = :org AND a.version = :from
ORDER BY a.id

-- copy_definitions
INSERT INTO standard_definition (org, version, lang, part, identifier, position, data)
SELECT d.org, :to, d.lang, d.part, d.identifier, d.position, d.data
FROM standard_definition d
WHERE d.org = :org AND d.version = :from
ORDER BY d.id

-- parts
SELECT p.id AS id, p.lang AS lang, p.part AS part, p.within AS within, p.identifier AS identifier,
	p.position AS position, p.item AS item, p.level AS level, p.data AS data
FROM standard_rubric_part p
WHERE p.org = :org AND p.version = :version
ORDER BY p.id

-- drop_items
DELETE FROM standard_kept_item WHERE org = :org AND node IN (
	SELECT n.id FROM standard_node n WHERE n.org = :org AND n.version = :version)

-- drop_associations
DELETE FROM standard_association WHERE org = :org AND version = :version

-- drop_definitions
DELETE FROM standard_definition WHERE org = :org AND version = :version

-- loosen_all_parts
UPDATE standard_rubric_part SET within = NULL WHERE org = :org AND version = :version

-- drop_parts
DELETE FROM standard_rubric_part WHERE org = :org AND version = :version

-- drop_documents
DELETE FROM standard_kept_document WHERE org = :org AND version = :version

-- remove_item
DELETE FROM standard_kept_item WHERE org = :org AND node = :node

-- remove_associations
DELETE FROM standard_association WHERE org = :org AND version = :version AND origin = (
	SELECT i.uuid FROM standard_item i WHERE i.org = :org AND i.id = :item)

-- free_parts
UPDATE standard_rubric_part SET item = NULL, level = '' WHERE org = :org AND version = :version AND item = :item

-- carry_documents
INSERT INTO standard_kept_document (org, version, lang, identifier, digest, data, package)
SELECT d.org, :to, d.lang, d.identifier, '', d.data, d.package
FROM standard_kept_document d
WHERE d.org = :org AND d.version = :from AND d.lang <> :lang
ON CONFLICT DO NOTHING

-- carry_items
INSERT INTO standard_kept_item (org, node, lang, identifier, kind, data, child, child_data)
SELECT k.org, m.id, k.lang, k.identifier, k.kind, k.data, k.child, k.child_data
FROM standard_node n
JOIN standard_node m ON m.version = :to AND m.item = n.item
JOIN standard_kept_item k ON k.node = n.id AND k.lang <> :lang
WHERE n.org = :org AND n.version = :from AND EXISTS (SELECT 1 FROM texts t
	WHERE t.owner_kind = 'standard_node' AND t.owner = m.id AND t.lang = k.lang AND t.current = 1)
ON CONFLICT DO NOTHING

-- carry_associations
INSERT INTO standard_association (org, version, lang, identifier, type, origin, destination, position, data)
SELECT a.org, :to, a.lang, a.identifier, a.type, a.origin, a.destination, a.position, a.data
FROM standard_association a
WHERE a.org = :org AND a.version = :from AND a.lang <> :lang
ORDER BY a.id

-- other_langs
SELECT l.lang AS lang FROM standard_version_lang l
WHERE l.org = :org AND l.version = :from AND l.lang <> :lang
ORDER BY l.lang LIMIT 1
