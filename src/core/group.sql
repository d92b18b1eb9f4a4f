-- add
INSERT INTO people_group (org, kind, name, since) VALUES (:org, :kind, :name, :since) RETURNING id AS id

-- join
INSERT INTO membership (org, people_group, person, since)
SELECT g.org, g.id, CAST(:person AS bigint), CAST(:since AS text)
FROM people_group g
WHERE g.id = :people_group AND g.org = :org
ON CONFLICT DO NOTHING
RETURNING id AS id

-- leave
UPDATE membership SET until = :until
WHERE org = :org AND people_group = :people_group AND person = :person AND until IS NULL AND since <= :until

-- members
SELECT w.id AS person, w.name AS name, w.sort_name AS sort_name
FROM membership m
JOIN person p ON p.id = m.person
JOIN person w ON w.id = coalesce(p.same_as, p.id)
WHERE m.org = :org AND m.people_group = :people_group AND m.since <= :day AND (m.until IS NULL OR m.until > :day)
GROUP BY w.id, w.name, w.sort_name
ORDER BY w.sort_name COLLATE "fr-x-icu", w.id

-- guardian_add
INSERT INTO guardian (org, child, person, since) VALUES (:org, :child, :person, :since) RETURNING id AS id

-- guardian_is
SELECT g.id AS id
FROM guardian_in_touch g
WHERE g.org = :org AND g.child = :child AND g.person = :person AND g.since <= :day AND (g.until IS NULL OR g.until > :day)
LIMIT 1

-- minor_until
INSERT INTO minority (org, person, until) VALUES (:org, :person, :until)
ON CONFLICT (org, person) DO UPDATE SET until = excluded.until

-- minor_here
SELECT CASE WHEN m.until > :day THEN 1 ELSE 0 END AS minor
FROM minority m
WHERE m.org = :org AND m.person = :person

-- minor_anywhere
-- all orgs: a minor is one everywhere, whichever school entered it
SELECT count(*) AS count
FROM minority m
JOIN person p ON p.id = m.person
WHERE (p.id = :person OR p.same_as = :person) AND m.until > :day
