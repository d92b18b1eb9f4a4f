-- The CASE provider reads what is published, in its published languages, and nothing else.

-- version_of
SELECT CAST((SELECT coalesce(sum(s.changed), 0) + count(s.id) FROM standard s WHERE s.org = :org) +
	(SELECT coalesce(sum(c.changed), 0) + count(c.id) FROM crosswalk c WHERE c.org = :org) AS bigint) AS version

-- documents
SELECT s.id AS standard, s.uuid AS uuid, s.slug AS slug, s.source_lang AS source_lang, s.publisher AS publisher,
	s.licence AS licence, s.source_url AS source_url, v.id AS version, v.number AS number, v.label AS label,
	v.state AS state, v.note AS note, v.deprecated_at AS deprecated_at, v.review_by AS review_by,
	v.shown_at AS shown_at, l.lang AS lang,
	CASE WHEN l.published_at > v.published_at THEN l.published_at ELSE v.published_at END AS said_at,
	t.body AS title, d.body AS summary, st.body AS source_title, sd.body AS source_summary,
	k.identifier AS kept_identifier, k.data AS kept, k.package AS kept_package
FROM standard s
JOIN standard_version v ON v.standard = s.id AND v.state <> 'draft'
JOIN standard_version_lang l ON l.version = v.id AND l.published_at IS NOT NULL
LEFT JOIN texts t ON t.owner_kind = 'standard' AND t.owner = s.id AND t.field = 'title' AND t.lang = l.lang AND t.current = 1
LEFT JOIN texts d ON d.owner_kind = 'standard' AND d.owner = s.id AND d.field = 'summary' AND d.lang = l.lang AND d.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard' AND st.owner = s.id AND st.field = 'title' AND st.lang = s.source_lang AND st.current = 1
LEFT JOIN texts sd ON sd.owner_kind = 'standard' AND sd.owner = s.id AND sd.field = 'summary' AND sd.lang = s.source_lang AND sd.current = 1
LEFT JOIN standard_kept_document k ON k.version = v.id AND k.lang = l.lang
WHERE s.org = :org
ORDER BY s.slug, CASE WHEN l.lang = s.source_lang THEN 0 ELSE 1 END, l.lang, v.number DESC

-- items
SELECT n.item AS item, n.uuid AS uuid, n.kind AS kind, n.code AS code, n.parent AS parent, n.position AS position,
	n.title AS title, n.body AS body, n.notes AS notes, n.source_title AS source_title,
	n.source_body AS source_body, n.source_notes AS source_notes, n.newest AS newest,
	n.source_newest AS source_newest, n.kept_identifier AS kept_identifier, n.kept_kind AS kept_kind,
	n.kept AS kept, n.child AS child, n.child_data AS child_data
FROM standard_spoken_item n
WHERE n.org = :org AND n.version = :version AND n.lang = :lang
ORDER BY n.parent NULLS FIRST, n.position, n.node

-- item
SELECT n.item AS item, n.uuid AS uuid, n.kind AS kind, n.code AS code, n.parent AS parent, n.position AS position,
	n.title AS title, n.body AS body, n.notes AS notes, n.source_title AS source_title,
	n.source_body AS source_body, n.source_notes AS source_notes, n.newest AS newest,
	n.source_newest AS source_newest, n.kept_identifier AS kept_identifier, n.kept_kind AS kept_kind,
	n.kept AS kept, n.child AS child, n.child_data AS child_data
FROM standard_spoken_item n
WHERE n.org = :org AND n.version = :version AND n.lang = :lang AND n.item = :item

-- children
SELECT n.item AS item, n.uuid AS uuid, n.kind AS kind, n.code AS code, n.parent AS parent, n.position AS position,
	n.title AS title, n.body AS body, n.notes AS notes, n.source_title AS source_title,
	n.source_body AS source_body, n.source_notes AS source_notes, n.newest AS newest,
	n.source_newest AS source_newest, n.kept_identifier AS kept_identifier, n.kept_kind AS kept_kind,
	n.kept AS kept, n.child AS child, n.child_data AS child_data
FROM standard_spoken_item n
WHERE n.org = :org AND n.version = :version AND n.lang = :lang AND n.parent IS NOT DISTINCT FROM :parent
ORDER BY n.position, n.node

-- count
SELECT count(*) AS n FROM standard_node n WHERE n.org = :org AND n.version = :version

-- placed
SELECT n.item AS item, n.parent AS parent, n.position AS position, n.kind AS kind, k.child AS child,
	k.child_data AS child_data
FROM standard_node n
LEFT JOIN standard_kept_item k ON k.node = n.id AND k.lang = :lang
WHERE n.org = :org AND n.version = :version
ORDER BY n.parent NULLS FIRST, n.position, n.id

