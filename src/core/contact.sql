-- Ways to reach a person.

-- add
INSERT INTO contact (person, kind, value, value_fold, label, preferred, made_at)
VALUES (:person, :kind, :value, :value_fold, :label, :preferred, :now) RETURNING id

-- no_preferred
UPDATE contact SET preferred = 0
WHERE person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND preferred = 1
	AND kind = (SELECT c.kind FROM contact c WHERE c.id = :id AND c.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person))

-- prefer
UPDATE contact SET preferred = 1 WHERE id = :id AND person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) RETURNING id

-- remove
DELETE FROM contact WHERE id = :id AND person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) RETURNING id

-- confirm
UPDATE contact SET confirmed_at = :now
WHERE person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND kind = 'email' AND value_fold = :value_fold AND confirmed_at IS NULL

-- of_person
SELECT c.id AS id, c.kind AS kind, c.value AS value, c.label AS label, c.preferred AS preferred,
	c.confirmed_at AS confirmed_at
FROM contact c WHERE c.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) ORDER BY c.preferred DESC, c.id

-- email
SELECT c.value AS value FROM contact c WHERE c.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND c.kind = 'email'
ORDER BY c.preferred DESC, CASE WHEN c.confirmed_at IS NULL THEN 1 ELSE 0 END, c.id LIMIT 1
