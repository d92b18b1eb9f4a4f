-- Ways to reach a person. An organisation has to do with the person's own and with those that it keeps itself; :org 0 is the
-- person, who has to do with all.

-- part theirs
c.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)
	AND (CAST(:org AS bigint) = 0 OR c.org IS NULL OR c.org = :org)

-- add
INSERT INTO contact (person, org, kind, value, value_fold, label, preferred, made_at)
VALUES (:person, nullif(CAST(:org AS bigint), 0), :kind, :value, :value_fold, :label, :preferred, :now) RETURNING id

-- no_preferred
UPDATE contact SET preferred = 0
WHERE preferred = 1 AND kind = (SELECT k.kind FROM contact k WHERE k.id = :id) AND id IN (SELECT c.id FROM contact c WHERE
-- use theirs
)

-- prefer
UPDATE contact SET preferred = 1 WHERE id = :id AND id IN (SELECT c.id FROM contact c WHERE
-- use theirs
) RETURNING id

-- remove
DELETE FROM contact WHERE id = :id AND id IN (SELECT c.id FROM contact c WHERE
-- use theirs
) RETURNING id

-- confirm
-- all orgs: the person got the letter at that address, whoever keeps it
UPDATE contact SET confirmed_at = :now
WHERE person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND kind = 'email' AND value_fold = :value_fold AND confirmed_at IS NULL

-- of_person
SELECT c.id AS id, c.kind AS kind, c.value AS value, c.label AS label, c.preferred AS preferred,
	c.confirmed_at AS confirmed_at, CASE WHEN c.org IS NULL THEN 1 ELSE 0 END AS own
FROM contact c
WHERE
-- use theirs
ORDER BY c.preferred DESC, c.id

-- email
SELECT c.value AS value FROM contact c
WHERE c.kind = 'email' AND
-- use theirs
ORDER BY c.preferred DESC, CASE WHEN c.confirmed_at IS NULL THEN 1 ELSE 0 END, c.id LIMIT 1
