-- What the CASE provider needs: names for rows that had none, and the time of the last change.

ALTER TABLE crosswalk_row ADD COLUMN uuid text NOT NULL DEFAULT '';
ALTER TABLE standard_replacement ADD COLUMN uuid text NOT NULL DEFAULT '';
UPDATE crosswalk_row SET uuid = CAST(gen_random_uuid() AS text);
UPDATE standard_replacement SET uuid = CAST(gen_random_uuid() AS text);
CREATE INDEX crosswalk_row_uuid ON crosswalk_row (org, uuid);
CREATE INDEX standard_replacement_uuid ON standard_replacement (org, uuid);

-- When anything of a published version last changed for those who read it, its own publication aside: the
-- lastChangeDateTime of its CASE documents.
ALTER TABLE standard_version ADD COLUMN shown_at bigint NOT NULL DEFAULT 0;

-- A published language of a version with each of its items: a row of a CASE document. The texts of that
-- language and of the source's, the number of the newest version that has the item in either language,
-- and what a package that was imported said of it (src/app/standards/case).
CREATE VIEW standard_spoken_item (org, standard, standard_uuid, version, number, lang, source_lang, said_at,
	node, item, uuid, kind, code, parent, position, title, body, notes, source_title, source_body, source_notes,
	newest, source_newest, kept_identifier, kept_kind, kept, child, child_data) AS
SELECT n.org, v.standard, s.uuid, v.id, v.number, l.lang, s.source_lang,
	CASE WHEN l.published_at > v.published_at THEN l.published_at ELSE v.published_at END,
	n.id, n.item, i.uuid, n.kind, n.code, n.parent, n.position, t.body, b.body, o.body, st.body, sb.body, so.body,
	(SELECT max(w.number) FROM standard_node m
		JOIN standard_version w ON w.id = m.version AND w.state <> 'draft'
		JOIN standard_version_lang wl ON wl.version = w.id AND wl.lang = l.lang AND wl.published_at IS NOT NULL
		WHERE m.item = n.item),
	(SELECT max(w.number) FROM standard_node m
		JOIN standard_version w ON w.id = m.version AND w.state <> 'draft'
		WHERE m.item = n.item),
	k.identifier, k.kind, k.data, k.child, k.child_data
FROM standard_version_lang l
JOIN standard_version v ON v.id = l.version AND v.state <> 'draft'
JOIN standard s ON s.id = v.standard
JOIN standard_node n ON n.version = v.id
JOIN standard_item i ON i.id = n.item
LEFT JOIN texts t ON t.owner_kind = 'standard_node' AND t.owner = n.id AND t.field = 'title' AND t.lang = l.lang AND t.current = 1
LEFT JOIN texts b ON b.owner_kind = 'standard_node' AND b.owner = n.id AND b.field = 'body' AND b.lang = l.lang AND b.current = 1
LEFT JOIN texts o ON o.owner_kind = 'standard_node' AND o.owner = n.id AND o.field = 'notes' AND o.lang = l.lang AND o.current = 1
LEFT JOIN texts st ON st.owner_kind = 'standard_node' AND st.owner = n.id AND st.field = 'title' AND st.lang = s.source_lang AND st.current = 1
LEFT JOIN texts sb ON sb.owner_kind = 'standard_node' AND sb.owner = n.id AND sb.field = 'body' AND sb.lang = s.source_lang AND sb.current = 1
LEFT JOIN texts so ON so.owner_kind = 'standard_node' AND so.owner = n.id AND so.field = 'notes' AND so.lang = s.source_lang AND so.current = 1
LEFT JOIN standard_kept_item k ON k.node = n.id AND k.lang = l.lang
WHERE l.published_at IS NOT NULL;
