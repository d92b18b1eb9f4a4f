-- The pages that write a draft.

-- number
SELECT v.number AS number
FROM standard_version v
JOIN standard s ON s.id = v.standard
WHERE v.org = :org AND s.slug = :slug AND v.state = 'draft' AND v.filling = 0

-- item_of_path
SELECT v.standard AS standard, v.id AS version, n.item AS item
FROM standard s
JOIN standard_version v ON v.standard = s.id
JOIN standard_node n ON n.version = v.id
JOIN standard_item i ON i.id = n.item
WHERE s.org = :org AND s.slug = :slug AND v.org = :org AND v.state = 'draft' AND v.filling = 0
	AND n.org = :org AND i.org = :org AND i.uuid = :uuid

-- item_cells
SELECT l.uuid AS level, l.id AS level_id, d.id AS id
FROM standard_level l
LEFT JOIN standard_descriptor d ON d.version = l.version AND d.level = l.uuid AND d.item = :item
WHERE l.org = :org AND l.version = :version
ORDER BY l.position, l.id

-- item_ratings
SELECT r.id AS id, r.scale AS scale, r.given AS given
FROM standard_rating r
WHERE r.org = :org AND r.version = :version AND r.item = :item
ORDER BY r.id

-- item_links
SELECT l.id AS id, l.label AS label, l.url AS url, l.reference AS reference
FROM standard_link l
WHERE l.org = :org AND l.version = :version AND l.item = :item
ORDER BY l.id

-- remove_link
DELETE FROM standard_link WHERE org = :org AND version = :version AND item = :item AND id = :link

-- comments
SELECT c.id AS id, c.lang AS lang, c.body AS body, c.made_at AS made_at, c.resolved_at AS resolved_at,
	p.name AS name
FROM standard_comment c
JOIN person p ON p.id = c.person
WHERE c.org = :org AND c.version = :version AND c.item = :item
ORDER BY c.made_at, c.id

-- add_comment
INSERT INTO standard_comment (org, version, item, person, lang, body, made_at)
VALUES (:org, :version, :item, :me, :lang, :body, :now)

-- resolve_comment
UPDATE standard_comment SET resolved_at = :now, resolved_by = :me
WHERE org = :org AND version = :version AND item = :item AND id = :comment AND resolved_at IS NULL

-- comment_counts
SELECT c.item AS item, count(*) AS open_comments
FROM standard_comment c
WHERE c.org = :org AND c.version = :version AND c.resolved_at IS NULL
GROUP BY c.item
ORDER BY c.item

-- settings
UPDATE standard SET publisher = :publisher, licence = :licence, source_url = :source_url, rev = rev + 1,
	changed = changed + 1
WHERE org = :org AND id = :standard AND rev = :rev
