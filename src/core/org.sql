-- One row for each language of an organisation, first language first.

-- part model
SELECT o.id AS id, o.slug AS slug, o.host AS host, o.base AS base, o.zone AS zone,
	o.sender_name AS sender_name, o.sender_email AS sender_email, o.fewest AS fewest, o.reflect_days AS reflect_days, o.rev AS rev,
	ol.lang AS lang, ol.name AS name
FROM org o JOIN org_lang ol ON ol.org = o.id

-- by_id
-- all orgs: organisations are what is looked for
-- use model
WHERE o.id = :id AND o.closed_at IS NULL ORDER BY ol.position, ol.lang

-- by_slug
-- all orgs: organisations are what is looked for
-- use model
WHERE o.slug = :slug AND o.closed_at IS NULL ORDER BY ol.position, ol.lang

-- of_request
-- all orgs: organisations are what is looked for
-- use model
WHERE (o.host = :host OR o.slug = :slug) AND o.closed_at IS NULL
ORDER BY CASE WHEN o.host = :host THEN 0 ELSE 1 END, ol.position, ol.lang

-- list
-- scan: every organisation is listed
-- all orgs: organisations are what is looked for
SELECT o.id AS id, o.slug AS slug, o.host AS host, o.base AS base, ol.lang AS lang, ol.name AS name
FROM org o JOIN org_lang ol ON ol.org = o.id AND ol.position = 1
WHERE o.closed_at IS NULL ORDER BY ol.name, o.id

-- add
-- all orgs: organisations are what is looked for
INSERT INTO org (slug, host, base, zone, sender_name, sender_email, made_at)
VALUES (:slug, :host, :base, :zone, :sender_name, :sender_email, :now)
ON CONFLICT DO NOTHING RETURNING id

-- taken
SELECT o.id AS id FROM org o WHERE o.id <> :id AND (o.slug = :slug OR o.host = :host) LIMIT 1

-- change
UPDATE org SET slug = :slug, host = :host, base = :base, zone = :zone, sender_name = :sender_name,
	sender_email = :sender_email, fewest = coalesce(CAST(:fewest AS bigint), fewest),
	reflect_days = coalesce(CAST(:reflect_days AS bigint), reflect_days), rev = rev + 1
WHERE id = :id AND rev = :rev RETURNING id

-- forget_langs
DELETE FROM org_lang WHERE org = :org

-- put_lang
INSERT INTO org_lang (org, lang, position, name) VALUES (:org, :lang, :position, :name)

-- deletion
-- all orgs: the job is the server's own
SELECT j.due_at AS due_at FROM job j
WHERE j.org IS NULL AND j.job_key = :key AND j.state IN ('waiting', 'running')
