-- What an activity is to somebody, by whichever of their accounts. Through a group it is for those who belong to it on
-- the activity's day: who has left by then is not asked, who was there then goes on seeing it. Plain, without a UNION:
-- SQLite then begins with the activity and the person that are asked for, where it would otherwise walk them all.
CREATE INDEX membership_by_group ON membership (people_group, person);
DROP VIEW activity_invited;
CREATE VIEW activity_invited (activity, people_group, person) AS
SELECT g.activity, g.people_group, m.person
FROM activity_group g
JOIN activity a ON a.id = g.activity
JOIN membership m ON m.people_group = g.people_group AND m.since <= substr(a.starts_wall, 1, 10)
	AND (m.until IS NULL OR m.until > substr(a.starts_wall, 1, 10));

CREATE VIEW activity_person (activity, person, visibility, leads, named, comes, invited) AS
SELECT a.id, p.id, a.visibility,
	CASE WHEN a.responsible IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM participation t WHERE t.activity = a.id AND t.superseded_at IS NULL
		AND t.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM participation t WHERE t.activity = a.id AND t.superseded_at IS NULL AND t.state IN ('expected', 'attended')
		AND t.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM activity_invited v WHERE v.activity = a.id
		AND v.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END
FROM activity a
JOIN person p ON true;

-- Who reads an activity beside those who read all, and of what is public everybody: `inside` is who leads it, is named in
-- it or invited; they see it if they lead it or it is for the invited.
CREATE VIEW activity_reader (activity, person, inside, sees) AS
SELECT v.activity, v.person,
	CASE WHEN v.leads = 1 OR v.named = 1 OR v.invited = 1 THEN 1 ELSE 0 END,
	CASE WHEN v.leads = 1 OR (v.visibility = 'invited' AND (v.named = 1 OR v.invited = 1)) THEN 1 ELSE 0 END
FROM activity_person v;
