-- A person's own: the numbers they have in a school's system, and what rosters changed of them.

-- rosters
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, b.kind AS kind, r.action AS action, b.applied_at AS made_at
FROM people_batch_row r
JOIN people_batch b ON b.id = r.batch
JOIN org_lang f ON f.org = r.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = r.org AND l.lang = :lang
WHERE r.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY r.id

-- kept_rosters
SELECT count(*) AS n, max(b.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM people_batch_row t JOIN people_batch b ON b.id = t.batch
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_rosters
DELETE FROM people_batch_row WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- numbers
-- all orgs: a person takes away what is theirs
SELECT coalesce(l.name, f.name) AS org_name, k.scheme AS kind, k.value AS value, k.made_at AS made_at
FROM person_key k
JOIN org_lang f ON f.org = k.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = k.org AND l.lang = :lang
WHERE k.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY k.made_at, k.id

-- kept_numbers
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM person_key t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_numbers
DELETE FROM person_key WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
