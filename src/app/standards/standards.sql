-- Reading standards. What a reader may see: adopted and deprecated versions; a draft only where :drafts is 1
-- (the right standards_read_draft). A list comes in the order it is shown in.

-- version_of_index
SELECT CAST(coalesce(sum(s.changed), 0) + count(s.id) AS bigint) AS version
FROM standard s
WHERE s.org = :org

-- version_of_list
-- Also whose standards it uses, which changes with the day.
SELECT CAST((SELECT coalesce(sum(s.changed), 0) + count(s.id) FROM standard s WHERE s.org = :org)
	+ (SELECT coalesce(sum(af.rev), 0) FROM affiliation af WHERE af.org = :org)
	+ CAST(:now AS bigint) / 86400 AS bigint) AS version

-- version_of
SELECT s.changed AS version
FROM standard s
WHERE s.org = :org AND s.slug = :slug

-- index
SELECT s.id AS id, s.slug AS slug, s.publisher AS publisher, s.source_lang AS source_lang,
	v.id AS version, v.number AS number, v.label AS label, v.state AS state, v.published_at AS published_at,
	(SELECT count(*) FROM standard_node n WHERE n.version = v.id) AS item_count
FROM standard s
JOIN standard_version v ON v.standard = s.id AND v.id = (
	SELECT w.id FROM standard_version w
	WHERE w.standard = s.id AND (w.state <> 'draft' OR CAST(:drafts AS bigint) = 1) AND w.filling = 0
	ORDER BY CASE w.state WHEN 'adopted' THEN 0 WHEN 'deprecated' THEN 1 ELSE 2 END, w.number DESC
	LIMIT 1)
WHERE s.org = :org AND s.slug > :after
ORDER BY s.slug
LIMIT :limit

-- index_langs
SELECT s.id AS id, l.lang AS lang
FROM standard s
JOIN standard_version v ON v.standard = s.id
JOIN standard_version_lang l ON l.version = v.id
WHERE s.org = :org AND l.published_at IS NOT NULL
GROUP BY s.id, l.lang
ORDER BY s.id, l.lang

-- by_slug
SELECT s.id AS id, s.slug AS slug, s.uuid AS uuid, s.source_lang AS source_lang, s.publisher AS publisher,
	s.licence AS licence, s.source_url AS source_url, s.changed AS changed, s.rev AS rev
FROM standard s
WHERE s.org = :org AND s.slug = :slug

-- by_id
SELECT s.id AS id, s.slug AS slug, s.uuid AS uuid, s.source_lang AS source_lang, s.publisher AS publisher,
	s.licence AS licence, s.source_url AS source_url, s.changed AS changed, s.rev AS rev
FROM standard s
WHERE s.org = :org AND s.id = :standard

-- versions
SELECT v.id AS id, v.number AS number, v.label AS label, v.state AS state, v.note AS note,
	v.published_at AS published_at, v.deprecated_at AS deprecated_at, v.review_by AS review_by, v.rev AS rev
FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND (v.state <> 'draft' OR CAST(:drafts AS bigint) = 1) AND v.filling = 0
ORDER BY v.number DESC

-- version_langs
SELECT l.version AS version, l.lang AS lang, l.published_at AS published_at
FROM standard_version_lang l
JOIN standard_version v ON v.id = l.version
WHERE v.org = :org AND v.standard = :standard
ORDER BY l.version, l.published_at NULLS LAST, l.lang

-- langs_of_version
SELECT l.lang AS lang, l.published_at AS published_at
FROM standard_version_lang l
WHERE l.org = :org AND l.version = :version
ORDER BY l.published_at NULLS LAST, l.lang

-- nodes
SELECT n.id AS id, n.item AS item, n.parent AS parent, n.position AS position, n.kind AS kind, n.code AS code,
	n.guessed AS guessed, n.rev AS rev, i.uuid AS uuid
FROM standard_node n
JOIN standard_item i ON i.id = n.item
WHERE n.org = :org AND n.version = :version
ORDER BY n.parent NULLS FIRST, n.position, n.id

-- node_of_uuid
SELECT n.id AS id, n.item AS item, n.parent AS parent, n.position AS position, n.kind AS kind, n.code AS code,
	n.guessed AS guessed, n.rev AS rev, i.uuid AS uuid
FROM standard_node n
JOIN standard_item i ON i.id = n.item
WHERE n.org = :org AND n.version = :version AND i.org = :org AND i.uuid = :uuid

