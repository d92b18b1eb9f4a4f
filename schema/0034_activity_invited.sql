-- Who is invited through a group: its members, from when until when. Plain, without a UNION: SQLite then reads it from
-- either end, where it would otherwise walk all of it.
CREATE VIEW activity_invited (activity, person, since, until) AS
SELECT g.activity, m.person, m.since, m.until
FROM activity_group g
JOIN membership m ON m.people_group = g.people_group;
