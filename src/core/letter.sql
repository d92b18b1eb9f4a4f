-- templates
SELECT t.lang AS lang, t.version AS version, t.subject AS subject, t.body AS body
FROM letter_template t
WHERE t.org = :org AND t.kind = :kind AND t.retired_at IS NULL
ORDER BY t.lang

-- template_retire
UPDATE letter_template SET retired_at = :now
WHERE org = :org AND kind = :kind AND lang = :lang AND retired_at IS NULL

-- template_next
SELECT coalesce(max(t.version), 0) + 1 AS version
FROM letter_template t
WHERE t.org = :org AND t.kind = :kind AND t.lang = :lang

-- template_add
INSERT INTO letter_template (org, kind, lang, version, subject, body, made_at, made_by)
VALUES (:org, :kind, :lang, :version, :subject, :body, :now, :made_by)

-- template_versions
SELECT t.version AS version, t.made_at AS made_at, coalesce(p.name, '') AS by_name,
	CASE WHEN t.retired_at IS NULL THEN 1 ELSE 0 END AS in_force
FROM letter_template t LEFT JOIN person p ON p.id = t.made_by
WHERE t.org = :org AND t.kind = :kind AND t.lang = :lang
ORDER BY t.version DESC

-- template_version
SELECT t.version AS version, t.lang AS lang, t.subject AS subject, t.body AS body,
	t.made_at AS made_at, coalesce(p.name, '') AS by_name,
	CASE WHEN t.retired_at IS NULL THEN 1 ELSE 0 END AS in_force
FROM letter_template t LEFT JOIN person p ON p.id = t.made_by
WHERE t.org = :org AND t.kind = :kind AND t.lang = :lang AND t.version = :version

-- sender
SELECT o.sender_email AS address, coalesce(o.sender_name, a.name, b.name, o.slug) AS name
FROM org o
LEFT JOIN org_lang a ON a.org = o.id AND a.lang = :lang
LEFT JOIN org_lang b ON b.org = o.id AND b.position = (SELECT min(c.position) FROM org_lang c WHERE c.org = o.id)
WHERE o.id = :org

-- post
INSERT INTO letter (org, person, kind, template_version, lang, to_address, to_name, sender_name, sender_address, reply_to, subject, body, html, secret, unsubscribe, file_name, file_type, file, letter_key, due_at, made_at)
VALUES (:org, :person, :kind, :version, :lang, :to_address, :to_name, :sender_name, :sender_address, :reply_to, :subject, :body, :html, :secret, :unsubscribe, :file_name, :file_type, :file, :key, :now, :now)
ON CONFLICT DO NOTHING
RETURNING id AS id