-- siblings
SELECT n.item AS item, n.parent AS parent, n.position AS position, n.kind AS kind, k.child AS child,
	k.child_data AS child_data
FROM standard_node n
LEFT JOIN standard_kept_item k ON k.node = n.id AND k.lang = :lang
WHERE n.org = :org AND n.version = :version AND n.parent IS NOT DISTINCT FROM :parent
ORDER BY n.position, n.id

-- ratings
SELECT r.item AS item, r.scale AS scale, r.given AS given, t.body AS body, st.body AS source_body
FROM standard_rating r
LEFT JOIN texts t ON t.owner_kind = 'standard_rating' AND t.owner = r.id AND t.field = 'body' AND t.lang = :lang AND t.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard_rating' AND st.owner = r.id AND st.field = 'body' AND st.lang = :source_lang AND st.current = 1
WHERE r.org = :org AND r.version = :version AND (CAST(:item AS bigint) = 0 OR r.item = :item)
ORDER BY r.item, r.id

-- links
SELECT l.item AS item, l.label AS label, l.url AS url, l.reference AS reference
FROM standard_link l
WHERE l.org = :org AND l.version = :version AND (CAST(:item AS bigint) = 0 OR l.item = :item)
ORDER BY l.item, l.id

-- kinds
SELECT k.code AS code, k.position AS position, t.body AS name, st.body AS source_name
FROM standard_kind k
LEFT JOIN texts t ON t.owner_kind = 'standard_kind' AND t.owner = k.id AND t.field = 'name' AND t.lang = :lang AND t.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard_kind' AND st.owner = k.id AND st.field = 'name' AND st.lang = :source_lang AND st.current = 1
WHERE k.org = :org AND k.standard = :standard
ORDER BY k.position, k.id

-- kinds_used
SELECT DISTINCT n.kind AS kind FROM standard_node n WHERE n.org = :org AND n.version = :version ORDER BY n.kind

-- associations
SELECT a.identifier AS identifier, a.type AS type, a.origin AS origin, a.destination AS destination, a.data AS data
FROM standard_association a
WHERE a.org = :org AND a.version = :version AND a.lang = :lang
ORDER BY a.position, a.id

-- associations_of
SELECT a.identifier AS identifier, a.type AS type, a.origin AS origin, a.destination AS destination, a.data AS data
FROM standard_association a
WHERE a.org = :org AND a.version = :version AND a.lang = :lang AND (a.origin = :identifier OR a.destination = :identifier)
ORDER BY a.position, a.id

-- crosswalked
SELECT w.uuid AS uuid, w.relation AS relation, w.strength AS strength, w.note AS note, w.reviewed_on AS reviewed_on,
	w.from_item AS from_item, w.to_item AS to_item, f.uuid AS from_uuid, t.uuid AS to_uuid, f.standard AS from_standard,
	c.slug AS crosswalk, c.title AS crosswalk_title, fn.id AS from_node, tn.id AS to_node, fn.code AS from_code, tn.code AS to_code
FROM crosswalk_row w
JOIN crosswalk c ON c.id = w.crosswalk
JOIN standard_item f ON f.id = w.from_item
JOIN standard_item t ON t.id = w.to_item
JOIN standard_node fn ON fn.item = w.from_item AND fn.version = w.from_version
JOIN standard_node tn ON tn.item = w.to_item AND tn.version = w.to_version
WHERE w.org = :org AND (f.standard = :standard OR t.standard = :standard)
	AND EXISTS (SELECT 1 FROM standard_node h WHERE h.version = :version AND (h.item = w.from_item OR h.item = w.to_item))
	AND (CAST(:item AS bigint) = 0 OR w.from_item = :item OR w.to_item = :item)
ORDER BY w.id

-- replaced
SELECT x.uuid AS uuid, x.note AS note, x.old_item AS from_item, x.new_item AS to_item, o.uuid AS from_uuid,
	i.uuid AS to_uuid, o.standard AS from_standard, fn.id AS from_node, tn.id AS to_node, fn.code AS from_code,
	tn.code AS to_code
FROM standard_replacement x
JOIN standard_item o ON o.id = x.old_item
JOIN standard_item i ON i.id = x.new_item
JOIN standard_node fn ON fn.item = o.id AND fn.version = (
	SELECT a.version FROM standard_node a JOIN standard_version b ON b.id = a.version
	WHERE a.item = o.id AND b.state <> 'draft' ORDER BY b.number DESC LIMIT 1)
JOIN standard_node tn ON tn.item = i.id AND tn.version = (
	SELECT a.version FROM standard_node a JOIN standard_version b ON b.id = a.version
	WHERE a.item = i.id AND b.state <> 'draft' ORDER BY b.number DESC LIMIT 1)
