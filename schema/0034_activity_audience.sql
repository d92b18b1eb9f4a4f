-- Whom an activity is for: who takes part, and the members of its invited groups from when until when. Who may see it,
-- and what is in their calendar, is asked here.
CREATE VIEW activity_audience (activity, person, state, since, until) AS
SELECT t.activity, t.person, t.state, '', CAST(NULL AS text)
FROM participation t
WHERE t.superseded_at IS NULL AND t.person IS NOT NULL
UNION ALL
SELECT g.activity, m.person, '', m.since, m.until
FROM activity_group g
JOIN membership m ON m.people_group = g.people_group;
