-- Items found by search or chosen by the picker, as the newest version a reader may see has them.

-- items
SELECT n.id AS id, n.item AS item, n.code AS code, n.kind AS kind, i.uuid AS uuid, s.id AS standard,
	s.slug AS slug, v.number AS number, v.state AS state
FROM standard_item i
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id AND n.version = (
	SELECT w.version FROM standard_node w JOIN standard_version u ON u.id = w.version
	WHERE w.item = i.id AND (u.state <> 'draft' OR CAST(:drafts AS bigint) = 1)
	ORDER BY CASE u.state WHEN 'draft' THEN 1 ELSE 0 END, u.number DESC LIMIT 1)
JOIN standard_version v ON v.id = n.version
WHERE i.org = :org AND i.id IN (SELECT value FROM json_each(CAST(:ids AS text)))

-- standards
SELECT s.id AS id, s.slug AS slug
FROM standard s
WHERE s.org = :org AND EXISTS (SELECT 1 FROM standard_version v WHERE v.standard = s.id AND v.state <> 'draft')
ORDER BY s.slug
LIMIT 200
