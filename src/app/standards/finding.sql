-- What was found (nodes), and items chosen by the picker as the newest published version has them.

-- nodes
SELECT n.id AS id, n.item AS item, n.code AS code, n.kind AS kind, i.uuid AS uuid, s.id AS standard,
	s.slug AS slug, v.number AS number, v.state AS state
FROM standard_node n
JOIN standard_item i ON i.id = n.item
JOIN standard s ON s.id = i.standard
JOIN standard_version v ON v.id = n.version
WHERE n.org = :org AND n.id IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND (v.state <> 'draft' OR CAST(:drafts AS bigint) = 1) AND v.filling = 0
	AND (v.state = 'draft' OR EXISTS (SELECT 1 FROM standard_node w WHERE w.item = n.item AND w.version = (
		SELECT u.id FROM standard_version u WHERE u.standard = s.id AND u.state <> 'draft' ORDER BY u.number DESC LIMIT 1)))

-- items
SELECT n.id AS id, n.item AS item, n.code AS code, n.kind AS kind, i.uuid AS uuid, s.id AS standard,
	s.slug AS slug, v.number AS number, v.state AS state
FROM standard_item i
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id AND n.version = (
	SELECT w.version FROM standard_node w JOIN standard_version u ON u.id = w.version
	WHERE w.item = i.id AND u.state <> 'draft' ORDER BY u.number DESC LIMIT 1)
JOIN standard_version v ON v.id = n.version
WHERE i.org = :org AND i.id IN (SELECT value FROM json_each(CAST(:ids AS text)))

-- standards
SELECT s.id AS id, s.slug AS slug
FROM standard s
WHERE s.org = :org AND EXISTS (SELECT 1 FROM standard_version v WHERE v.standard = s.id AND v.state <> 'draft')
ORDER BY s.slug

-- of_standard
SELECT n.id AS id, n.item AS item, n.parent AS parent, n.position AS position
FROM standard_node n
WHERE n.org = :org AND n.version = (SELECT v.id FROM standard s JOIN standard_version v ON v.standard = s.id
	WHERE s.org = :org AND s.slug = :slug AND v.state <> 'draft' ORDER BY v.number DESC LIMIT 1)
ORDER BY n.parent NULLS FIRST, n.position, n.id
