-- Imports under way.

-- add
INSERT INTO standard_import (org, file_name, bytes, layout, lang, state, result, onto, made_at, made_by)
VALUES (:org, :file_name, :bytes, :layout, :lang, 'preview', :result, :onto, :now, :me)
RETURNING id AS id

-- record
INSERT INTO standard_import (org, file_name, bytes, layout, lang, state, reason, items, unplaced, result, standard, made_at)
VALUES (:org, :file_name, :bytes, :layout, :lang, :state, :reason, :items, :unplaced, '{}', :standard, :now)
RETURNING id AS id

-- by_id
SELECT i.id AS id, i.file_name AS file_name, i.layout AS layout, i.lang AS lang, i.state AS state,
	i.result AS result, i.edits AS edits, i.onto AS onto, i.rev AS rev, s.slug AS saved_slug
FROM standard_import i
LEFT JOIN standard s ON s.id = i.standard
WHERE i.org = :org AND i.id = :import AND i.state <> 'refused' AND i.result <> '{}'

-- bytes
SELECT i.bytes AS bytes, i.file_name AS file_name, i.state AS state FROM standard_import i
WHERE i.org = :org AND i.id = :import AND i.state = 'preview'

-- list
SELECT i.id AS id, i.file_name AS file_name, i.layout AS layout, i.lang AS lang, i.state AS state,
	i.made_at AS made_at, p.name AS made_by, s.slug AS saved_slug
FROM standard_import i
LEFT JOIN person p ON p.id = i.made_by
LEFT JOIN standard s ON s.id = i.standard
WHERE i.org = :org AND i.result <> '{}'
ORDER BY i.made_at DESC, i.id DESC

-- edit
UPDATE standard_import SET edits = :edits, rev = rev + 1
WHERE org = :org AND id = :import AND rev = :rev AND state = 'preview'

-- saved
UPDATE standard_import SET state = 'saved', standard = :standard, rev = rev + 1
WHERE org = :org AND id = :import AND state = 'preview'

-- remove
DELETE FROM standard_import WHERE org = :org AND id = :import AND state = 'preview'

-- targets
SELECT s.id AS id, s.slug AS slug FROM standard s
WHERE s.org = :org AND EXISTS (SELECT 1 FROM standard_version v WHERE v.standard = s.id AND v.filling = 0)
ORDER BY s.slug
