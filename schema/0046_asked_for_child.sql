-- Who answers for a child sees what the child is asked to, while they are the child's guardian, nobody keeps them apart and
-- the child is a minor. From when until when, since a view knows no day; asked for by person: SQLite then goes from the
-- guardian to their children to what these are asked, and the sum keeps it from all askings of an organisation.
CREATE VIEW activity_guardian (activity, person, since, until) AS
SELECT k.activity, g.person, g.since, CASE WHEN g.until < m.until THEN g.until ELSE m.until END
FROM guardian_in_touch g
JOIN minority m ON m.org = g.org AND m.person = g.child
JOIN activity_ask k ON k.person = g.child AND k.org + 0 = g.org AND k.state <> 'withdrawn';