-- kinds
SELECT k.id AS id, k.code AS code, k.position AS position
FROM standard_kind k
WHERE k.org = :org AND k.standard = :standard
ORDER BY k.position, k.id

-- kinds_named
-- Those that have a name of their own, in any language: few standards have one.
SELECT k.id AS id, k.code AS code
FROM standard_kind k
WHERE k.org = :org AND k.standard = :standard AND EXISTS (SELECT 1 FROM texts t
	WHERE t.owner_kind = 'standard_kind' AND t.owner = k.id AND t.field = 'name' AND t.current = 1 AND t.body <> '')
ORDER BY k.position, k.id

-- levels
SELECT l.id AS id, l.uuid AS uuid, l.position AS position, l.score AS score
FROM standard_level l
WHERE l.org = :org AND l.version = :version
ORDER BY l.position, l.id

-- descriptors
SELECT d.id AS id, d.item AS item, d.level AS level, d.rev AS rev
FROM standard_descriptor d
JOIN standard_level l ON l.version = d.version AND l.uuid = d.level
WHERE d.org = :org AND d.version = :version
ORDER BY d.item, l.position, d.id

-- ratings
SELECT r.id AS id, r.item AS item, r.scale AS scale, r.given AS given, r.rev AS rev
FROM standard_rating r
WHERE r.org = :org AND r.version = :version
ORDER BY r.item, r.id

-- links
SELECT l.id AS id, l.item AS item, l.label AS label, l.url AS url, l.reference AS reference
FROM standard_link l
WHERE l.org = :org AND l.version = :version
ORDER BY l.item, l.id

-- versions_with_item
SELECT v.number AS number, v.label AS label, v.state AS state, v.published_at AS published_at, n.id AS id,
	n.code AS code
FROM standard_node n
JOIN standard_version v ON v.id = n.version
WHERE n.org = :org AND n.item = :item AND (v.state <> 'draft' OR CAST(:drafts AS bigint) = 1) AND v.filling = 0
ORDER BY v.number DESC

-- replaced_by
SELECT r.id AS id, r.note AS note, r.made_at AS made_at, i.uuid AS uuid, s.slug AS slug, n.id AS node,
	n.code AS code, n.kind AS kind
FROM standard_replacement r
JOIN standard_item i ON i.id = r.new_item
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id AND n.version = (
	SELECT w.version FROM standard_node w JOIN standard_version v ON v.id = w.version
	WHERE w.item = i.id AND v.state <> 'draft' ORDER BY v.number DESC LIMIT 1)
WHERE r.org = :org AND r.old_item = :item
ORDER BY r.id

-- replaces
SELECT r.id AS id, r.note AS note, r.made_at AS made_at, i.uuid AS uuid, s.slug AS slug, n.id AS node,
	n.code AS code, n.kind AS kind
FROM standard_replacement r
JOIN standard_item i ON i.id = r.old_item
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id AND n.version = (
	SELECT w.version FROM standard_node w JOIN standard_version v ON v.id = w.version
	WHERE w.item = i.id AND v.state <> 'draft' ORDER BY v.number DESC LIMIT 1)
WHERE r.org = :org AND r.new_item = :item
ORDER BY r.id

-- contents
SELECT (SELECT count(*) FROM standard_level l WHERE l.version = :version AND l.org = :org) AS levels,
	(SELECT count(*) FROM standard_node n WHERE n.version = :version AND n.org = :org AND n.kind = 'term') AS terms,
	(SELECT count(*) FROM standard_version v WHERE v.standard = :standard AND v.org = :org AND v.state = 'draft' AND v.filling = 0) AS drafts

-- version_numbered
SELECT v.id AS id, v.number AS number, v.label AS label, v.state AS state
FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.number = :number
	AND (v.state <> 'draft' OR CAST(:drafts AS bigint) = 1) AND v.filling = 0

-- comments_of
-- all orgs: a person takes away what is theirs
-- scan: asked seldom, of few rows
SELECT coalesce(l.name, f.name) AS org_name, s.slug AS standard, c.lang AS lang, c.body AS words, c.made_at AS made_at, c.resolved_at AS resolved_at
FROM standard_comment c
JOIN standard_version v ON v.id = c.version
JOIN standard s ON s.id = v.standard
JOIN org_lang f ON f.org = c.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = c.org AND l.lang = :lang
WHERE c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY c.made_at, c.id

-- comments_kept
-- scan: asked seldom, of few rows
SELECT count(*) AS n, max(c.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM standard_comment c
WHERE c.org = :org AND c.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- comments_gone
-- scan: asked seldom, of few rows
DELETE FROM standard_comment WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
