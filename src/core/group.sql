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

-- by_id
SELECT g.id AS id, g.kind AS kind, g.name AS name, g.since AS since, g.until AS until, g.year AS year, y.name AS year_name,
	g.source AS source, g.rev AS rev
FROM people_group g
LEFT JOIN academic_year y ON y.id = g.year
WHERE g.id = :people_group AND g.org = :org

-- change
UPDATE people_group SET kind = :kind, name = :name, since = :since, rev = rev + 1,
	year = (SELECT y.id FROM academic_year y WHERE y.id = :year AND y.org = :org)
WHERE id = :people_group AND org = :org AND rev = :rev AND (until IS NULL OR until >= :since)
RETURNING id AS id

-- finish
UPDATE people_group SET until = :until, rev = rev + 1
WHERE id = :people_group AND org = :org AND since <= :until AND until IS NULL
RETURNING id AS id

-- leave_all
UPDATE membership SET until = CASE WHEN since > :until THEN since ELSE :until END
WHERE people_group = :people_group AND org = :org AND (until IS NULL OR until > :until)

-- staff_end_all
UPDATE group_staff SET until = CASE WHEN since > :until THEN since ELSE :until END
WHERE people_group = :people_group AND org = :org AND (until IS NULL OR until > :until)

-- years
SELECT y.id AS id, y.name AS name, y.since AS since, y.until AS until, y.rev AS rev,
	(SELECT count(*) FROM people_group g WHERE g.year = y.id AND g.org = :org) AS group_count
FROM academic_year y
WHERE y.org = :org
ORDER BY y.since DESC, y.id

-- year_add
INSERT INTO academic_year (org, name, since, until) VALUES (:org, :name, :since, :until)
ON CONFLICT DO NOTHING RETURNING id AS id

-- year_twice
SELECT count(*) AS n FROM academic_year y WHERE y.org = :org AND y.since = :since AND y.id <> :id

-- year_change
UPDATE academic_year SET name = :name, since = :since, until = :until, rev = rev + 1
WHERE id = :id AND org = :org AND rev = :rev
RETURNING id AS id

-- staff_add
INSERT INTO group_staff (org, people_group, person, since)
SELECT g.org, g.id, CAST(:person AS bigint), CAST(:since AS text)
FROM people_group g
WHERE g.id = :people_group AND g.org = :org
ON CONFLICT DO NOTHING
RETURNING id AS id

-- staff_end
UPDATE group_staff SET until = :until
WHERE id = :staff AND org = :org AND until IS NULL AND since <= :until

-- staff_is
SELECT s.id AS id
FROM group_staff s JOIN person p ON p.id = s.person
WHERE s.org = :org AND s.people_group = :people_group AND (p.id = :person OR p.same_as = :person)
	AND s.since <= :day AND (s.until IS NULL OR s.until > :day)
LIMIT 1

-- guardian_add
INSERT INTO guardian (org, child, person, since) VALUES (:org, :child, :person, :since) RETURNING id AS id

-- guardian_is
SELECT g.id AS id
FROM guardian_in_touch g
WHERE g.org = :org AND g.child IN (SELECT s.id FROM person s WHERE s.id = :child OR s.same_as = :child) AND g.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person) AND g.since <= :day AND (g.until IS NULL OR g.until > :day)
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
