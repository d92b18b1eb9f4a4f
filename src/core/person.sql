-- People, their names, and which organisations know them.

-- add
-- all orgs: a person is one on the whole server
INSERT INTO person (name, sort_name, formal_name, lang, made_at)
VALUES (:name, :sort_name, :formal_name, :lang, :now) RETURNING id

-- change
UPDATE person SET name = :name, sort_name = :sort_name, formal_name = :formal_name, lang = :lang,
	rev = rev + 1
WHERE id = :id AND rev = :rev RETURNING id

-- speaks
UPDATE person SET lang = :lang WHERE id = :person

-- by_id
SELECT p.id AS id, p.name AS name, p.sort_name AS sort_name, p.formal_name AS formal_name,
	p.lang AS lang, p.rev AS rev
FROM person p WHERE p.id = :person AND p.closed_at IS NULL

-- in_org
SELECT po.person AS id FROM person_org po JOIN person p ON p.id = po.person AND p.same_as IS NULL
WHERE po.org = :org AND po.person = :person AND (po.until > :now OR po.until IS NULL)

-- former
SELECT f.id AS id, f.name AS name FROM person_former_name f WHERE f.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) ORDER BY f.id

-- add_former
INSERT INTO person_former_name (person, name, made_at) VALUES (:person, :name, :now)

-- forget_former
DELETE FROM person_former_name WHERE id = :former AND person = :person

-- forget_words
DELETE FROM person_word WHERE person = :person

-- put_word
INSERT INTO person_word (word, person) VALUES (:word, :person) ON CONFLICT DO NOTHING

-- put_order
-- all orgs: a person is one on the whole server
UPDATE person_org SET sort_fold = :sort_fold WHERE person = :person

-- join
INSERT INTO person_org AS po (org, person, sort_fold, since) VALUES (:org, :person, :sort_fold, :now)
ON CONFLICT (org, person) DO UPDATE SET until = NULL, since = excluded.since WHERE po.until <= excluded.since

-- leave
UPDATE person_org SET until = :now
WHERE org = :org AND person = :person AND (until > :now OR until IS NULL)

-- leave_roles
UPDATE person_role SET until = :now
WHERE org = :org AND person = :person AND (until > :now OR until IS NULL) AND since <= :now

-- orgs
-- all orgs: a person is one on the whole server
SELECT o.id AS id, o.slug AS slug, o.base AS base, ol.name AS name, po.since AS since
FROM person_org po JOIN org o ON o.id = po.org JOIN org_lang ol ON ol.org = o.id AND ol.position = 1
WHERE po.person = :person AND o.closed_at IS NULL AND (po.until > :now OR po.until IS NULL)
ORDER BY ol.name, o.id

-- part page
SELECT p.id AS id, p.name AS name, p.sort_name AS sort_name, p.lang AS lang, po.sort_fold AS sort_fold,
	po.since AS since
FROM person_org po JOIN person p ON p.id = po.person
WHERE po.org = :org AND (po.sort_fold, po.person) > (:after_fold, :after_id)
	AND (po.until > :now OR po.until IS NULL) AND p.same_as IS NULL AND p.closed_at IS NULL
	AND po.person NOT IN (SELECT k.child FROM guardian_kept k WHERE k.org = :org AND k.person = :reader AND k.since <= :day AND k.until > :day)

-- list
-- use page
ORDER BY po.sort_fold, po.person LIMIT :most

-- find
-- use page
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low1 AND w.word < :high1)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low2 AND w.word < :high2)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low3 AND w.word < :high3)
	AND po.person IN (SELECT w.person FROM person_word w WHERE w.word >= :low4 AND w.word < :high4)
ORDER BY po.sort_fold, po.person LIMIT :most

-- accounts
-- all orgs: a person is one on the whole server
SELECT p.id AS id
FROM person p
WHERE p.id IN (SELECT coalesce(w.same_as, w.id) FROM person w WHERE w.id IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))
	OR p.same_as IN (SELECT coalesce(w.same_as, w.id) FROM person w WHERE w.id IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))
