-- What start pages show of standards. Columns are only added.
CREATE VIEW standards_public_standard (id, org, slug, publisher, version, number, label, state, published_at, draft) AS
SELECT s.id, s.org, s.slug, s.publisher, v.id, v.number, v.label, v.state, v.published_at, d.number
FROM standard s
LEFT JOIN standard_version v ON v.standard = s.id AND v.filling = 0 AND v.number = (
	SELECT w.number FROM standard_version w
	WHERE w.standard = s.id AND w.state <> 'draft' AND w.filling = 0
	ORDER BY CASE w.state WHEN 'adopted' THEN 0 ELSE 1 END, w.number DESC
	LIMIT 1)
LEFT JOIN standard_version d ON d.standard = s.id AND d.state = 'draft' AND d.filling = 0;

-- Imports that somebody has yet to save or to throw away.
CREATE VIEW standards_public_preview (id, org, file_name, made_at) AS
SELECT i.id, i.org, i.file_name, i.made_at
FROM standard_import i
WHERE i.state = 'preview';
