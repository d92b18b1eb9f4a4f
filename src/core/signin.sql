-- Ways to sign in.

-- by_email
-- all orgs: sign-ins belong to people on the whole server
SELECT g.id AS signin, w.id AS person, w.name AS name, g.secret AS secret
FROM signin g JOIN person p ON p.id = g.person JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE g.kind = 'email' AND g.handle_fold = :handle_fold AND w.closed_at IS NULL
ORDER BY g.id

-- by_card
SELECT g.id AS signin, w.id AS person, w.name AS name, g.secret AS secret
FROM signin g JOIN person p ON p.id = g.person JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE g.kind = 'card' AND g.org = :org AND g.handle_fold = :handle_fold AND w.closed_at IS NULL
LIMIT 1

-- used
-- all orgs: sign-ins belong to people on the whole server
UPDATE signin SET used_at = :now WHERE id = :signin

-- put_email
-- all orgs: sign-ins belong to people on the whole server
INSERT INTO signin AS g (person, kind, handle, handle_fold, secret, made_at)
VALUES (:person, 'email', :handle, :handle_fold, :secret, :now)
ON CONFLICT (person, handle_fold) WHERE kind = 'email'
DO UPDATE SET secret = coalesce(excluded.secret, g.secret), handle = excluded.handle

-- put_others
-- all orgs: sign-ins belong to people on the whole server
UPDATE signin SET secret = :secret
WHERE kind = 'email' AND handle_fold = :handle_fold AND person IN (SELECT s.id FROM person s WHERE s.same_as = :person)

-- forget_card
DELETE FROM signin WHERE person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND org = :org AND kind = 'card'

-- put_card
INSERT INTO signin (person, kind, org, handle, handle_fold, secret, card, made_at)
VALUES (:person, 'card', :org, :handle, :handle_fold, :secret, :card, :now)
ON CONFLICT (org, handle_fold) WHERE kind = 'card' DO NOTHING RETURNING id

-- card_kept
SELECT g.card AS card FROM signin g
WHERE g.kind = 'card' AND g.org = :org AND g.handle_fold = :handle_fold AND g.card IS NOT NULL

-- card_of
SELECT g.id AS id, g.handle AS handle, g.card AS card FROM signin g
WHERE g.kind = 'card' AND g.org = :org AND g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) LIMIT 1

-- put_pin
UPDATE signin SET secret = :secret WHERE id = :id AND org = :org AND card = :before RETURNING id

-- card_taken
SELECT g.person AS person FROM signin g
WHERE g.kind = 'card' AND g.org = :org AND g.handle_fold = :handle_fold AND g.person NOT IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) LIMIT 1

-- of_person
-- all orgs: sign-ins belong to people on the whole server
SELECT g.id AS id, g.kind AS kind, g.org AS org, g.handle AS handle, g.made_at AS made_at,
	g.used_at AS used_at, CASE WHEN g.secret IS NULL THEN 0 ELSE 1 END AS has_secret
FROM signin g WHERE g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) ORDER BY g.id

-- seen
-- all orgs: sign-ins belong to people on the whole server
-- scan: few invitations were accepted by one person
SELECT g.kind AS kind, s.handle AS handle, s.used_at AS used_at
FROM signin g LEFT JOIN signin s ON s.id = g.id AND (s.org = :org OR (s.kind = 'email' AND (CAST(:only AS bigint) = 1 OR EXISTS (
	SELECT 1 FROM invitation i WHERE i.org = :org AND i.email = s.handle_fold
		AND i.accepted_by IN (SELECT a.id FROM person a WHERE a.id = :person OR a.same_as = :person)))))
WHERE g.person IN (SELECT p.id FROM person p WHERE p.id = :person OR p.same_as = :person) ORDER BY g.id

-- secrets_of
-- all orgs: sign-ins belong to people on the whole server
SELECT g.secret AS secret FROM signin g
WHERE g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND g.kind = 'email' AND g.secret IS NOT NULL ORDER BY g.handle_fold

-- remove
-- all orgs: sign-ins belong to people on the whole server
DELETE FROM signin WHERE id = :id AND person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) RETURNING id
