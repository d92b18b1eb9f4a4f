-- What an import of a package asks (save.h).

-- standard_of
SELECT s.id AS id, s.slug AS slug, s.source_lang AS source_lang FROM standard s WHERE s.org = :org AND s.uuid = :uuid

-- standard_of_item
SELECT s.id AS id, s.slug AS slug, s.source_lang AS source_lang
FROM standard_item i
JOIN standard s ON s.id = i.standard
WHERE i.org = :org AND i.uuid = :uuid

-- item_of
SELECT i.id AS id FROM standard_item i WHERE i.org = :org AND i.standard = :standard AND i.uuid = :uuid

-- shown
SELECT v.id AS id, v.state AS state, v.number AS number FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.filling = 0
ORDER BY v.number DESC LIMIT 1

-- filled
SELECT v.id AS id, v.filling AS filling FROM standard_version v
WHERE v.org = :org AND v.standard = :standard AND v.state = 'draft' AND v.filling <> 0

-- digest
SELECT d.digest AS digest FROM standard_kept_document d
WHERE d.org = :org AND d.version = :version AND d.identifier = :identifier

-- alive
UPDATE standard_version SET filling = :now WHERE org = :org AND id = :version

-- label
UPDATE standard_version SET label = :label WHERE org = :org AND id = :version

-- identities
SELECT i.id AS id, i.uuid AS uuid FROM standard_item i WHERE i.org = :org AND i.standard = :standard

-- nodes
SELECT n.id AS id, n.item AS item, i.uuid AS uuid
FROM standard_node n
JOIN standard_item i ON i.id = n.item
WHERE n.org = :org AND n.version = :version

-- stale
SELECT v.id AS id, v.standard AS standard FROM standard_version v
WHERE v.org = :org AND v.state = 'draft' AND v.filling <> 0 AND v.filling < :before