WHERE x.org = :org AND (o.standard = :standard OR i.standard = :standard)
	AND (CAST(:item AS bigint) = 0 OR x.old_item = :item OR x.new_item = :item)
ORDER BY x.id

-- definitions
SELECT d.part AS part, d.identifier AS identifier, d.data AS data
FROM standard_definition d
WHERE d.org = :org AND d.version = :version AND d.lang = :lang
ORDER BY d.part, d.position, d.id

-- rubric_parts
SELECT p.id AS id, p.part AS part, p.within AS within, p.identifier AS identifier, p.item AS item,
	p.level AS level, p.data AS data
FROM standard_rubric_part p
WHERE p.org = :org AND p.version = :version AND p.lang = :lang
ORDER BY p.position, p.id

-- levels
SELECT l.uuid AS uuid, l.position AS position, l.score AS score, t.body AS name, st.body AS source_name
FROM standard_level l
LEFT JOIN texts t ON t.owner_kind = 'standard_level' AND t.owner = l.id AND t.field = 'name' AND t.lang = :lang AND t.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard_level' AND st.owner = l.id AND st.field = 'name' AND st.lang = :source_lang AND st.current = 1
WHERE l.org = :org AND l.version = :version
ORDER BY l.position, l.id

-- cells
SELECT d.item AS item, d.level AS level, t.body AS body, st.body AS source_body
FROM standard_descriptor d
LEFT JOIN texts t ON t.owner_kind = 'standard_descriptor' AND t.owner = d.id AND t.field = 'body' AND t.lang = :lang AND t.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard_descriptor' AND st.owner = d.id AND st.field = 'body' AND st.lang = :source_lang AND st.current = 1
WHERE d.org = :org AND d.version = :version
ORDER BY d.item, d.id

-- crosswalks
SELECT c.slug AS slug, c.title AS title, c.from_standard AS from_standard, c.to_standard AS to_standard,
	c.created_at AS created_at, s.uuid AS from_uuid
FROM crosswalk c
JOIN standard s ON s.id = c.from_standard
WHERE c.org = :org AND EXISTS (SELECT 1 FROM crosswalk_row w WHERE w.crosswalk = c.id)
ORDER BY c.slug

-- find_item
SELECT i.id AS item, i.standard AS standard FROM standard_item i WHERE i.org = :org AND i.uuid = :uuid

-- find_kept_item
SELECT n.item AS item, i.standard AS standard, k.lang AS lang
FROM standard_kept_item k
JOIN standard_node n ON n.id = k.node
JOIN standard_item i ON i.id = n.item
WHERE k.org = :org AND k.identifier = :uuid AND k.identifier <> ''
LIMIT 1

-- find_child
SELECT n.item AS item, i.standard AS standard, k.lang AS lang
FROM standard_kept_item k
JOIN standard_node n ON n.id = k.node
JOIN standard_item i ON i.id = n.item
WHERE k.org = :org AND k.child = :uuid AND k.child <> ''
LIMIT 1

-- find_association
-- some: more than one is as bad as many
SELECT DISTINCT v.standard AS standard, a.lang AS lang, a.origin AS origin
FROM standard_association a
JOIN standard_version v ON v.id = a.version
WHERE a.org = :org AND a.identifier = :uuid AND v.state <> 'draft'
LIMIT 4

-- find_crosswalk_row
SELECT w.from_item AS item, i.standard AS standard, w.to_item AS other_item, j.standard AS other_standard
FROM crosswalk_row w
JOIN standard_item i ON i.id = w.from_item
JOIN standard_item j ON j.id = w.to_item
WHERE w.org = :org AND w.uuid = :uuid

-- find_replacement
SELECT x.old_item AS item, i.standard AS standard, x.new_item AS other_item, j.standard AS other_standard
FROM standard_replacement x
JOIN standard_item i ON i.id = x.old_item
JOIN standard_item j ON j.id = x.new_item
WHERE x.org = :org AND x.uuid = :uuid

-- find_definition
-- some: more than one is as bad as many
SELECT DISTINCT v.standard AS standard, d.lang AS lang
FROM standard_definition d
JOIN standard_version v ON v.id = d.version
WHERE d.org = :org AND d.identifier = :uuid AND v.state <> 'draft'
LIMIT 4

-- find_rubric
-- some: more than one is as bad as many
SELECT DISTINCT v.standard AS standard, p.lang AS lang
FROM standard_rubric_part p
JOIN standard_version v ON v.id = p.version
WHERE p.org = :org AND p.identifier = :uuid AND p.part = 'rubric' AND v.state <> 'draft'
LIMIT 4
