-- Texts are found by their owner, whose row the caller has found in its organisation already.

-- current
-- all orgs: found by owner
SELECT t.id AS id, t.rev AS rev, t.body AS body
FROM texts t
WHERE t.owner_kind = :kind AND t.owner = :owner AND t.field = :field AND t.lang = :lang AND t.current = 1

-- retire
-- all orgs: by the id of a row found by owner
UPDATE texts SET current = 0 WHERE id = :id

-- add
INSERT INTO texts (org, owner_kind, owner, field, lang, rev, current, body, made_at, made_by)
VALUES (:org, :kind, :owner, :field, :lang, :rev, 1, :body, :made_at, :made_by)

-- of_owners
-- all orgs: found by owner
SELECT t.owner AS owner, t.field AS field, t.lang AS lang, t.body AS body
FROM texts t
WHERE t.owner_kind = :kind AND t.current = 1 AND t.body <> ''
	AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- of_owners_from_to
-- all orgs: found by owner
SELECT t.owner AS owner, t.field AS field, t.lang AS lang, t.body AS body
FROM texts t
WHERE t.owner_kind = :kind AND t.current = 1 AND t.body <> '' AND t.owner >= :first AND t.owner <= :last

-- in_lang
-- all orgs: found by owner
SELECT t.owner AS owner, t.field AS field, t.rev AS rev, t.body AS body
FROM texts t
WHERE t.owner_kind = :kind AND t.lang = :lang AND t.current = 1
	AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)

-- missing
-- all orgs: found by owner
SELECT DISTINCT t.owner AS owner
FROM texts t
WHERE t.owner_kind = :kind AND t.current = 1 AND t.body <> ''
	AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
	AND NOT EXISTS (SELECT 1 FROM texts u WHERE u.owner_kind = t.owner_kind AND u.owner = t.owner
		AND u.field = t.field AND u.lang = :lang AND u.current = 1 AND u.body <> '')
ORDER BY t.owner

-- all
-- all orgs: found by owner
SELECT t.field AS field, t.lang AS lang, t.rev AS rev, t.body AS body
FROM texts t
WHERE t.owner_kind = :kind AND t.owner = :owner AND t.current = 1
ORDER BY t.field, t.lang

-- history
-- all orgs: found by owner
SELECT t.rev AS rev, t.body AS body, t.made_at AS made_at, t.made_by AS made_by
FROM texts t
WHERE t.owner_kind = :kind AND t.owner = :owner AND t.field = :field AND t.lang = :lang
ORDER BY t.rev DESC

-- langs
-- all orgs: found by owner
SELECT t.lang AS lang, count(*) AS count
FROM texts t
WHERE t.owner_kind = :kind AND t.current = 1 AND t.body <> ''
	AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
GROUP BY t.lang
ORDER BY t.lang

-- total
-- all orgs: found by owner
SELECT count(*) AS total
FROM (SELECT DISTINCT t.owner AS owner, t.field AS field
	FROM texts t
	WHERE t.owner_kind = :kind AND t.current = 1 AND t.body <> ''
		AND t.owner IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)) q

-- forget
-- all orgs: found by owner
DELETE FROM texts WHERE owner_kind = :kind AND owner = :owner

-- copy
-- all orgs: found by owner
INSERT INTO texts (org, owner_kind, owner, field, lang, rev, current, body, made_at, made_by)
SELECT t.org, t.owner_kind, CAST(:to_owner AS bigint), t.field, t.lang, 1, 1, t.body, t.made_at, t.made_by
FROM texts t
WHERE t.owner_kind = :kind AND t.owner = :owner AND t.current = 1 AND t.body <> ''
